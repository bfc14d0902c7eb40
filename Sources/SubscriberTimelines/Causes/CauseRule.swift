import CaptureFacts

/// One row of a table of causes: what it looks for in the evidence of a record, and what it says.
struct CauseRule<Evidence>: Sendable {
  /// What a rule found.
  struct Match {
    /// One sentence that names node, message and code; the frames are added to it.
    let sentence: String
    /// The frames that prove it.
    let frames: [FrameReference?]
    /// Whether the capture shows the cause.
    var isDetermined = true
  }

  /// The key in reports.
  let key: String
  /// How bad it is.
  let severity: Finding.Severity
  /// Looks for it.
  let match: @Sendable (Evidence) -> Match?

  /// The cause and its severity by the first rule that finds one.
  static func first(of rules: [CauseRule], in evidence: Evidence) -> (cause: Cause, severity: Finding.Severity)? {
    for rule in rules {
      guard let match = rule.match(evidence) else { continue }
      let frames = MessageTrail.ordered(match.frames.compactMap { $0 })
      return (
        Cause(
          rule: rule.key, text: match.sentence, frames: frames,
          isDetermined: match.isDetermined), rule.severity
      )
    }
    return nil
  }
}
