import ByteReading
import CaptureFacts

extension PacketDecoder {
  /// Reads a plain datagram over Ethernet without a tag; false where the frame is anything else, and then the walk reads it.
  @inline(__always)
  func readPlainDatagram(_ bytes: RawSpan, linkType: LinkType, into packet: inout DecodedPacket) -> Bool {
    guard linkType.rawValue == 1, let (etherType, start) = PlainLink.network(of: bytes, linkType: linkType),
      etherType == 0x0800, start == 14
    else { return false }
    let rest = bytes.extracting(start..<bytes.byteCount)
    guard let datagram = PlainDatagram(rest), !datagram.mayBeTunnel(rest) else { return false }
    packet.path = .plainDatagram
    packet.source = datagram.flow.source
    packet.destination = datagram.flow.destination
    packet.content = .datagram
    packet.identification = UInt32(datagram.identification)
    packet.payload = start &+ datagram.payload.lowerBound..<start &+ datagram.payload.upperBound
    packet.promisedPayloadLength = datagram.payload.count
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
