import SubscriberTimelines

/// A form of output: takes records while the capture is read, and the rest when it has been.
public protocol ReportWriter: TimelineConsumer {
  /// Why nothing more can be written; nil while all is well. A run may end early on it, for nobody reads on.
  var failure: ReportOutputFailure? { get }

  /// Writes what is known only at the end and completes the output.
  mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure)
}
