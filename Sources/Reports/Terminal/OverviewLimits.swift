/// How many rows the parts of an overview show.
struct OverviewLimits {
  /// Findings.
  var findings: Int
  /// Registrations, calls, messages and subscriptions.
  var records: Int
  /// Nodes, peers, Diameter commands.
  var others: Int

  /// The same for all parts.
  init(_ limit: Int) {
    findings = limit
    records = limit
    others = limit
  }

  /// With a little less, for a screen on which this does not fit: what is wrong is the last to go. A part without rows
  /// has its heading only. Nil where nothing is left to leave out.
  var smaller: OverviewLimits? {
    var smaller = self
    switch (findings, records, others) {
    case (_, 3..., _), (_, _, 3...):
      smaller.others = min(others, max(others - 1, 2))
      if records > smaller.others { smaller.records = min(records, max(records - 1, 2)) }
    case (5..., _, _): smaller.findings -= 1
    case (_, _, 1...): smaller.others = 0
    case (4..., _, _): smaller.findings -= 1
    case (_, 1..., _): smaller.records -= 1
    case (2..., _, _): smaller.findings -= 1
    default: return nil
    }
    return smaller
  }
}
