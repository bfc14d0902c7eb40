/// Where somebody or something is: the location object of PIDF-LO (RFC 4119 section 2.2, RFC 5491, civic addresses of RFC
/// 5139).
public struct GeographicLocation: Hashable, Sendable {
  /// An element of a civic address: `country`, `A1`, `RD`, `HNO`, ... with its value.
  public typealias CivicElement = XMLElement.Attribute

  /// The shape: `Point`, `Circle`, `Ellipse`, ...; nil where there is only a civic address.
  public var shape: String?
  /// Degrees north (WGS 84).
  public var latitude: Double?
  /// Degrees east.
  public var longitude: Double?
  /// Metres above the ellipsoid.
  public var altitude: Double?
  /// The radius of a circle in metres.
  public var radius: Double?
  /// The civic address in its order.
  public var civicAddress: [CivicElement] = []
  /// How it was found: `GPS`, `Cell`, `DHCP`, `Manual`, ...
  public var method: String?
  /// Until when it may be kept.
  public var retentionExpiry: String?

  /// Reads a `geopriv` element.
  init(_ element: XMLElement) {
    method = element.descendants("method").first?.text
    retentionExpiry = element.descendants("retention-expiry").first?.text
    civicAddress = (element.descendants("civicAddress").first?.children ?? [])
      .map { CivicElement(name: $0.name, value: $0.text) }
    let shapes = ["Point", "Circle", "Ellipse", "ArcBand", "Sphere", "Ellipsoid", "Polygon", "Prism"]
    guard
      let found = element.descendants("location-info").flatMap(\.children).first(where: { shapes.contains($0.name) })
    else { return }
    shape = found.name
    radius = found.text(of: "radius").flatMap { Double($0) }
    // The coordinates of a point, of a centre, or of the first corner: latitude, longitude and, in three dimensions,
    // altitude (RFC 5491 section 5).
    let coordinates = (found.descendants("pos") + found.descendants("posList")).first?.text
    let numbers = (coordinates ?? "").split { $0 == " " || $0 == "," || $0 == "\n" || $0 == "\t" }
      .prefix(3).map { Double($0) }
    guard numbers.count >= 2, let north = numbers[0], let east = numbers[1], abs(north) <= 90, abs(east) <= 360
    else { return }
    latitude = north
    longitude = east
    if numbers.count > 2, found.descendants("posList").isEmpty { altitude = numbers[2] }
  }

  var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("shape", shape)
    fields.add("latitude", latitude)
    fields.add("longitude", longitude)
    fields.add("altitude_m", altitude.flatMap { $0.isFinite ? $0 : nil })
    fields.add("radius_m", radius.flatMap { $0.isFinite ? $0 : nil })
    fields.add("civic_address", civicAddress.map { "\($0.name)=\($0.value)" })
    fields.add("method", method)
    fields.add("retention_expiry", retentionExpiry)
    return fields
  }
}
