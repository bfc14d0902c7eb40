import ByteReading
import CaptureFacts

extension PacketWalk {
  /// RFC 768; then, by port or by unmistakable content, the tunnel inside.
  @inline(__always)
  mutating func readUDP(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.udp, header: 8, &anomalies) else {
      beginInternetPayload(17)
      return .complete
    }
    let start = offset
    let source = bytes.bigEndianUInt16(at: start)
    let destination = bytes.bigEndianUInt16(at: start + 2)
    let length = Int(bytes.bigEndianUInt16(at: start + 4))
    packet.source.port = source
    packet.destination.port = destination
    offset = start + 8
    if length >= 8 {
      narrow(to: length, from: start, at: .udp, field: 4, &anomalies)
    } else if length != 0 {
      // 0 is a jumbogram (RFC 2675 section 4) or was not filled in before segmentation offload: all of the IP payload.
      report(.headerMalformed, at: .udp, offset: 4, &anomalies)
    }
    carry(.datagram)
    return tunnel(bytes, source: source, destination: destination)
  }

  /// The tunnel that the ports or the first bytes announce.
  @inline(__always)
  private func tunnel(_ bytes: RawSpan, source: UInt16, destination: UInt16) -> NextLayer {
    if let announced = NextLayer(udpPort: destination) ?? NextLayer(udpPort: source) { return announced }
    guard remaining >= 8 else { return .complete }
    switch bytes.bigEndianUInt32(at: offset) {
    // "HEP3".
    case 0x4845_5033: return .hep
    case let first where first & 0xf8ff_0000 == 0x30ff_0000 && isUnmistakableGTPU(bytes): return .gtpU
    default: return .complete
    }
  }
}
