import ByteReading

/// One packet of a compound RTCP packet (RFC 3550 section 6.1).
struct RTCPPacket {
  /// The packet types that are read.
  enum PacketType {
    static let senderReport: UInt8 = 200
    static let receiverReport: UInt8 = 201
    static let bye: UInt8 = 203
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

  /// Whether bytes begin as a compound does: with a report (RFC 3550 section 6.1) or, where that is left out, another of
  /// its types (RFC 5506).
  static func begins(_ bytes: RawSpan) -> Bool {
    guard bytes.byteCount >= 8, (200...207).contains(bytes.byte(at: 1)) else { return false }
    return RTCPPacket(bytes, at: 0) != nil
  }
}
