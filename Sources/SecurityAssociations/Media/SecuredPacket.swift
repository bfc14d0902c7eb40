import ByteReading

/// What a packet of SRTP or SRTCP says in the clear, and where what is encrypted begins.
struct SecuredPacket {
  let source: UInt32
  /// The sequence number; 0 for SRTCP, whose index stands at its end.
  let sequenceNumber: UInt16
  /// Where the payload begins.
  let payload: Int
  let isControl: Bool

  /// Reads the header; nil where the bytes are neither (RFC 3711 sections 3.1 and 3.4).
  init?(_ bytes: RawSpan) {
    guard bytes.byteCount >= 12 else { return nil }
    let first = bytes.bigEndianUInt32(at: 0)
    guard first >> 30 == 2 else { return nil }
    // On one port the packet type tells them apart (RFC 5761 section 4).
    isControl = (192..<224).contains(first >> 16 & 0xff)
    if isControl {
      source = bytes.bigEndianUInt32(at: 4)
      sequenceNumber = 0
      payload = 8
      return
    }
    var start = 12 + Int(first >> 24 & 0x0f) * 4
    if first & 0x1000_0000 != 0 {
      guard bytes.byteCount - start >= 4 else { return nil }
      start += 4 + Int(bytes.bigEndianUInt16(at: start + 2)) * 4
    }
    guard start <= bytes.byteCount else { return nil }
    source = bytes.bigEndianUInt32(at: 8)
    sequenceNumber = UInt16(truncatingIfNeeded: first)
    payload = start
  }
}
