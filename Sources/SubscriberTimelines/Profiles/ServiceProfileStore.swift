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

  /// In how many contents, the first ones, User-Data is recognised without being read.
  static let recognised = 16

  /// How a content is recognised: the parts around its identities, which are not empty.
  private struct Form {
    let place: UInt32
    let parts: [Range<Int>]
    /// Whether the first identity is not a public one.
    let beginsWithPrivate: Bool
  }

  /// The contents, by their places.
  private(set) var contents: [[UInt8]] = []
  private var places: [KeyedHash: UInt32] = [:]
  private var forms: [Form] = []
  private var byteCount = 0

  /// Looks at User-Data. Nearly always it is what other subscribers have, with other identities in the same places.
  func look(at userData: RawSpan) -> UserDataSighting {
    for form in forms {
      guard let identities = identities(in: userData, as: form) else { continue }
      return UserDataSighting(
        identities: identities, publicIdentities: form.beginsWithPrivate ? Array(identities.dropFirst()) : identities,
        content: form.place)
    }
    let (all, publicOnes) = UserDataScan.identities(in: userData)
    return UserDataSighting(identities: all, publicIdentities: publicOnes)
  }

  /// Where the identities stand in User-Data that is like a content everywhere else; nil where it is not. What stands
  /// between two tags changes nothing but itself.
  private func identities(in userData: RawSpan, as form: Form) -> [ByteRange]? {
    let kept = contents[Int(form.place)]
    let content = kept.rawSpan
    var identities: [ByteRange] = []
    var offset = 0
    for (number, part) in form.parts.enumerated() {
      guard userData.hasBytes(content, in: part, at: offset) else { return nil }
      offset += part.count
      guard number + 1 < form.parts.count else { break }
      guard let end = userData.firstOffset(of: UInt8(ascii: "<"), from: offset), end > offset,
        userData.byte(at: offset) > UInt8(ascii: " "), userData.byte(at: end - 1) > UInt8(ascii: " ")
      else { return nil }
      identities.append(ByteRange(offset, end))
      offset = end
    }
    return offset == userData.byteCount ? identities : nil
  }

  /// Keeps a content, where a look at it found this; nil where there is no room for another one.
  mutating func note(
    _ userData: RawSpan, _ sighting: UserDataSighting? = nil, key: HashKey
  ) -> ServiceProfileReference? {
    let sighting = sighting ?? look(at: userData)
    var identities: [UInt8] = []
    for range in sighting.identities {
      identities.append(userData, in: range.range)
      identities.append(ServiceProfileStore.separator)
    }
    guard identities.count <= ServiceProfileStore.longestIdentities else { return nil }
    if let place = sighting.content { return ServiceProfileReference(content: place, identities: identities) }
    var content: [UInt8] = []
    content.reserveCapacity(userData.byteCount)
    var parts: [Range<Int>] = []
    var offset = 0
    for range in sighting.identities.map(\.range) {
      parts.append(content.count..<content.count + range.lowerBound - offset)
      content.append(userData, in: offset..<range.lowerBound)
      content += ServiceProfileStore.mark
      offset = range.upperBound
    }
    parts.append(content.count..<content.count + userData.byteCount - offset)
    content.append(userData, in: offset..<userData.byteCount)
    let hash = key.hash(content)
    if let place = places[hash] { return ServiceProfileReference(content: place, identities: identities) }
    guard byteCount + content.count <= ServiceProfileStore.byteBound else { return nil }
    byteCount += content.count
    let place = UInt32(truncatingIfNeeded: contents.count)
    contents.append(content)
    places[hash] = place
    let privateCount = sighting.identities.count - sighting.publicIdentities.count
    // Public identities that no mark stands for (Sh) would not be found again.
    let areMarked = sighting.publicIdentities.allSatisfy(sighting.identities.contains)
    if areMarked, privateCount <= 1, forms.count < ServiceProfileStore.recognised {
      forms.append(Form(place: place, parts: parts, beginsWithPrivate: privateCount == 1))
    }
    return ServiceProfileReference(content: place, identities: identities)
  }
}
