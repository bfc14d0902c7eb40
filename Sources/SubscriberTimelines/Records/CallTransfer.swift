import CaptureFacts

/// What a REFER asked for (RFC 3515), and what came of it.
public struct CallTransfer: Sendable {
  /// What kind it is.
  public enum Kind: String, Sendable {
    /// The one referred calls somebody new (RFC 5589 section 6).
    case blind
    /// The one referred takes the place of who refers in another dialog: Refer-To holds Replaces (RFC 5589 section 7).
    case attended
    /// A focus is asked to call somebody in (RFC 4579 section 5.5).
    case invitation
    /// Refer-To names another method: what is asked for is no call.
    case other
  }

  /// What came of it.
  public enum Outcome: String, Sendable {
    /// NOTIFY told of a success.
    case succeeded
    /// REFER was refused, or NOTIFY told of a failure.
    case failed
    /// REFER was accepted, and nothing final was told.
    case accepted
    /// REFER was not answered.
    case unanswered
  }

  /// How many a call keeps: invitations to a conference.
  static let kept = 16

  /// What kind it is.
  public var kind: Kind
  /// Who asked for it; nil where this is not known.
  public var by: CallSession.Party?
  /// Whom Refer-To names, without headers.
  public var target: String
  /// The Call-ID that is to be replaced.
  public var replaces: String?
  /// What came of it.
  public var outcome = Outcome.unanswered
  /// The final status that NOTIFY told, else that of a refused REFER.
  public var status: UInt16?
  /// REFER, and the message that told what came of it.
  public var frames: [FrameReference]
}
