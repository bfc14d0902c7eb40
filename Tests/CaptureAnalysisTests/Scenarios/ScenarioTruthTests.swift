import Foundation
import SampleTraffic
import SharedCaptures
import Testing

/// Of every composed scenario the analysis says what is true: each record with its kind, outcome, status, challenges,
/// identities, exchanges and cause; the nodes with their roles; and of every two messages whether they belong together.
struct ScenarioTruthTests {
  /// All that are short enough for a test of every build.
  private static let names = Scenario.all.map(\.name).filter { $0 != "thousand_subscribers" }

  @Test("What is true of a scenario is found", arguments: names)
  func scenario(_ name: String) throws {
    let scenario = try #require(Scenario.named(name))
    let capture = scenario.play()
    let folder = try TemporaryFolder()
    let files = try capture.files.enumerated().map { try folder.write($1, as: "\($0).pcap") }
    let report = try CollectedReport.analysing(files)
    let comparison = ScenarioComparison(capture.truth, report)
    let exempt = Set(NotYet.rows.filter { $0.scenarios.contains(name) }.flatMap(\.fields))
    for difference in comparison.differences where !exempt.contains(difference.field) {
      Issue.record("\(name): \(difference)")
    }
    for field in exempt where !comparison.differences.contains(where: { $0.field == field }) {
      Issue.record("\(name): \(field.rawValue) agrees; it is listed as not yet")
    }
    #expect(!comparison.differences.contains { $0.field == .precision })
    #expect(ScenarioFindings.differences(capture.truth, report.findings) == [])
  }
}
