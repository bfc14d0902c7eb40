import Reports
import SubscriberTimelines

/// A report beside which failures are counted.
struct TalliedReport<Report: ReportWriter>: ReportWriter {
  var report: Report
  private(set) var tally = FailureTally()

  init(_ report: Report) {
    self.report = report
  }

  var failure: ReportOutputFailure? { report.failure }

  mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    tally.count(record)
    report.receive(record, nodes: nodes, subscribers: subscribers)
  }

  mutating func summarize(_ summary: ReportSummary) throws(ReportOutputFailure) {
    try report.summarize(summary)
  }

  mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    try report.finish(summary)
  }
}
