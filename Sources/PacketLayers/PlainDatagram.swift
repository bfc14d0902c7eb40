import ByteReading
import CaptureFacts

/// The frame that most captures consist of: Ethernet, IPv4 without options and not a fragment, UDP, all lengths in
/// agreement, no tunnel. One look tells it, its fields lie at fixed offsets, and nothing needs to be kept between layers.
/// The walk reads it to the same result.
public struct PlainDatagram {
  /// The sender.
  public let source: Endpoint
  /// The receiver.
  public let destination: Endpoint
  /// The identification of the IP header (RFC 791 section 3.1).
  public let identification: UInt32
  /// The payload, as a range of the bytes of the frame.
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
    let sourcePort = bytes.bigEndianUInt16(at: 34)
    let destinationPort = bytes.bigEndianUInt16(at: 36)
    // At least eight bytes of payload, which the next check looks at.
    guard totalLength >= 36, totalLength <= bytes.byteCount &- 14,
      Int(bytes.bigEndianUInt16(at: 38)) == totalLength &- 20,
      !PlainDatagram.mayBeTunnel(sourcePort, destinationPort, firstBytes: bytes.bigEndianUInt32(at: 42))
    else { return nil }
    source = Endpoint(address: IPAddress(v4: bytes.bigEndianUInt32(at: 26)), port: sourcePort)
    destination = Endpoint(address: IPAddress(v4: bytes.bigEndianUInt32(at: 30)), port: destinationPort)
    identification = UInt32(bytes.bigEndianUInt16(at: 18))
    payload = 42..<14 &+ totalLength
  }

  /// Whether the walk would look for a tunnel between these ports, in what begins so.
  @usableFromInline
  static func mayBeTunnel(_ source: UInt16, _ destination: UInt16, firstBytes: UInt32) -> Bool {
    NextLayer(udpPort: source) != nil || NextLayer(udpPort: destination) != nil
      || PacketWalk.mayBeTunnel(firstBytes: firstBytes)
  }
}
