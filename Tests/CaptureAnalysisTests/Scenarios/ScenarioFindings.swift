import SampleTraffic
import SubscriberTimelines

/// Compares what is found beyond single records with what is true of a scenario: nothing less and nothing more.
enum ScenarioFindings {
  static func differences(_ truth: ScenarioTruth, _ findings: [Finding]) -> [String] {
    let kinds = Set(FindingTruth.Kind.allCases.map(\.rawValue))
    var rest = findings.filter { kinds.contains($0.rule) }
    var differences: [String] = []
    for expected in truth.findings {
      let words = expected.count.map { count in
        ["requests", "of", "attempts", "times", "UAR"].map { " \(count) \($0) " }
      }
      let place = rest.firstIndex { finding in
        finding.rule == expected.kind.rawValue && finding.text.contains(expected.node)
          && words?.contains { finding.text.contains($0) } ?? true
      }
      if let place {
        rest.remove(at: place)
      } else {
        differences.append("not found: \(expected.kind.rawValue) at \(expected.node)")
      }
    }
    return differences + rest.map { "not true: \($0.rule): \($0.text)" }
  }
}
