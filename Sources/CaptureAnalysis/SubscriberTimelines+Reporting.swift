import CaptureFacts
import Reports
import ServiceStatistics
import SubscriberTimelines

/// The way from the timelines to a report, the same wherever messages come from.
extension SubscriberTimelines {
  /// Hands on the records that were completed.
  mutating func drain<Report: ReportWriter>(into report: inout Report, _ statistics: inout ServiceStatistics) {
    guard hasCompleted else { return }
    for exchange in takeUnplaced() { statistics.count(exchange) }
    for record in takeRecords() {
      statistics.count(record)
      report.receive(record, nodes: nodes, subscribers: subscribers)
    }
  }

  /// What is known beside the records. `coverage` is that of dissection.
  func summary(
    capture: CaptureSummary, coverage: Coverage, names: [(IPAddress, String)], statistics: ServiceStatistics
  ) -> ReportSummary {
    var statistics = statistics
    statistics.countUnplacedExchanges(of: subscribers)
    var coverage = coverage
    coverage.sipMessages = sipMessages
    coverage.keepAlives = keepAlives
    coverage.unansweredKeepAlives = unansweredKeepAlives
    coverage.diameterMessages = diameterMessages
    coverage.diameterUnplaced = diameterUnplaced
    coverage.mediaStreams = mediaStreams
    coverage.mediaStreamsUnplaced = mediaStreamsUnplaced
    coverage.anomalies.merge(anomalies)
    var nodes = nodes
    for (address, name) in names { nodes.noteCaptured(name: name, of: address) }
    return ReportSummary(
      capture: capture, nodes: nodes, subscribers: subscribers, transport: transport, statistics: statistics,
      coverage: coverage)
  }
}
