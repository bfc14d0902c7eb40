import ByteReading

/// Opens packets of SRTP and SRTCP with one key at a time, into a buffer that is used again for each.
final class MediaOpener {
  private let cipher = MediaCipher()
  private let authentication = MessageAuthentication(.hmacSHA1)
  /// What the tag covers, where that does not stand together in the packet.
  private var covered: [UInt8]
  /// The packet as it was before it was protected.
  private(set) var opened: [UInt8]

  /// The greatest datagram.
  private static let greatest = 65_536
  /// The rollover counter behind the packet, and a tag.
  private static let behind = 32

  init() {
    covered = Array(repeating: 0, count: MediaOpener.greatest + MediaOpener.behind)
    opened = Array(repeating: 0, count: MediaOpener.greatest + MediaOpener.behind)
  }

  /// The session keys of a master key; nil where the library fails.
  func sessionKeys(_ key: MediaKey, isControl: Bool) -> MediaSessionKeys? {
    MediaSessionKeys(key, isControl: isControl, cipher)
  }

  /// Opens a packet of SRTP under a rollover counter (RFC 3711 section 3.3): how many bytes of `opened` it has then; nil
  /// where its tag is wrong.
  func open(
    _ bytes: RawSpan, _ packet: SecuredPacket, rollover: UInt32, _ key: MediaKey, _ keys: MediaSessionKeys
  ) -> Int? {
    let suite = key.suite
    let end = bytes.byteCount - suite.tagLength - key.identifierLength
    guard end >= packet.payload, bytes.byteCount <= MediaOpener.greatest else { return nil }
    let index = UInt64(rollover) << 16 | UInt64(packet.sequenceNumber)
    let vector = MediaCipher.Vector.packet(packet.source, index, isGalois: suite.isGalois)
    if suite.isGalois {
      // RFC 7714 section 7: what is authenticated but not encrypted is associated data; the identifier is last.
      let tag = end..<end + suite.tagLength
      let plain = key.isEncrypted ? packet.payload : end
      guard
        cipher.open(
          bytes, in: plain..<end, authenticated: 0..<plain, more: 0..<0, tag: tag, vector, under: keys, into: &opened)
      else { return nil }
      copy(bytes, 0..<plain)
      return end
    }
    copyCovered(bytes, 0..<end, rollover, tag: bytes.byteCount - suite.tagLength..<bytes.byteCount)
    guard
      authentication.isValue(
        in: end + 4..<end + 4 + suite.tagLength, of: covered.rawSpan, over: 0..<end + 4, under: keys.authentication)
    else { return nil }
    let plain = key.isEncrypted ? packet.payload : end
    copy(bytes, 0..<plain)
    guard cipher.decrypt(bytes, in: plain..<end, vector, under: keys, into: &opened) else { return nil }
    return end
  }

  /// Opens a packet of SRTCP, which carries its index (RFC 3711 section 3.4).
  func open(control bytes: RawSpan, _ packet: SecuredPacket, _ key: MediaKey, _ keys: MediaSessionKeys) -> Int? {
    let suite = key.suite
    // The index stands before the identifier and the tag, or behind the tag of the encryption (RFC 7714 section 9).
    let indexPlace =
      suite.isGalois
      ? bytes.byteCount - key.identifierLength - 4 : bytes.byteCount - suite.controlTagLength - key.identifierLength - 4
    let end = suite.isGalois ? indexPlace - suite.controlTagLength : indexPlace
    guard end >= packet.payload, bytes.byteCount <= MediaOpener.greatest else { return nil }
    let word = bytes.bigEndianUInt32(at: indexPlace)
    let isEncrypted = word >> 31 == 1
    guard isEncrypted == key.isControlEncrypted else { return nil }
    let vector = MediaCipher.Vector.packet(packet.source, UInt64(word & 0x7fff_ffff), isGalois: suite.isGalois)
    let plain = isEncrypted ? packet.payload : end
    if suite.isGalois {
      guard
        cipher.open(
          bytes, in: plain..<end, authenticated: 0..<plain, more: indexPlace..<indexPlace + 4,
          tag: end..<end + suite.controlTagLength, vector, under: keys, into: &opened)
      else { return nil }
      copy(bytes, 0..<plain)
      return end
    }
    copyCovered(
      bytes, 0..<indexPlace, word, tag: bytes.byteCount - suite.controlTagLength..<bytes.byteCount)
    guard
      authentication.isValue(
        in: indexPlace + 4..<indexPlace + 4 + suite.controlTagLength, of: covered.rawSpan, over: 0..<indexPlace + 4,
        under: keys.authentication)
    else { return nil }
    copy(bytes, 0..<plain)
    guard cipher.decrypt(bytes, in: plain..<end, vector, under: keys, into: &opened) else { return nil }
    return end
  }

  private func copy(_ bytes: RawSpan, _ range: Range<Int>) {
    for place in range { opened[place] = bytes.byte(at: place) }
  }

  /// The packet, four bytes behind it, and the tag that it claims.
  private func copyCovered(_ bytes: RawSpan, _ range: Range<Int>, _ word: UInt32, tag: Range<Int>) {
    for place in range { covered[place] = bytes.byte(at: place) }
    for place in 0..<4 { covered[range.upperBound + place] = UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * place)) }
    for (offset, place) in tag.enumerated() { covered[range.upperBound + 4 + offset] = bytes.byte(at: place) }
  }
}
