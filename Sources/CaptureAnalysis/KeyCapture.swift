import ByteReading
import CaptureFacts
import CaptureInput
import DiameterMessages
import PacketLayers
import SecurityAssociations
import StreamReassembly

/// Reads a capture for the keys of authentication that Cx carries, and nothing else.
struct KeyCapture: ~Copyable {
  /// Takes the Multimedia-Auth-Answers out of what the transport delivers.
  private struct Collector: MessageConsumer, ~Copyable {
    let key: HashKey
    var lessons: [SecurityLesson] = []

    mutating func take(sip bytes: RawSpan, _ placement: MessagePlacement) -> MessageNumber? { nil }

    mutating func take(diameter bytes: RawSpan, _ placement: MessagePlacement) -> MessageNumber? {
      if let message = try? DiameterMessage(parsing: bytes) { lessons += SecurityLesson.read(message, key) }
      return nil
    }

    mutating func noteRepetition(of message: MessageNumber, _ repeated: RepeatedData, fromStart: Bool) {}

    mutating func note(_ event: TransportEvent) {}
    mutating func note(_ anomaly: Anomaly) {}
    mutating func note(_ health: SCTPAssociationHealth) {}
  }

  private let decoder = PacketDecoder()
  private var fragments = FragmentReassembler()
  private var tcp = TCPReassembler()
  private var sctp = SCTPReassembler()
  private var streams: SignallingStreams<Collector>
  /// What could not be seen into is of no interest here.
  private var anomalies = AnomalyLedger()

  private init(key: HashKey) {
    streams = SignallingStreams(handingTo: Collector(key: key))
  }

  /// The keys in the captures, each with its challenge hashed under `key`, and the captures that were read in part.
  static func read(
    _ inputs: [String], key: HashKey, isInterrupted: @escaping CaptureInterruption
  ) throws -> (lessons: [SecurityLesson], warnings: [CaptureInputFailure]) {
    var source = try MergedCapture(inputs, filter: nil, isInterrupted: isInterrupted)
    var capture = KeyCapture(key: key)
    while !isInterrupted(), source.advance() { capture.take(source.frame) }
    capture.tcp.finish(into: &capture.streams)
    capture.sctp.finish(into: &capture.streams)
    capture.streams.finish()
    return (capture.streams.messages.lessons, source.warnings)
  }

  private mutating func take(_ frame: borrowing CapturedFrame) {
    let packet = decoder.decode(
      frame.bytes, linkType: frame.linkType, frame: frame.reference, anomalies: &anomalies)
    guard let packet else { return }
    take(packet, frame.bytes.extracting(packet.payload), frame.time, frame.reference, depth: 0)
    tcp.advance(to: frame.time, into: &streams)
    sctp.advance(to: frame.time, into: &streams)
    fragments.expire(before: frame.time, anomalies: &anomalies)
  }

  private mutating func take(
    _ packet: DecodedPacket, _ payload: RawSpan, _ time: Timestamp, _ frame: FrameReference, depth: Int
  ) {
    let nowhere = CapturePointHandle.first
    switch packet.content {
    case .segment(let header):
      tcp.receive(
        packet, header: header, payload: payload, time: time, frame: frame, point: nowhere, into: &streams)
    case .sctp(let header):
      sctp.receive(
        packet, header: header, payload: payload, time: time, frame: frame, point: nowhere, into: &streams)
    case .fragment(let header):
      let whole = fragments.add(
        packet, header: header, payload: payload, time: time, frame: frame, anomalies: &anomalies)
      guard let whole, depth < CaptureAnalysis.reentryLimit else { return }
      let inner = decoder.decode(
        inner: whole.bytes.rawSpan, ipProtocol: whole.ipProtocol, outer: packet, frame: frame, anomalies: &anomalies)
      guard let inner else { return }
      let bytes = whole.bytes
      take(inner, bytes.rawSpan.extracting(inner.payload), time, frame, depth: depth + 1)
    case .datagram, .unreachable, .encapsulatingSecurityPayload, .other:
      break
    }
  }
}
