import CaptureFacts

/// What was passed of a `FrameRun`.
public struct FramePassage {
  /// How many frames.
  @inlinable
  public var frames: UInt64 { count }

  /// When the last of them was captured.
  @inlinable
  public var timeOfLast: Timestamp { Timestamp(nanoseconds: lastTime) }

  @usableFromInline var count: UInt64 = 0
  /// The sum of their lengths on the wire, in bytes.
  @usableFromInline var bytes: UInt64 = 0
  /// How many bytes of the window they end behind.
  @usableFromInline var length: Int
  /// The times of the first and the last of them, in nanoseconds since the epoch.
  @usableFromInline var firstTime: Int64
  @usableFromInline var lastTime: Int64

  init(length: Int, firstTime: Int64, lastTime: Int64) {
    self.length = length
    self.firstTime = firstTime
    self.lastTime = lastTime
  }
}
