import CaptureFacts

/// Where frames come from: a file, several files merged by time, standard input, a live interface.
public protocol CaptureSource: ~Copyable {
  /// Moves to the next frame. False at the end of the input, also where the input is damaged from here on: what was
  /// readable has been delivered then, and `anomalies` and `warnings` say what is wrong.
  mutating func advance() throws(CaptureInputFailure) -> Bool

  /// The same, but returns regularly where frames are waited for, so that an idle link still closes its records.
  mutating func step() throws(CaptureInputFailure) -> CaptureStep

  /// The frame that `advance()` or `step()` moved to; valid until the next call of either.
  var frame: CapturedFrame { @_lifetime(borrow self) borrowing get }

  /// How many frames were read so far, with those that a filter held back.
  var frameCount: UInt64 { get }

  /// What was read so far of each input, in the order in which they were named.
  var summaries: [CaptureFileSummary] { get }

  /// All interfaces so far: `CapturedFrame.interface` is an index here.
  var interfaces: [CaptureInterface] { get }

  /// What kept parts of the input from being read, so far.
  var anomalies: AnomalyLedger { get }

  /// What the user should be told about inputs that were read in part, one sentence each.
  var warnings: [CaptureInputFailure] { get }
}

extension CaptureSource where Self: ~Copyable {
  /// A source that never waits has a frame or is at its end.
  @inlinable
  public mutating func step() throws(CaptureInputFailure) -> CaptureStep {
    try advance() ? .frame : .end
  }
}
