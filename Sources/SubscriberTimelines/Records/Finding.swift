import CaptureFacts

/// Something that a person should look at.
public struct Finding: EvidenceSentence, Sendable {
  /// How bad it is.
  public enum Severity: UInt8, Comparable, Sendable {
    /// Good to know.
    case note
    /// Not as it should be, without failing service.
    case warning
    /// Service failed.
    case error

    /// The name in reports.
    public var name: String {
      switch self {
      case .note: "note"
      case .warning: "warning"
      case .error: "error"
      }
    }

    /// A note is less severe than an error.
    public static func < (left: Severity, right: Severity) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// The key of the rule.
  public var rule: String

  /// How bad it is.
  public var severity: Severity

  /// What it is, naming node, message and code.
  public var text: String

  /// The frames that prove it.
  public var frames: [FrameReference]

  /// The records concerned.
  public var about: [RecordIdentifier]

  /// When what it is about began.
  public var time: Timestamp
}
