import CaptureFacts

/// Numbers the frames of several streams in one order. A stream tells of frames that carry something; those between count
/// with the next that it tells of. One stream keeps its numbers.
struct MergedNumbers {
  /// How many changes of order are remembered for a stream: the frames of a message lie within some seconds.
  static let keptChanges = 1 << 12

  /// From this frame of a stream on so many frames of others come before.
  private struct Change {
    var frame: UInt64
    var others: UInt64
  }

  private struct Course {
    /// The frame that was read last.
    var reading: UInt64 = 0
    var changes = [Change(frame: 0, others: 0)]
  }

  private var courses: [Course]
  /// The files of the streams before, for each.
  private let firstFiles: [UInt32]
  /// The frames that were read last, of all streams together.
  private var total: UInt64 = 0

  /// Numbers the frames of streams with so many files each.
  init(fileCounts: [Int]) {
    courses = Array(repeating: Course(), count: fileCounts.count)
    var first: UInt32 = 0
    firstFiles = fileCounts.map { count in
      defer { first &+= UInt32(truncatingIfNeeded: count) }
      return first
    }
  }

  /// The next line is of this stream, and was found while `frame` was read.
  mutating func advance(_ stream: Int, to frame: UInt64) {
    let before = courses[stream].reading
    guard frame > before else { return }
    let others = total &- before
    if courses[stream].changes[courses[stream].changes.count - 1].others != others {
      courses[stream].changes.append(Change(frame: before &+ 1, others: others))
      if courses[stream].changes.count > MergedNumbers.keptChanges {
        courses[stream].changes.removeFirst(MergedNumbers.keptChanges / 2)
      }
    }
    courses[stream].reading = frame
    total = others &+ frame
  }

  /// A frame of a stream, in the order of all.
  func merged(_ frame: FrameReference, of stream: Int) -> FrameReference {
    let changes = courses[stream].changes
    var place = changes.count - 1
    while place > 0, changes[place].frame > frame.number { place -= 1 }
    return FrameReference(
      number: frame.number &+ changes[place].others, file: frame.file &+ firstFiles[stream],
      numberInFile: frame.numberInFile)
  }
}
