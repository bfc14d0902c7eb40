import ByteReading
import DiameterMessages

/// The User-Data that the HSS sent, each distinct content once.
///
/// The profiles of subscribers differ by their identities and hardly by anything else: what is kept of a content is its
/// bytes with a mark in place of each identity, once for all subscribers, and of a subscriber the identities alone.
struct ServiceProfileStore: Sendable {
  /// The bytes that all contents together may take; real networks have some tens of them, of a few kilobytes each.
  static let byteBound = 16 << 20

  /// The longest list of identities that is kept of one subscriber.
  static let longestIdentities = 4096

  /// What stands in place of an identity: a character for private use, which no identity can hold (RFC 3986 section 2).
  static let mark: [UInt8] = [0xee, 0x80, 0x80]

  /// What stands between identities: no XML document can hold it (XML 1.0 section 2.2).
  static let separator: UInt8 = 1

  /// The contents, by their places.
  private(set) var contents: [[UInt8]] = []
  private var places: [KeyedHash: UInt32] = [:]
  private var byteCount = 0

  /// Keeps a content, whose identities stand at these places; nil where there is no room for another one.
  mutating func note(
    _ userData: RawSpan, identities known: [ByteRange]? = nil, key: HashKey
  ) -> ServiceProfileReference? {
    let ranges = known ?? UserDataScan.identities(in: userData).all
    var content: [UInt8] = []
    content.reserveCapacity(userData.byteCount)
    var identities: [UInt8] = []
    var offset = 0
    for range in ranges.map(\.range) {
      content.append(userData, in: offset..<range.lowerBound)
      content += ServiceProfileStore.mark
      identities.append(userData, in: range)
      identities.append(ServiceProfileStore.separator)
      offset = range.upperBound
    }
    content.append(userData, in: offset..<userData.byteCount)
    guard identities.count <= ServiceProfileStore.longestIdentities else { return nil }
    let hash = key.hash(content)
    if let place = places[hash] { return ServiceProfileReference(content: place, identities: identities) }
    guard byteCount + content.count <= ServiceProfileStore.byteBound else { return nil }
    byteCount += content.count
    let place = UInt32(truncatingIfNeeded: contents.count)
    contents.append(content)
    places[hash] = place
    return ServiceProfileReference(content: place, identities: identities)
  }
}
