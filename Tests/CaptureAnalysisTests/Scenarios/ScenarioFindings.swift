import SampleTraffic
import SubscriberTimelines

/// Compares what is found beyond single records with what is true of a scenario: nothing less and nothing more.
enum ScenarioFindings {
  static func differences(_ truth: ScenarioTruth, _ findings: [Finding]) -> [String] {
    let kinds = Set(FindingTruth.Kind.allCases.map(\.rawValue))
    var rest = findings.filter { kinds.contains($0.rule) }
    var differences: [String] = []
    for expected in truth.findings {
      let words = ["requests", "of", "attempts", "times", "UAR"].map { " \(expected.count) \($0) " }
      let place = rest.firstIndex { finding in
        finding.rule == expected.kind.rawValue && finding.text.contains(expected.node)
          && words.contains { finding.text.contains($0) }
      }
      if let place {
        rest.remove(at: place)
      } else {
        differences.append("not found: \(expected.kind.rawValue) at \(expected.node), \(expected.count)")
      }
    }
    return differences + rest.map { "not true: \($0.rule): \($0.text)" }
  }
}
