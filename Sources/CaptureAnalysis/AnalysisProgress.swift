/// How far an analysis is, for a user who waits.
public struct AnalysisProgress: Sendable {
  /// Frames read so far.
  public var frames: UInt64
  /// Packets that the system dropped, live.
  public var dropped: UInt64
  /// How much of the inputs was read, from 0 to 1; nil where that is not known.
  public var part: Double?
}
