import ByteReading
import CaptureFacts
import SIPMessages
import StreamReassembly

@testable import CaptureAnalysis

/// Keeps what was cut out of streams.
struct RecordedMessages: MessageConsumer {
  var bytes: [[UInt8]] = []
  var placements: [MessagePlacement] = []
  var anomalies = AnomalyLedger()
  var events: [TransportEvent] = []
  var health: [SCTPAssociationHealth] = []
  /// How many messages of SIP needed no framing.
  var readWhole = 0
  /// How many bytes were looked at for that.
  var bytesLookedAt = 0

  mutating func take(sip bytes: RawSpan, _ placement: MessagePlacement) -> MessageNumber? {
    self.bytes.append(bytes.copied(0..<bytes.byteCount))
    placements.append(placement)
    return nil
  }

  mutating func take(
    wholeSIP bytes: RawSpan, _ placement: MessagePlacement
  ) -> (isTaken: Bool, number: MessageNumber?) {
    bytesLookedAt += bytes.byteCount
    guard let message = try? SIPMessage(parsing: bytes), message.isWholeInStream else { return (false, nil) }
    readWhole += 1
    return (true, take(sip: bytes, placement))
  }

  mutating func take(diameter bytes: RawSpan, _ placement: MessagePlacement) -> MessageNumber? {
    take(sip: bytes, placement)
  }

  mutating func noteRepetition(of message: MessageNumber, _ repeated: RepeatedData, fromStart: Bool) {}
  mutating func note(_ event: TransportEvent) { events.append(event) }
  mutating func note(_ anomaly: Anomaly) { anomalies.record(anomaly) }
  mutating func note(_ health: SCTPAssociationHealth) { self.health.append(health) }
}
