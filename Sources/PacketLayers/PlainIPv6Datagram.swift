import ByteReading
import CaptureFacts

/// What `PlainDatagram` is, over IPv6 without extension headers.
public struct PlainIPv6Datagram {
  /// The sender.
  public let source: Endpoint
  /// The receiver.
  public let destination: Endpoint
  /// The payload, as a range of the bytes of the packet: eight bytes at least.
  public let payload: Range<Int>

  /// Reads what begins with the header of IP; nil where it is anything else, and then the walk reads it.
  @inlinable @inline(__always)
  public init?(_ packet: RawSpan) {
    guard packet.byteCount >= 56 else { return nil }
    // Version; next header (RFC 8200 section 3).
    guard packet.byte(at: 0) >> 4 == 6, packet.byte(at: 6) == 17 else { return nil }
    let length = Int(packet.bigEndianUInt16(at: 4))
    guard length >= 16, length <= packet.byteCount &- 40, Int(packet.bigEndianUInt16(at: 44)) == length else {
      return nil
    }
    source = Endpoint(
      address: IPAddress(high: packet.bigEndianUInt64(at: 8), low: packet.bigEndianUInt64(at: 16)),
      port: packet.bigEndianUInt16(at: 40))
    destination = Endpoint(
      address: IPAddress(high: packet.bigEndianUInt64(at: 24), low: packet.bigEndianUInt64(at: 32)),
      port: packet.bigEndianUInt16(at: 42))
    payload = 48..<40 &+ length
  }
}
