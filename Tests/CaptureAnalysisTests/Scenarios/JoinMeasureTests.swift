import Foundation
import SampleTraffic
import SharedCaptures
import Testing

/// Joins hold where a capture misses packets, as one does that an overloaded machine took: what is joined belongs
/// together, and most of what belongs together is joined. Documentation/Joins.md shows the figures; `make golden` writes
/// them anew.
@Suite(.serialized) struct JoinMeasureTests {
  private static let isRenewing = ProcessInfo.processInfo.environment["IMSTRACE_RENEW_GOLDEN"] == "1"
  private static let page = SharedCaptures.packageDirectory.appending(path: "Documentation/Joins.md")

  @Test("Of each hundred packets so many are missing", arguments: [(0, 1.0), (1, 0.99), (5, 0.95), (20, 0.85)])
  func joins(lossPercent: Int, leastRecall: Double) throws {
    var measure = JoinMeasure()
    var imprecise: [String] = []
    for scenario in Scenario.all {
      let capture = scenario.play(lossPercent: lossPercent)
      let folder = try TemporaryFolder()
      let files = try capture.files.enumerated().map { try folder.write($1, as: "\($0).pcap") }
      let wrong = measure.found - measure.right
      measure.count(capture.truth, try .analysing(files))
      if measure.found - measure.right > wrong { imprecise.append(scenario.name) }
    }
    #expect(measure.precision == 1, "wrongly joined in \(imprecise)")
    #expect(measure.recall >= leastRecall)
    try compare(lossPercent, measure)
  }

  /// Compares a row of the page, or writes it.
  private func compare(_ lossPercent: Int, _ measure: JoinMeasure) throws {
    func rounded(_ share: Double) -> String { String(format: "%.4f", share) }
    let row =
      "| \(lossPercent) % | \(measure.expected) | \(measure.found) | \(rounded(measure.precision)) | "
      + "\(rounded(measure.recall)) |"
    var lines = try String(contentsOf: Self.page, encoding: .utf8).components(separatedBy: "\n")
    let place = try #require(lines.firstIndex { $0.hasPrefix("| \(lossPercent) % |") })
    guard Self.isRenewing else {
      #expect(lines[place] == row)
      return
    }
    lines[place] = row
    try lines.joined(separator: "\n").write(to: Self.page, atomically: true, encoding: .utf8)
  }
}
