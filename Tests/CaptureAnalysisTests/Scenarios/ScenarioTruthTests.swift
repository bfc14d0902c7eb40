import Foundation
import SampleTraffic
import SharedCaptures
import Testing

/// Of every composed scenario the analysis says what is true: each record with its kind, outcome, status, challenges,
/// identities, exchanges and cause; the nodes with their roles; and of every two messages whether they belong together.
struct ScenarioTruthTests {
  @Test("What is true of a scenario is found", arguments: Scenario.all.map(\.name))
  func scenario(_ name: String) throws {
    let scenario = try #require(Scenario.named(name))
    let capture = scenario.play()
    let folder = try TemporaryFolder()
    let files = try capture.files.enumerated().map { try folder.write($1, as: "\($0).pcap") }
    let report = try CollectedReport.analysing(files)
    let comparison = ScenarioComparison(capture.truth, report)
    for difference in comparison.differences { Issue.record("\(name): \(difference)") }
    #expect(ScenarioFindings.differences(capture.truth, report.findings) == [])
  }
}
