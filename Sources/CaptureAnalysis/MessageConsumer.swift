import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages
import StreamReassembly

/// Takes the messages that were cut out of streams, and what the transport tells beside them.
protocol MessageConsumer: ~Copyable {
  /// Takes one SIP message. Returns the name under which more may be learned of it.
  mutating func take(sip bytes: RawSpan, _ placement: MessagePlacement) -> MessageNumber?

  /// Takes bytes that stand where a SIP message begins in a stream, if they are one whole message beyond doubt. Where they
  /// are not, nothing was done, and framing is to look at them.
  mutating func take(wholeSIP bytes: RawSpan, _ placement: MessagePlacement) -> (isTaken: Bool, number: MessageNumber?)

  /// Takes one Diameter message. Returns the name under which more may be learned of it.
  mutating func take(diameter bytes: RawSpan, _ placement: MessagePlacement) -> MessageNumber?

  /// Takes one message of MSRP.
  mutating func take(messageSession bytes: RawSpan, _ placement: MessagePlacement)

  /// Takes a frame that shows a message, or a part of it, once more; `fromStart` tells whether it is the first part.
  mutating func noteRepetition(of message: MessageNumber, _ repeated: RepeatedData, fromStart: Bool)

  /// Takes what the transport showed.
  mutating func note(_ event: TransportEvent)

  /// Takes what could not be seen into.
  mutating func note(_ anomaly: Anomaly)

  /// Takes the record of an SCTP association that is over.
  mutating func note(_ health: SCTPAssociationHealth)
}

extension MessageConsumer where Self: ~Copyable {
  /// Lets it go: who takes signalling alone needs no more.
  mutating func take(messageSession bytes: RawSpan, _ placement: MessagePlacement) {}

  /// Leaves it to framing.
  mutating func take(
    wholeSIP bytes: RawSpan, _ placement: MessagePlacement
  ) -> (isTaken: Bool, number: MessageNumber?) { (false, nil) }

  /// Hands on one message.
  @discardableResult
  mutating func hand(_ bytes: RawSpan, of content: StreamContent, _ placement: MessagePlacement) -> MessageNumber? {
    switch content {
    case .sip: return take(sip: bytes, placement)
    case .diameter: return take(diameter: bytes, placement)
    case .webSocket: return hand(webSocketMessage: bytes, placement)
    case .messageSession:
      take(messageSession: bytes, placement)
      return nil
    case .unknown: return nil
    }
  }

  /// Hands on what a WebSocket message carries. One that holds nothing but line ends keeps the connection alive (RFC 7118
  /// section 6).
  private mutating func hand(
    webSocketMessage bytes: RawSpan, _ placement: MessagePlacement
  ) -> MessageNumber? {
    var placement = placement
    placement.flow.transport = .webSocket
    placement.path.append(.webSocket)
    guard let payload = WebSocketFraming.payload(of: bytes) else {
      note(Anomaly(kind: .webSocketCompressed, layer: .webSocket, frame: placement.frame))
      return nil
    }
    if SIPRecognition.recognise(payload.rawSpan) == .certain {
      return take(sip: payload.rawSpan, placement)
    }
    if payload.contains(where: { $0 != 0x0d && $0 != 0x0a }) {
      note(
        Anomaly(
          kind: .messageMalformed, layer: .webSocket, frame: placement.frame, detail: UInt32(clamping: payload.count)))
    }
    return nil
  }

  /// Hands on the first of several Diameter messages in a row. Returns how many bytes it took, and its name.
  mutating func hand(
    firstDiameterMessageOf bytes: RawSpan, _ placement: MessagePlacement
  ) -> (length: Int, number: MessageNumber?) {
    guard case .message(let length) = DiameterStreamFraming.next(in: bytes, resumingAt: 0) else {
      return (bytes.byteCount, hand(bytes, of: .diameter, placement))
    }
    return (length, hand(bytes.extracting(0..<length), of: .diameter, placement))
  }
}
