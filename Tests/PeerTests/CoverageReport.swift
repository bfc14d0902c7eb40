import CaptureAnalysis
import CaptureFacts
import Foundation
import Reports
import SubscriberTimelines

/// A report of which only the end is of interest.
struct CoverageReport: ReportWriter {
  private(set) var coverage = Coverage()

  /// Writing to memory does not fail.
  var failure: ReportOutputFailure? { nil }

  mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {}

  mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    coverage = summary.coverage
  }

  /// What the analysis of `file` says that it saw.
  static func analysing(_ file: URL) throws -> Coverage {
    var report = CoverageReport()
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: [file.path]))
    try analysis.run(into: &report)
    return report.coverage
  }
}
