import Foundation
import SampleTraffic
import SharedCaptures
import Testing

/// Joins hold where a capture misses packets, as one does that an overloaded machine took: what is joined belongs
/// together, and most of what belongs together is joined.
struct JoinMeasureTests {
  /// All that are short enough for a test of every build, but for those of which something is known to be missing.
  private static let scenarios = Scenario.all.filter { scenario in
    scenario.name != "thousand_subscribers"
      && !NotYet.rows.contains { $0.scenarios.contains(scenario.name) && $0.fields.contains(.recall) }
  }

  @Test("Of each hundred packets so many are missing", arguments: [(0, 1.0), (1, 0.99), (5, 0.95), (20, 0.85)])
  func joins(lossPercent: Int, leastRecall: Double) throws {
    var measure = JoinMeasure()
    var imprecise: [String] = []
    for scenario in JoinMeasureTests.scenarios {
      let capture = scenario.play(lossPercent: lossPercent)
      let folder = try TemporaryFolder()
      let files = try capture.files.enumerated().map { try folder.write($1, as: "\($0).pcap") }
      let wrong = measure.found - measure.right
      measure.count(capture.truth, try .analysing(files))
      if measure.found - measure.right > wrong { imprecise.append(scenario.name) }
    }
    #expect(measure.precision == 1, "wrongly joined in \(imprecise)")
    #expect(measure.recall >= leastRecall)
  }
}
