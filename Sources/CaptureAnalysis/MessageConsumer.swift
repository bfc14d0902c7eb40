import ByteReading
import CaptureFacts
import DiameterMessages
import StreamReassembly

/// Takes the messages that were cut out of streams, and what the transport tells beside them.
protocol MessageConsumer: ~Copyable {
  /// Takes one SIP message.
  mutating func take(sip bytes: RawSpan, _ placement: MessagePlacement)

  /// Takes one Diameter message.
  mutating func take(diameter bytes: RawSpan, _ placement: MessagePlacement)

  /// Takes what the transport showed.
  mutating func note(_ event: TransportEvent)

  /// Takes what could not be seen into.
  mutating func note(_ anomaly: Anomaly)

  /// Takes the record of an SCTP association that is over.
  mutating func note(_ health: SCTPAssociationHealth)
}

extension MessageConsumer where Self: ~Copyable {
  /// Hands on one message.
  mutating func hand(_ bytes: RawSpan, of content: StreamContent, _ placement: MessagePlacement) {
    var placement = placement
    switch content {
    case .sip:
      placement.path.append(.sip)
      take(sip: bytes, placement)
    case .diameter:
      placement.path.append(.diameter)
      take(diameter: bytes, placement)
    case .unknown: break
    }
  }

  /// Hands on one Diameter message, or several in a row.
  mutating func hand(diameterMessages bytes: RawSpan, _ placement: MessagePlacement) {
    var start = 0
    while start < bytes.byteCount {
      let rest = bytes.extracting(start..<bytes.byteCount)
      guard case .message(let length) = DiameterStreamFraming.next(in: rest, resumingAt: 0) else {
        hand(rest, of: .diameter, placement)
        return
      }
      hand(rest.extracting(0..<length), of: .diameter, placement)
      start += length
    }
  }
}
