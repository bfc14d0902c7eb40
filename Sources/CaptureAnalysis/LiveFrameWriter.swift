import CaptureFacts
import CaptureInput

/// Writes the frames of a live capture where that was asked for: to one file, or to a ring of them.
final class LiveFrameWriter {
  private var file: CaptureWriter?
  private var ring: CaptureRing?

  /// Creates the file; without a path nothing is written.
  init(_ path: String?, ring limits: CaptureRing.Limits?) throws(CaptureWriteFailure) {
    file = nil
    ring = nil
    guard let path else { return }
    if let limits {
      ring = CaptureRing(path, limits: limits)
    } else {
      file = try CaptureWriter(path)
    }
  }

  /// Appends a frame.
  func write(
    _ frame: borrowing CapturedFrame, of interfaces: [CaptureInterface]
  ) throws(CaptureWriteFailure) {
    try file?.write(frame, interface: interfaces[Int(frame.interface)])
    try ring?.write(frame, interface: interfaces[Int(frame.interface)])
  }

  /// Whether as much was written as the user asked for, and a frame at `time` would be too much.
  func isComplete(_ stop: LiveStopConditions, at time: Timestamp) -> Bool {
    if let kilobytes = stop.kilobytes {
      let written: UInt64 = file?.byteCount ?? 0
      if written / 1000 >= kilobytes { return true }
    }
    if let files = stop.files {
      let isRingComplete: Bool? = ring?.isComplete(files: files, at: time)
      return isRingComplete == true
    }
    return false
  }

  /// Brings everything written so far to the file.
  func flush() throws(CaptureWriteFailure) {
    try file?.flush()
    try ring?.flush()
  }
}
