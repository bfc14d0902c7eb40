import ByteReading
import CaptureFacts

/// A copy of out-of-order data, waiting for the hole before it to close.
struct TCPPendingSegment: Sendable {
  /// The sequence number of the first byte.
  var start: UInt32

  /// How many bytes behind those captured were cut off by the snapshot length.
  var missing: UInt32

  /// What was captured.
  var bytes: [UInt8]

  var frame: FrameReference
  var time: Timestamp
  var path: LayerPath
  var point: CapturePointHandle

  /// The sequence number behind the last byte, captured or missing.
  var end: UInt32 { start &+ UInt32(truncatingIfNeeded: bytes.count) &+ missing }

  /// What it takes up: the entry, the header of the allocation, the bytes.
  var cost: Int { TCPPendingSegment.overhead + bytes.count }

  private static let overhead = MemoryLayout<TCPPendingSegment>.stride + 48

  /// Copies the part from sequence number `start` up to `end` of `segment`.
  init(_ segment: borrowing TCPSegmentData, from start: UInt32, to end: UInt32) {
    let captured = segment.bytes.byteCount
    let lower = min(captured, max(0, start.serialDistance(from: segment.start)))
    let upper = min(captured, max(lower, end.serialDistance(from: segment.start)))
    self.start = start
    self.bytes = segment.bytes.copied(lower..<upper)
    self.missing = UInt32(clamping: end.serialDistance(from: start) - (upper - lower))
    self.frame = segment.frame
    self.time = segment.time
    self.path = segment.path
    self.point = segment.point
  }
}
