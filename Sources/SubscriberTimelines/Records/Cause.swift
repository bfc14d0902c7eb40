import CaptureFacts

/// Why a record ended as it did.
public struct Cause: EvidenceSentence, Sendable {
  /// The key of the rule that found it.
  public var rule: String

  /// What it is, naming node, message and code.
  public var text: String

  /// The frames that prove it.
  public var frames: [FrameReference]

  /// Whether the capture shows the cause; false where the sentence says what is missing.
  public var isDetermined: Bool
}
