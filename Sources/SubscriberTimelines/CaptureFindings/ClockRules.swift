import CaptureFacts

/// What is wrong between the clocks of two capture stations. Each row is a rule.
enum ClockRules {
  /// From what on clocks are apart: one machine hands the packets of several interfaces over within some milliseconds.
  static let offset: Int64 = 10_000_000

  static let rules: [CauseRule<ClockComparison>] = [
    CauseRule(key: "clock_offset", severity: .warning) { comparison in
      guard let found = comparison.offset, found.least >= offset else { return nil }
      // Within these bounds the clocks drift, or are set.
      let most = found.most.flatMap { $0 >= found.least ? " and at most \(text($0))" : nil } ?? ""
      return CauseRule.Match(
        sentence:
          "two capture points have different clocks: the one of the first frame is behind the one of the second by "
          + "at least \(text(found.least))\(most), for it shows first what the other shows the cause of "
          + "(\(comparison.count) messages compared); times between them, and their order, are off by that",
        frames: found.proof.frames)
    }
  ]

  private static func text(_ nanoseconds: Int64) -> String {
    let microseconds = nanoseconds / 1000
    let rest = String(microseconds % 1000)
    return "\(microseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest) ms"
  }
}
