import CaptureInput

/// Writes the frames of a live capture where that was asked for.
struct LiveFrameWriter: ~Copyable {
  private var writer: CaptureWriter?

  /// Creates the file; nil writes nothing.
  init(_ path: String?) throws(CaptureWriteFailure) {
    writer = nil
    if let path { writer = try CaptureWriter(path) }
  }

  /// Appends a frame.
  mutating func write(
    _ frame: borrowing CapturedFrame, of interfaces: [CaptureInterface]
  ) throws(CaptureWriteFailure) {
    try writer?.write(frame, interface: interfaces[Int(frame.interface)])
  }

  /// Brings everything written so far to the file.
  mutating func flush() throws(CaptureWriteFailure) {
    try writer?.flush()
  }
}
