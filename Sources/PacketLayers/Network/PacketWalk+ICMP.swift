import ByteReading
import CaptureFacts

extension PacketWalk {
  /// RFC 792 and RFC 4443: an error quotes the packet that caused it, behind eight bytes. All other messages stay what
  /// they are: a protocol that is known and carries nothing.
  mutating func readICMP(_ bytes: RawSpan, version: LayerKind, _ anomalies: inout AnomalyLedger) -> NextLayer {
    let layer: LayerKind = version == .ipv4 ? .icmp : .icmpv6
    guard enter(layer, header: 4, &anomalies) else { return .nothing }
    let type = bytes.byte(at: offset)
    let isError: Bool
    switch layer {
    // Destination unreachable, source quench, time exceeded, parameter problem.
    case .icmp: isError = type == 3 || type == 4 || type == 11 || type == 12
    // Destination unreachable, packet too big, time exceeded, parameter problem.
    default: isError = (1...4).contains(type)
    }
    guard isError else { return .complete }
    let code = bytes.byte(at: offset + 1)
    guard require(8, at: layer, &anomalies) else { return .nothing }
    offset += 8
    carry(.unreachable(ICMPQuote(type: type, code: code, flow: Flow(quotedIn: bytes, range: offset..<end))))
    return .complete
  }
}
