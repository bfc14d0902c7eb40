import CaptureInput

/// What to analyse.
public struct AnalysisOptions: Sendable {
  /// Files, directories, or `-` for standard input; empty for a live capture.
  public var inputs: [String]

  /// The interfaces to listen on; nil where files are read.
  public var live: LiveCaptureOptions?

  /// A BPF expression that frames must match; nil for all. A live capture has its own in `live`.
  public var captureFilter: String?

  /// Where to write the frames of a live capture; nil for nowhere.
  public var writePath: String?

  /// The number of frames after which a live capture ends; nil for no end.
  public var frameLimit: UInt64?

  /// The time after which a live capture ends, in nanoseconds of wall clock; nil for no end.
  public var durationLimit: Int64?

  /// Tells whether the user asked to end the input.
  public var isInterrupted: CaptureInterruption

  /// Analyses files.
  public init(inputs: [String]) {
    self.inputs = inputs
    isInterrupted = { false }
  }

  /// Listens on interfaces.
  public init(live: LiveCaptureOptions, isInterrupted: @escaping CaptureInterruption) {
    inputs = []
    self.live = live
    self.isInterrupted = isInterrupted
  }
}
