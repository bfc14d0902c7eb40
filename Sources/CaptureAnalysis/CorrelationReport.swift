import CorrelationStreams
import Reports
import SubscriberTimelines

/// The stream for correlation as the output of a run: no records are made, and the end of the run is its trailer.
public struct CorrelationReport: ReportWriter {
  /// What the run writes to.
  public let stream: CorrelationStreamWriter
  private let output: ReportOutput

  /// Writes to `output`, secrets masked by `mask`.
  public init(output: ReportOutput, mask: SecretMask) {
    self.output = output
    stream = CorrelationStreamWriter(mask: mask, tick: SubscriberTimelines.tick) { output.write($0) }
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? { output.failure }

  /// There are none.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {}

  /// Writes the trailer.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    stream.finish(
      CorrelationTrailer(
        files: summary.capture.files, stations: summary.capture.stations, counts: summary.capture.points.counts,
        coverage: summary.coverage))
    try output.complete()
  }
}
