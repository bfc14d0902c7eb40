import ByteReading
import CaptureFacts

/// The frame that most captures consist of: Ethernet, IPv4 without options and not a fragment, UDP, all lengths in
/// agreement. One look tells it, its fields lie at fixed offsets, and nothing needs to be kept between layers. Where it is
/// no tunnel (`mayBeTunnel`), the walk reads it to the same result.
public struct PlainDatagram {
  /// The sender and the receiver.
  public let flow: IPv4Flow
  /// The identification of the IP header (RFC 791 section 3.1).
  public let identification: UInt16
  /// The payload, as a range of the bytes of the frame: eight bytes at least.
  public let payload: Range<Int>

  /// Reads a frame; nil where it is anything else, and then the walk reads it.
  @inlinable @inline(__always)
  public init?(_ bytes: RawSpan, linkType: LinkType) {
    guard linkType.rawValue == 1, bytes.byteCount >= 50 else { return nil }
    // EtherType, version and header length; more fragments, fragment offset, time to live and protocol.
    guard bytes.bigEndianUInt32(at: 12) & 0xffff_ff00 == 0x0800_4500,
      bytes.bigEndianUInt32(at: 20) & 0x3fff_00ff == 0x0000_0011
    else { return nil }
    let totalLength = Int(bytes.bigEndianUInt16(at: 16))
    guard totalLength >= 36, totalLength <= bytes.byteCount &- 14,
      Int(bytes.bigEndianUInt16(at: 38)) == totalLength &- 20
    else { return nil }
    flow = IPv4Flow(addresses: bytes.bigEndianUInt64(at: 26), ports: bytes.bigEndianUInt32(at: 34))
    identification = bytes.bigEndianUInt16(at: 18)
    payload = 42..<14 &+ totalLength
  }

  /// Whether the walk would look for a tunnel in it, by its ports or its first bytes.
  @inlinable
  public func mayBeTunnel(_ bytes: RawSpan) -> Bool {
    PlainDatagram.isTunnelPort(UInt16(truncatingIfNeeded: flow.ports >> 16))
      || PlainDatagram.isTunnelPort(UInt16(truncatingIfNeeded: flow.ports))
      || PlainDatagram.mayBeTunnel(firstBytes: bytes.bigEndianUInt32(at: payload.lowerBound))
  }

  /// Whether the walk would look for a tunnel behind this port, whatever the bytes. What begins with version 2 of RTP and
  /// is not at such a port is no tunnel.
  public static func isTunnelPort(_ port: UInt16) -> Bool { NextLayer(udpPort: port) != nil }

  @usableFromInline
  static func mayBeTunnel(firstBytes: UInt32) -> Bool { PacketWalk.mayBeTunnel(firstBytes: firstBytes) }
}
