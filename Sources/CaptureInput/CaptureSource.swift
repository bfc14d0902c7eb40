import CaptureFacts

/// Where frames come from: a file, several files merged by time, standard input, a live interface.
public protocol CaptureSource: ~Copyable {
  /// Moves to the next frame. False at the end of the input, also where the input is damaged from here on: what was
  /// readable has been delivered then, and `anomalies` and `warnings` say what is wrong.
  mutating func advance() throws(CaptureInputFailure) -> Bool

  /// The frame that `advance()` moved to; valid until the next call.
  var frame: CapturedFrame { @_lifetime(borrow self) borrowing get }
}
