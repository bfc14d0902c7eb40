/// One place in the capture that could not be seen into as it should: data of the report, not an error of the run.
public struct Anomaly: Hashable, Sendable {
  /// What is wrong.
  public var kind: AnomalyKind

  /// The layer at which it was noticed.
  public var layer: LayerKind

  /// The frame.
  public var frame: FrameReference

  /// The offset in bytes inside that layer; 0 where it has no meaning.
  public var offset: UInt32

  /// A number that the kind explains: the link type or protocol not decoded, the bytes lost, the reason of a parse
  /// failure; 0 otherwise.
  public var detail: UInt32

  /// Records an anomaly.
  @inlinable
  public init(kind: AnomalyKind, layer: LayerKind, frame: FrameReference, offset: UInt32 = 0, detail: UInt32 = 0) {
    self.kind = kind
    self.layer = layer
    self.frame = frame
    self.offset = offset
    self.detail = detail
  }
}
