import CaptureFacts

/// A Diameter request with its answer.
public struct DiameterExchange: Sendable {
  /// What an answer says about the outcome. The two kinds of code share numbers and mean different things.
  public enum Result: Hashable, Sendable {
    /// Result-Code (RFC 6733 section 7.1).
    case base(UInt32)
    /// Experimental-Result (RFC 6733 section 7.6), of this vendor.
    case experimental(vendor: UInt32, code: UInt32)
  }

  /// One hop through agents.
  public struct Hop: Sendable {
    /// Who sent the request on this hop.
    public var from: NodeHandle
    /// Who received it.
    public var to: NodeHandle
    /// The frame of the request.
    public var requestFrame: FrameReference?
    /// The frame of the answer.
    public var answerFrame: FrameReference?
    /// From request to answer on this hop, in nanoseconds.
    public var answerTime: Int64?
    /// What the answer on this hop said; nil without one.
    public var result: Result?
  }

  /// What joined the exchange to its record.
  public enum JoinKey: String, Sendable {
    /// The SIP Call-ID carried by the request.
    case callID = "call_id"
    /// The authentication vector equals the nonce of the challenge.
    case nonce
    /// Identity, the node that received the SIP request, and order in time.
    case identityNodeTime = "identity_node_time"
    /// Identity and order in time.
    case identityTime = "identity_time"
    /// The session it belongs to, joined by one of its other exchanges.
    case session
  }

  /// The reference point: `Cx`, `Rx`, ...
  public var interface: String

  /// The abbreviation of the request: `UAR`.
  public var command: String

  /// The command code.
  public var commandCode: UInt32

  /// The application.
  public var applicationID: UInt32

  /// Who asked.
  public var from: NodeHandle

  /// Who answered or should have.
  public var to: NodeHandle

  /// When the request was seen, or, where it was not, the answer.
  public var start: Timestamp

  /// The frame of the request; nil where the capture does not have it.
  public var requestFrame: FrameReference?

  /// The frame of the answer; nil where there was none.
  public var answerFrame: FrameReference?

  /// All frames, copies and retransmissions included.
  public var frames: [FrameReference]

  /// From request to answer, in nanoseconds; negative where the capture shows the answer first.
  public var answerTime: Int64?

  /// The outcome; nil without an answer.
  public var result: Result?

  /// Its name: `DIAMETER_SUCCESS`.
  public var resultName: String?

  /// How often the request was sent again.
  public var retransmissions: Int

  /// Further hops of the same exchange through agents, in order.
  public var hops: [Hop]

  /// How it was joined to its record; nil where it has none.
  public var joinedBy: JoinKey?

  /// What it carried.
  public var details: DiameterDetails
}
