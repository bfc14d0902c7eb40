import CaptureFacts
import PacketLayers
import Reports

/// When media went from one end to another, with their RTCP.
struct MediaSpans {
  /// How long before and after the packets of media those of RTCP are looked for: reports come each five seconds
  /// (RFC 3550 section 6.2).
  static let controlMargin: Int64 = 5_000_000_000

  private var spans: [Flow: [ClosedRange<Timestamp>]] = [:]

  /// Whether there are any.
  var isEmpty: Bool { spans.isEmpty }

  init(_ streams: [PacketSelection.Media]) {
    for stream in streams {
      let begin = stream.start.advanced(byNanoseconds: -MediaSpans.controlMargin)
      let end = stream.end.advanced(byNanoseconds: MediaSpans.controlMargin)
      // Clocks step back, and times at the ends of their range wrap.
      let span = min(begin, end)...max(begin, end)
      for flow in MediaSpans.flows(of: stream) { spans[flow, default: []].append(span) }
    }
  }

  /// Whether a packet is one of them.
  func hold(_ packet: DecodedPacket, at time: Timestamp) -> Bool {
    guard case .datagram = packet.content else { return false }
    let flow = Flow(source: packet.source, destination: packet.destination, transport: .udp)
    return spans[flow]?.contains { $0.contains(time) } ?? false
  }

  /// The ways of a stream and of its RTCP, which goes both ways, at the next port (RFC 3550 section 11) or at the same
  /// one (RFC 5761).
  private static func flows(of stream: PacketSelection.Media) -> [Flow] {
    let data = Flow(source: stream.source, destination: stream.destination, transport: .udp)
    let control = Flow(source: next(stream.source), destination: next(stream.destination), transport: .udp)
    return [data, data.reversed, control, control.reversed]
  }

  private static func next(_ end: Endpoint) -> Endpoint {
    Endpoint(address: end.address, port: end.port &+ 1)
  }
}
