import ByteReading

/// One packet of a compound RTCP packet (RFC 3550 section 6.1).
struct RTCPPacket {
  /// The packet types that are read.
  enum PacketType {
    static let senderReport: UInt8 = 200
    static let receiverReport: UInt8 = 201
    static let sourceDescription: UInt8 = 202
    static let bye: UInt8 = 203
    static let application: UInt8 = 204
    static let extendedReport: UInt8 = 207
  }

  /// The count of reports or sources, or what the type uses these 5 bits for.
  let count: Int
  /// The packet type.
  let type: UInt8
  /// The packet with its header, as a range of the compound.
  let range: Range<Int>

  /// Reads the packet at `start`; nil where there is none with its full length.
  init?(_ bytes: RawSpan, at start: Int) {
    guard bytes.byteCount &- start >= 4 else { return nil }
    let word = bytes.bigEndianUInt32(at: start)
    let length = (Int(word & 0xffff) &+ 1) &* 4
    guard word >> 30 == 2, bytes.byteCount &- start >= length else { return nil }
    count = Int(word >> 24 & 0x1f)
    type = UInt8(truncatingIfNeeded: word >> 16)
    range = start..<start &+ length
  }

  /// Calls `body` with each source of a source description and the range of its CNAME (RFC 3550 section 6.5): chunks of a
  /// source and items, which a null octet ends, filled up to 32 bits.
  func forEachCanonicalName(_ bytes: RawSpan, _ body: (UInt32, Range<Int>) -> Void) {
    var offset = range.lowerBound + 4
    for _ in 0..<count {
      guard range.upperBound - offset >= 4 else { return }
      let source = bytes.bigEndianUInt32(at: offset)
      offset += 4
      while offset < range.upperBound, bytes.byte(at: offset) != 0 {
        guard range.upperBound - offset >= 2 else { return }
        let text = offset + 2..<offset + 2 + Int(bytes.byte(at: offset + 1))
        guard text.upperBound <= range.upperBound else { return }
        if bytes.byte(at: offset) == RTCPPacket.canonicalName { body(source, text) }
        offset = text.upperBound
      }
      offset = range.lowerBound + (offset - range.lowerBound + 4) & ~3
    }
  }

  /// The item type of CNAME (RFC 3550 section 6.5.1).
  private static let canonicalName: UInt8 = 1

  /// Whether bytes begin as a compound does: with a report (RFC 3550 section 6.1) or, where that is left out, another of
  /// its types (RFC 5506).
  static func begins(_ bytes: RawSpan) -> Bool {
    guard bytes.byteCount >= 8, (200...207).contains(bytes.byte(at: 1)) else { return false }
    return RTCPPacket(bytes, at: 0) != nil
  }
}
