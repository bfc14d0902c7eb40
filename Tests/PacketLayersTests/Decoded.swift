import ByteReading
import CaptureFacts
import PacketLayers

/// One frame, decoded, with what was recorded on the way.
struct Decoded {
  var packet: DecodedPacket?
  var anomalies = AnomalyLedger()
  var payload: [UInt8] = []

  init(_ bytes: [UInt8], link: UInt32 = 1) {
    let span = bytes.span.bytes
    packet = PacketDecoder().decode(
      span, linkType: LinkType(rawValue: link), frame: FrameReference(number: 1), anomalies: &anomalies)
    if let packet { payload = Array(bytes[packet.payload]) }
  }

  /// The path, the ends and the content in one line.
  var summary: String {
    guard let packet else { return "nothing" }
    let content: String
    switch packet.content {
    case .datagram: content = "datagram"
    case .segment: content = "segment"
    case .sctp: content = "sctp"
    case .fragment(let header):
      content = "fragment \(header.identification)/\(header.ipProtocol)/\(header.offset)/\(header.moreFollow)"
    case .unreachable(let quote):
      content = "unreachable \(quote.type)/\(quote.code) \(quote.flow?.description ?? "-")"
    case .encapsulatingSecurityPayload: content = "esp"
    case .other(let ipProtocol): content = "other \(ipProtocol)"
    }
    return "\(packet.path) \(packet.source) > \(packet.destination) \(content)"
  }

  /// What was recorded: kind, layer and detail of each line.
  var recorded: [String] {
    anomalies.lines.map { "\($0.key.kind) \($0.key.layer.name) \($0.key.detail)" }
  }
}
