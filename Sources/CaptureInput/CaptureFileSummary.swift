import CaptureFacts

/// What was read of one input so far.
public struct CaptureFileSummary: Hashable, Sendable {
  /// The input as the user named it; for a file of a directory, the path through that directory.
  public var name: String
  /// The format; nil for a live interface.
  public var format: CaptureFileFormat?
  /// How many frames were read.
  public var frames: UInt64 = 0
  /// How many of them passed the filter; equal to `frames` without one.
  public var framesSelected: UInt64 = 0
  /// The sum of the original lengths of the frames that passed, in bytes.
  public var bytes: UInt64 = 0
  /// The earliest time of a frame that passed; nil where there is none.
  public var firstTime: Timestamp?
  /// The latest time of a frame that passed.
  public var lastTime: Timestamp?
  /// The interfaces that the file describes, in its order.
  public var interfaces: [CaptureInterface] = []
  /// How many frames have a comment.
  public var commentedFrames: UInt64 = 0
  /// How many addresses the file names.
  public var names = 0
  /// How many blocks of secrets it holds.
  public var decryptionSecrets = 0
  /// Whether reading ended before the end of the file, because it is damaged or cut.
  public var isDamaged = false
}

extension CaptureFileSummary {
  /// Counts a frame that passed the filter.
  @inline(__always)
  mutating func select(_ head: FrameHead) {
    framesSelected &+= 1
    bytes &+= UInt64(head.original)
    let time = Timestamp(nanoseconds: head.time)
    if let first = firstTime, let last = lastTime {
      if time < first { firstTime = time }
      if time > last { lastTime = time }
    } else {
      firstTime = time
      lastTime = time
    }
  }
}
