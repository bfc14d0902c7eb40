/// The presence of somebody (PIDF, RFC 3863 section 4, `application/pidf+xml`), with what rich presence (RFC 4480) and the
/// data model (RFC 4479) say about person and devices, and a location (PIDF-LO, RFC 4119).
public struct PresenceInformation: Hashable, Sendable {
  /// One way to reach the presentity.
  public struct Tuple: Hashable, Sendable {
    /// The identifier.
    public var identifier: String?
    /// `open` or `closed`.
    public var basicStatus: String?
    /// The address.
    public var contact: String?
    /// Its preference.
    public var priority: String?
    /// What a person wrote.
    public var notes: [String]
    /// When the status was set.
    public var timestamp: String?
    /// The service (`service-id` of the OMA, `+g.oma.sip-im` and the like).
    public var services: [String]
  }

  /// Whose presence it is.
  public var entity: String?
  /// The ways to reach them.
  public var tuples: [Tuple] = []
  /// What a person wrote about everything.
  public var notes: [String] = []
  /// What the person does (RFC 4480 section 3.2), such as `on-the-phone`, `meeting`.
  public var activities: [String] = []
  /// How the person feels (RFC 4480 section 3.6).
  public var moods: [String] = []
  /// The kind of place where the person is (RFC 4480 section 3.8).
  public var placeTypes: [String] = []
  /// The identifiers of the devices (RFC 4479 section 3.3).
  public var devices: [String] = []
  /// Where the presentity is.
  public var locations: [GeographicLocation] = []

  init(_ root: XMLElement) {
    entity = root.attribute("entity")
    tuples = root.children("tuple").map { Tuple($0) }
    notes = root.children("note").map(\.text)
    let surroundings: Set = ["note", "other", "until", "from"]
    let words: (String) -> [String] = { name in
      root.descendants(name).flatMap(\.children).filter { !surroundings.contains($0.name) }.map(\.name)
    }
    activities = words("activities")
    moods = words("mood")
    placeTypes = words("place-type")
    devices = root.descendants("deviceID").map(\.text)
    locations = root.descendants("geopriv").map { GeographicLocation($0) }
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("entity", entity)
    fields.add("tuples", tuples.map(\.fields))
    fields.add("notes", notes)
    fields.add("activities", activities)
    fields.add("moods", moods)
    fields.add("place_types", placeTypes)
    fields.add("devices", devices)
    fields.add("locations", locations.map(\.fields))
    return fields
  }
}

extension PresenceInformation.Tuple {
  init(_ element: XMLElement) {
    identifier = element.attribute("id")
    basicStatus = element.child("status")?.text(of: "basic")
    contact = element.text(of: "contact")
    priority = element.child("contact")?.attribute("priority")
    notes = element.children("note").map(\.text)
    timestamp = element.text(of: "timestamp")
    services = element.descendants("service-id").map(\.text)
  }

  var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("id", identifier)
    fields.add("basic", basicStatus)
    fields.add("contact", contact)
    fields.add("priority", priority)
    fields.add("services", services)
    fields.add("notes", notes)
    fields.add("timestamp", timestamp)
    return fields
  }
}
