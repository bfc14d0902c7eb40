/// Names one frame of the input: what every statement of a report points at.
public struct FrameReference: Hashable, Comparable, Sendable {
  /// The ordinal in the merged order of all inputs, from 1: what Wireshark shows after merging the same files.
  public var number: UInt64

  /// The index of the input file in the order of the command line, from 0; 0 for a live capture.
  public var file: UInt32

  /// The ordinal inside its own file, from 1; equal to `number` where there is one input. Wraps after 2^32 frames.
  public var numberInFile: UInt32

  /// Names the frame with this ordinal, of this file.
  @inlinable
  public init(number: UInt64, file: UInt32 = 0, numberInFile: UInt32) {
    self.number = number
    self.file = file
    self.numberInFile = numberInFile
  }

  /// Names a frame of a capture that consists of one input.
  @inlinable
  public init(number: UInt64) {
    self.init(number: number, file: 0, numberInFile: UInt32(truncatingIfNeeded: number))
  }

  /// Frames are ordered by their ordinal in merged order.
  @inlinable
  public static func < (earlier: FrameReference, later: FrameReference) -> Bool {
    earlier.number < later.number
  }
}
