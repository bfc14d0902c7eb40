import ByteReading
import CaptureFacts

extension PacketWalk {
  /// RFC 768; then, by port or by unmistakable content, the tunnel inside.
  @inline(__always)
  mutating func readUDP(_ bytes: RawSpan, _ anomalies: inout AnomalyLedger) -> NextLayer {
    guard enter(.udp, header: 8, &anomalies) else {
      return carryCutTransport(bytes, 17)
    }
    let start = offset
    let length = Int(bytes.bigEndianUInt16(at: start + 4))
    source.port = bytes.bigEndianUInt16(at: start)
    destination.port = bytes.bigEndianUInt16(at: start + 2)
    offset = start + 8
    if length >= 8 {
      narrow(to: length, from: start, at: .udp, field: 4, &anomalies)
    } else if length != 0 {
      // 0 is a jumbogram (RFC 2675 section 4) or was not filled in before segmentation offload: all of the IP payload.
      report(.headerMalformed, at: .udp, offset: 4, &anomalies)
    }
    carry(.datagram)
    return tunnel(bytes)
  }

  /// The tunnel that the ports or the first bytes announce.
  @inline(__always)
  private func tunnel(_ bytes: RawSpan) -> NextLayer {
    if let announced = NextLayer(udpPort: destination.port) ?? NextLayer(udpPort: source.port) { return announced }
    guard remaining >= 8 else { return .complete }
    let first = bytes.bigEndianUInt32(at: offset)
    guard PacketWalk.mayBeTunnel(firstBytes: first) else { return .complete }
    if first == PacketWalk.hepVersionThreeMagic { return .hep }
    return isUnmistakableGTPU(bytes) ? .gtpU : .complete
  }

  /// Whether the first four bytes of a datagram are those of a tunnel that is found by its content: HEP version 3, or a
  /// G-PDU of GTP-U, whatever its flags.
  @inline(__always)
  static func mayBeTunnel(firstBytes: UInt32) -> Bool {
    firstBytes == hepVersionThreeMagic || firstBytes & 0xf8ff_0000 == 0x30ff_0000
  }
}
