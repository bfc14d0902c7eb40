import CaptureFacts
import SIPMessages

/// One message on the time axis of a record.
public struct TimelineEvent: Sendable {
  /// What the message is.
  public enum Kind: Hashable, Sendable {
    /// A SIP request.
    case request(SIPMethod)
    /// A SIP response and the method of its request.
    case response(status: UInt16, method: SIPMethod)
    /// A Diameter request.
    case diameterRequest(command: UInt32, application: UInt32)
    /// A Diameter answer.
    case diameterAnswer(command: UInt32, application: UInt32, result: DiameterExchange.Result?)
  }

  /// When.
  public var time: Timestamp

  /// The frame that completed it.
  public var frame: FrameReference

  /// Who sent it.
  public var from: NodeHandle

  /// Who received it.
  public var to: NodeHandle

  /// What carried it.
  public var transport: TransportProtocol

  /// What it is.
  public var kind: Kind

  /// Whether the same message was sent before on the same way.
  public var isRetransmission: Bool

  /// How many further times the capture shows this very transmission.
  public var copies: UInt16

  /// Where the capture showed it first.
  public var point = CapturePointHandle.first

  /// The hash of the message and its way: what tells a message seen again.
  var fingerprint: UInt64

  /// What tells a copy of the same transmission; see `Observed.transmissionMark`.
  var mark: UInt32

  /// Whether it is a SIP message that its receiver acts on: 100 only says that one arrived (RFC 3261 section 21.1.1).
  var asksForAction: Bool {
    switch kind {
    case .request(let method): method != .ack
    case .response(let status, _): status != 100
    case .diameterRequest, .diameterAnswer: false
    }
  }
}
