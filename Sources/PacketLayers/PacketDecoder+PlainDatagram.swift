import ByteReading
import CaptureFacts

extension PacketDecoder {
  /// The frame that most captures consist of: Ethernet, IPv4 without options and not a fragment, UDP, all lengths in
  /// agreement, no tunnel. One look tells it, its fields lie at fixed offsets, and nothing needs to be kept between
  /// layers. The walk reads it to the same result.
  ///
  /// - Returns: false where the frame is anything else, and then the walk reads it.
  @inline(__always)
  func readPlainDatagram(_ bytes: RawSpan, into packet: inout DecodedPacket) -> Bool {
    guard bytes.byteCount >= 50 else { return false }
    // EtherType, version and header length; more fragments, fragment offset, time to live and protocol.
    guard bytes.bigEndianUInt32(at: 12) & 0xffff_ff00 == 0x0800_4500,
      bytes.bigEndianUInt32(at: 20) & 0x3fff_00ff == 0x0000_0011
    else { return false }
    let totalLength = Int(bytes.bigEndianUInt16(at: 16))
    let source = bytes.bigEndianUInt16(at: 34)
    let destination = bytes.bigEndianUInt16(at: 36)
    // At least eight bytes of payload, which the next check looks at.
    guard totalLength >= 36, totalLength <= bytes.byteCount - 14,
      Int(bytes.bigEndianUInt16(at: 38)) == totalLength - 20,
      NextLayer(udpPort: source) == nil, NextLayer(udpPort: destination) == nil,
      !PacketWalk.mayBeTunnel(firstBytes: bytes.bigEndianUInt32(at: 42))
    else { return false }
    packet.path = .plainDatagram
    packet.source = Endpoint(address: IPAddress(v4: bytes.bigEndianUInt32(at: 26)), port: source)
    packet.destination = Endpoint(address: IPAddress(v4: bytes.bigEndianUInt32(at: 30)), port: destination)
    packet.content = .datagram
    packet.identification = UInt32(bytes.bigEndianUInt16(at: 18))
    packet.payload = 42..<14 + totalLength
    packet.promisedPayloadLength = totalLength - 28
    packet.datagramTransport = .udp
    packet.recordedTime = nil
    packet.correlationIdentifier = ByteRange()
    packet.vlans = 0
    packet.tunnelSource = IPAddress(high: 0, low: 0)
    packet.tunnelDestination = IPAddress(high: 0, low: 0)
    return true
  }
}

extension LayerPath {
  /// The path of a plain datagram, folded to a constant by the compiler.
  @inline(__always)
  fileprivate static var plainDatagram: LayerPath {
    var path = LayerPath()
    path.append(.ethernet)
    path.append(.ipv4)
    path.append(.udp)
    return path
  }
}
