import CaptureFacts

/// The data of one segment as it arrives, borrowed, with what is told about it.
struct TCPSegmentData: ~Escapable {
  /// The sequence number of the first byte.
  let start: UInt32

  /// How many bytes the segment has; more than `bytes` where the snapshot length cut it.
  let length: Int

  let frame: FrameReference
  let time: Timestamp
  let path: LayerPath
  let point: CapturePointHandle
  let bytes: RawSpan

  /// The sequence number behind the last byte.
  var end: UInt32 { start &+ UInt32(truncatingIfNeeded: length) }

  @_lifetime(copy bytes)
  init(
    start: UInt32, length: Int, frame: FrameReference, time: Timestamp, path: LayerPath, point: CapturePointHandle,
    bytes: RawSpan
  ) {
    self.start = start
    self.length = length
    self.frame = frame
    self.time = time
    self.path = path
    self.point = point
    self.bytes = bytes
  }
}
