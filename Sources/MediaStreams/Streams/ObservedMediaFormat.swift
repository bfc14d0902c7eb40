import CaptureFacts

/// One payload type as a stream used it.
public struct ObservedMediaFormat: Hashable, Sendable {
  /// What it is.
  public var format: PayloadFormat
  /// Packets of it.
  public var packets: UInt64
  /// The first of them.
  public var firstFrame: FrameReference

  /// Describes a payload type that was used.
  public init(format: PayloadFormat, packets: UInt64, firstFrame: FrameReference) {
    self.format = format
    self.packets = packets
    self.firstFrame = firstFrame
  }
}
