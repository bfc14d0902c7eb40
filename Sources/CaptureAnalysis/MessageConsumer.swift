import ByteReading
import CaptureFacts
import DiameterMessages
import StreamReassembly
import SubscriberTimelines

/// Takes the messages that were cut out of streams, and what the transport tells beside them.
protocol MessageConsumer: ~Copyable {
  /// Takes one SIP message. Returns the name under which more may be learned of it.
  mutating func take(sip bytes: RawSpan, _ placement: MessagePlacement) -> MessageTicket?

  /// Takes one Diameter message. Returns the name under which more may be learned of it.
  mutating func take(diameter bytes: RawSpan, _ placement: MessagePlacement) -> MessageTicket?

  /// Takes a frame that shows a message, or a part of it, once more; `fromStart` tells whether it is the first part.
  mutating func noteRepetition(of message: MessageTicket, _ repeated: RepeatedData, fromStart: Bool)

  /// Takes what the transport showed.
  mutating func note(_ event: TransportEvent)

  /// Takes what could not be seen into.
  mutating func note(_ anomaly: Anomaly)

  /// Takes the record of an SCTP association that is over.
  mutating func note(_ health: SCTPAssociationHealth)
}

extension MessageConsumer where Self: ~Copyable {
  /// Hands on one message.
  @discardableResult
  mutating func hand(_ bytes: RawSpan, of content: StreamContent, _ placement: MessagePlacement) -> MessageTicket? {
    var placement = placement
    switch content {
    case .sip:
      placement.path.append(.sip)
      return take(sip: bytes, placement)
    case .diameter:
      placement.path.append(.diameter)
      return take(diameter: bytes, placement)
    case .unknown: return nil
    }
  }

  /// Hands on the first of several Diameter messages in a row. Returns how many bytes it took, and its name.
  mutating func hand(
    firstDiameterMessageOf bytes: RawSpan, _ placement: MessagePlacement
  ) -> (length: Int, ticket: MessageTicket?) {
    guard case .message(let length) = DiameterStreamFraming.next(in: bytes, resumingAt: 0) else {
      return (bytes.byteCount, hand(bytes, of: .diameter, placement))
    }
    return (length, hand(bytes.extracting(0..<length), of: .diameter, placement))
  }
}
