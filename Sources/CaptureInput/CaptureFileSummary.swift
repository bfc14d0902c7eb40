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
    note(first: head.time, last: head.time)
  }

  /// Counts frames that were passed.
  mutating func select(_ passage: FramePassage) {
    framesSelected &+= passage.count
    bytes &+= passage.bytes
    note(first: passage.firstTime, last: passage.lastTime)
  }

  @inline(__always)
  private mutating func note(first: Int64, last: Int64) {
    let first = Timestamp(nanoseconds: first)
    let last = Timestamp(nanoseconds: last)
    if let earliest = firstTime, let latest = lastTime {
      if first < earliest { firstTime = first }
      if last > latest { lastTime = last }
    } else {
      firstTime = first
      lastTime = last
    }
  }
}
