import ByteReading
import CaptureFacts
import StreamReassembly

@testable import CaptureAnalysis

/// Keeps what was cut out of streams.
struct RecordedMessages: MessageConsumer {
  var bytes: [[UInt8]] = []
  var placements: [MessagePlacement] = []
  var anomalies = AnomalyLedger()
  var events: [TransportEvent] = []
  var health: [SCTPAssociationHealth] = []

  mutating func take(sip bytes: RawSpan, _ placement: MessagePlacement) -> MessageNumber? {
    self.bytes.append(bytes.copied(0..<bytes.byteCount))
    placements.append(placement)
    return nil
  }

  mutating func take(diameter bytes: RawSpan, _ placement: MessagePlacement) -> MessageNumber? {
    take(sip: bytes, placement)
  }

  mutating func noteRepetition(of message: MessageNumber, _ repeated: RepeatedData, fromStart: Bool) {}
  mutating func note(_ event: TransportEvent) { events.append(event) }
  mutating func note(_ anomaly: Anomaly) { anomalies.record(anomaly) }
  mutating func note(_ health: SCTPAssociationHealth) { self.health.append(health) }
}
