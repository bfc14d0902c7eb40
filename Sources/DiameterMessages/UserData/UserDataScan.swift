import ByteReading

/// Takes the identities out of the XML of User-Data by looking at its bytes, where a message passes through and no
/// document is wanted: the service profile of Cx (TS 29.228 annex E: `PrivateID`, and `Identity` inside
/// `PublicIdentity`) and Sh-Data (TS 29.328 annex D: `IMSPublicIdentity`).
///
/// Prefixes of namespaces, attributes, white space around the content, CDATA and comments between elements are passed
/// over. The ranges are raw: entities such as `&amp;` are still in them.
public enum UserDataScan {
  /// The public identities in their order, each as often as it is written.
  public static func publicIdentities(in bytes: RawSpan) -> [ByteRange] {
    var identities: [ByteRange] = []
    var scan = ElementScan()
    while let element = scan.next(in: bytes) {
      let isIdentity =
        hasName("Identity", bytes, element.name) || hasName("IMSPublicIdentity", bytes, element.name)
      guard isIdentity else { continue }
      let content = ElementScan.content(of: element, in: bytes)
      if !content.isEmpty { identities.append(content) }
    }
    return identities
  }

  /// The private identity; empty where there is none.
  public static func privateIdentity(in bytes: RawSpan) -> ByteRange {
    var scan = ElementScan()
    while let element = scan.next(in: bytes) {
      guard hasName("PrivateID", bytes, element.name) else { continue }
      let content = ElementScan.content(of: element, in: bytes)
      if !content.isEmpty { return content }
    }
    return ByteRange()
  }

  /// The private identity, where it stands in front as it should, and the public ones, in their order; and, in the same
  /// look at the bytes, what `publicIdentities` finds.
  public static func identities(in bytes: RawSpan) -> (all: [ByteRange], publicOnes: [ByteRange]) {
    var all: [ByteRange] = []
    var publicOnes: [ByteRange] = []
    var scan = ElementScan()
    while let element = scan.next(in: bytes) {
      let isIdentity = hasName("Identity", bytes, element.name)
      let isPublic = isIdentity || hasName("IMSPublicIdentity", bytes, element.name)
      guard isPublic || all.isEmpty && hasName("PrivateID", bytes, element.name) else { continue }
      let content = ElementScan.content(of: element, in: bytes)
      guard !content.isEmpty else { continue }
      if isPublic { publicOnes.append(content) }
      if isIdentity || !isPublic { all.append(content) }
    }
    return (all, publicOnes)
  }

  private static func hasName(_ name: StaticString, _ bytes: RawSpan, _ range: ByteRange) -> Bool {
    range.count == name.utf8CodeUnitCount && bytes.hasBytes(name, at: Int(range.start))
  }
}
