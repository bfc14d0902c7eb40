import CaptureFacts

/// One way of an INVITE that a node sent on in several (RFC 3261 section 16.6).
public struct CallBranch: Sendable {
  /// What came of it.
  public enum Outcome: String, Sendable {
    /// It was answered.
    case answered
    /// It was given up by CANCEL, since another was answered or the caller gave up.
    case cancelled
    /// It was refused.
    case refused
    /// It has no final response.
    case unanswered
  }

  /// Who sent it.
  public var from: NodeHandle
  /// Who received it.
  public var to: NodeHandle
  /// Its INVITE.
  public var frame: FrameReference
  /// The final response.
  public var status: UInt16?
  /// What came of it.
  public var outcome: Outcome
  /// Whether it was sent while another was open; else it follows one that failed.
  public var isParallel: Bool
}
