import ByteReading
import CaptureFacts

/// The packet that most captures consist of: IPv4 without options and not a fragment, UDP, all lengths in agreement. One
/// look tells it, its fields lie at fixed offsets, and nothing needs to be kept between layers. Where it is no tunnel
/// (`mayBeTunnel`), the walk reads it to the same result.
public struct PlainDatagram {
  /// The sender and the receiver.
  public let flow: IPv4Flow
  /// The identification of the IP header (RFC 791 section 3.1).
  public let identification: UInt16
  /// The payload, as a range of the bytes of the packet: eight bytes at least.
  public let payload: Range<Int>

  /// Reads what begins with the header of IP; nil where it is anything else, and then the walk reads it.
  @inlinable @inline(__always)
  public init?(_ packet: RawSpan) {
    guard packet.byteCount >= 36 else { return nil }
    // Version and header length; more fragments, fragment offset, time to live and protocol.
    guard packet.byte(at: 0) == 0x45, packet.bigEndianUInt32(at: 6) & 0x3fff_00ff == 0x0000_0011 else { return nil }
    let totalLength = Int(packet.bigEndianUInt16(at: 2))
    guard totalLength >= 36, totalLength <= packet.byteCount,
      Int(packet.bigEndianUInt16(at: 24)) == totalLength &- 20
    else { return nil }
    flow = IPv4Flow(addresses: packet.bigEndianUInt64(at: 12), ports: packet.bigEndianUInt32(at: 20))
    identification = packet.bigEndianUInt16(at: 4)
    payload = 28..<totalLength
  }

  /// Whether the walk would look for a tunnel in it, by its ports or its first bytes.
  @inlinable
  public func mayBeTunnel(_ packet: RawSpan) -> Bool {
    PlainDatagram.isTunnelPort(UInt16(truncatingIfNeeded: flow.ports >> 16))
      || PlainDatagram.isTunnelPort(UInt16(truncatingIfNeeded: flow.ports))
      || PlainDatagram.mayBeTunnel(firstBytes: packet.bigEndianUInt32(at: payload.lowerBound))
  }

  /// Whether the walk would look for a tunnel behind this port, whatever the bytes. What begins with version 2 of RTP and
  /// is not at such a port is no tunnel.
  public static func isTunnelPort(_ port: UInt16) -> Bool { NextLayer(udpPort: port) != nil }

  @usableFromInline
  static func mayBeTunnel(firstBytes: UInt32) -> Bool { PacketWalk.mayBeTunnel(firstBytes: firstBytes) }
}
