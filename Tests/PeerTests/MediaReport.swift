import CaptureAnalysis
import Foundation
import Reports
import SubscriberTimelines

/// A report that keeps the streams of media, of calls and outside of them.
struct MediaReport: ReportWriter {
  private var streams: [MediaStream] = []

  /// Writing to memory does not fail.
  var failure: ReportOutputFailure? { nil }

  mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    switch record {
    case .call(let call): streams += call.media.filter { $0.observed != nil }
    case .media(let stream): streams.append(stream)
    default: break
    }
  }

  mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {}

  /// The streams of a capture.
  static func analysing(_ file: URL) throws -> [MediaStream] {
    var report = MediaReport()
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: [file.path]))
    try analysis.run(into: &report)
    return report.streams
  }
}
