import CaptureFacts

/// One frame as the capture holds it, borrowed for one turn of the reading loop.
public struct CapturedFrame: ~Escapable {
  /// Its place in the capture.
  public let reference: FrameReference

  /// When it was captured.
  public let time: Timestamp

  /// The interface that saw it: the index over all interfaces of all inputs, from 0.
  public let interface: UInt32

  /// How the bytes begin.
  public let linkType: LinkType

  /// The length on the wire, in bytes; not less than the number of bytes kept.
  public let originalLength: UInt32

  /// The bytes that were kept, cut where the capture had a snapshot length.
  public let bytes: RawSpan

  /// Makes a frame that borrows `bytes`.
  @inlinable @_lifetime(copy bytes)
  public init(
    reference: FrameReference, time: Timestamp, interface: UInt32, linkType: LinkType, originalLength: UInt32,
    bytes: RawSpan
  ) {
    self.reference = reference
    self.time = time
    self.interface = interface
    self.linkType = linkType
    self.originalLength = originalLength
    self.bytes = bytes
  }
}
