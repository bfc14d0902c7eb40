import ByteReading

/// The header of an RTP packet (RFC 3550 section 5.1) and where its payload lies.
public struct RTPHeader: Equatable, Sendable {
  /// The length of the fixed header.
  static let fixedLength = 12

  /// The payload type, 7 bits.
  public var payloadType: UInt8
  /// The marker bit.
  public var hasMarker: Bool
  /// The sequence number.
  public var sequenceNumber: UInt16
  /// The timestamp in units of the payload's clock.
  public var timestamp: UInt32
  /// The synchronization source.
  public var source: UInt32
  /// The payload, without contributing sources, extension and padding.
  public var payload: Range<Int>

  /// Reads the header; nil where the bytes are no RTP packet.
  @inlinable @inline(__always)
  public init?(_ bytes: RawSpan) {
    let count = bytes.byteCount
    guard count >= 12 else { return nil }
    let first = bytes.bigEndianUInt32(at: 0)
    // Version 2; and not a packet type of RTCP, with which it may share a port (RFC 5761 section 4).
    guard first >> 30 == 2, !(192..<224).contains(first >> 16 & 0xff) else { return nil }
    var start = 12 &+ Int(first >> 24 & 0x0f) &* 4
    if first & 0x1000_0000 != 0 {
      guard count &- start >= 4 else { return nil }
      start &+= 4 &+ Int(bytes.bigEndianUInt16(at: start &+ 2)) &* 4
    }
    var end = count
    if first & 0x2000_0000 != 0 { end &-= Int(bytes.byte(at: count &- 1)) }
    guard start <= end else { return nil }
    payloadType = UInt8(truncatingIfNeeded: first >> 16) & 0x7f
    hasMarker = first & 0x0080_0000 != 0
    sequenceNumber = UInt16(truncatingIfNeeded: first)
    timestamp = bytes.bigEndianUInt32(at: 4)
    source = bytes.bigEndianUInt32(at: 8)
    payload = start..<end
  }

  /// Whether bytes can be RTP or RTCP by their first byte: version 2. No text of SIP begins so.
  @inlinable @inline(__always)
  public static func hasVersion(_ bytes: RawSpan) -> Bool {
    bytes.byteCount >= 8 && bytes.byte(at: 0) >> 6 == 2
  }
}
