import SubscriberTimelines

/// A form of output: takes records while the capture is read, and the rest when it has been.
public protocol ReportWriter: TimelineConsumer {
  /// Why nothing more can be written; nil while all is well. A run may end early on it, for nobody reads on.
  var failure: ReportOutputFailure? { get }

  /// Writes what is known so far beside the records, for a reader who follows a capture that goes on; nothing where the
  /// form has no place for it.
  mutating func summarize(_ summary: ReportSummary) throws(ReportOutputFailure)

  /// Writes what is known only at the end and completes the output.
  mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure)
}

extension ReportWriter {
  /// Most forms have one end and nothing before it.
  public mutating func summarize(_ summary: ReportSummary) throws(ReportOutputFailure) {}
}
