/// When a live capture ends by itself; nil for never.
public struct LiveStopConditions: Sendable {
  /// After this many frames.
  public var frames: UInt64?
  /// After this many nanoseconds of wall clock.
  public var nanoseconds: Int64?
  /// When the file being written has this many units of 1000 bytes.
  public var kilobytes: UInt64?
  /// When this many files of a ring have been written.
  public var files: Int?

  /// No end.
  public init() {}
}
