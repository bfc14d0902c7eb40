import CaptureFacts

/// What is only known when all was read: the last line of a stream.
public struct CorrelationTrailer: Sendable {
  /// The inputs.
  public var files: [CaptureSummary.File]
  /// The stations of the points.
  public var stations: [CaptureSummary.Station]
  /// What each point showed, in the order in which the stream named them.
  public var counts: [CapturePointDirectory.Counts]
  /// What was seen and what was not seen into; what joining counts is not among it.
  public var coverage: Coverage

  /// Bundles what was read.
  public init(
    files: [CaptureSummary.File], stations: [CaptureSummary.Station], counts: [CapturePointDirectory.Counts],
    coverage: Coverage
  ) {
    self.files = files
    self.stations = stations
    self.counts = counts
    self.coverage = coverage
  }
}
