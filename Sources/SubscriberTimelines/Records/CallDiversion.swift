import CaptureFacts

/// One step by which a call went on to another target.
public struct CallDiversion: Sendable {
  /// What tells of it.
  public enum Source: String, Sendable {
    /// History-Info (RFC 7044), an entry with a cause (RFC 4458, RFC 7544).
    case historyInfo = "history_info"
    /// Diversion (RFC 5806).
    case diversion
    /// A 3xx and its Contact.
    case redirection
    /// 181 Call Is Being Forwarded, which says no more.
    case announcement
  }

  /// How many a call keeps; a network allows some five.
  static let kept = 16

  /// What tells of it.
  public var source: Source
  /// Whom the call was for.
  public var from: String?
  /// Where it went on to.
  public var to: String?
  /// Why: a cause of RFC 4458, or the reason of Diversion.
  public var cause: UInt16?
  /// The same in words.
  public var reason: String?
  /// The message that told it first.
  public var frame: FrameReference

  /// What a cause says (RFC 4458 section 5, TS 24.604 section 4.5.2.6.2).
  static func reason(of cause: UInt16) -> String? {
    switch cause {
    case 302: "unconditional"
    case 404: "not registered"
    case 408: "no reply"
    case 480: "deflection"
    case 486: "busy"
    case 487: "deflection while alerting"
    case 503: "not reachable"
    default: nil
    }
  }
}
