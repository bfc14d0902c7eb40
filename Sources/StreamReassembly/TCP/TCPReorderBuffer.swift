import CaptureFacts

/// What one direction of a connection has waiting behind a hole, in order and without overlaps.
struct TCPReorderBuffer: Sendable {
  /// Whose data it is.
  let slot: UInt32
  let side: EndpointPair.Side

  /// What is missing in front.
  var hole: TCPHole

  /// A segment too far away to belong to the stream, unless another one continues it.
  var stray: TCPPendingSegment?

  /// What the waiting segments take up in bytes.
  private(set) var cost = 0

  /// What it takes up in all.
  var totalCost: Int { cost + (stray?.cost ?? 0) + MemoryLayout<TCPReorderBuffer>.stride }

  private var segments: [TCPPendingSegment] = []
  private var head = 0

  init(slot: UInt32, side: EndpointPair.Side, hole: TCPHole) {
    self.slot = slot
    self.side = side
    self.hole = hole
  }

  /// Whether nothing waits.
  var isEmpty: Bool { head == segments.count && stray == nil }

  /// Whether more waits than one direction may have waiting.
  func exceeds(_ limits: TCPLimits) -> Bool {
    cost > limits.bufferedBytesPerStream || segments.count - head > limits.bufferedSegmentsPerStream
  }

  /// The first that waits.
  var first: TCPPendingSegment? { head < segments.count ? segments[head] : nil }

  /// Copies what `segment` adds to what waits already.
  ///
  /// What it overlaps in part is kept and the newcomer cut to fit; what it covers whole is replaced, so that one
  /// segment makes at most one entry and the walk is paid for by the bytes that it covers.
  mutating func insert(_ segment: borrowing TCPSegmentData) {
    var start = segment.start
    var end = segment.end
    var lower = firstIndex(endingAfter: start)
    if lower < segments.count, !segments[lower].start.isSeriallyAfter(start) {
      start = segments[lower].end
      lower += 1
    }
    var upper = lower
    while upper < segments.count, !segments[upper].end.isSeriallyAfter(end) {
      cost -= segments[upper].cost
      upper += 1
    }
    if upper < segments.count, end.isSeriallyAfter(segments[upper].start) { end = segments[upper].start }
    guard end.isSeriallyAfter(start) else { return }
    let newcomer = TCPPendingSegment(segment, from: start, to: end)
    cost += newcomer.cost
    if lower == segments.count {
      segments.append(newcomer)
    } else {
      segments.replaceSubrange(lower..<upper, with: CollectionOfOne(newcomer))
    }
  }

  /// Takes the first that waits.
  mutating func removeFirst() -> TCPPendingSegment? {
    guard let segment = first else { return nil }
    cost -= segment.cost
    segments[head].bytes = []
    head += 1
    // Closing the space in front only when it is half of the array keeps removal at constant cost on average.
    if head * 2 >= segments.count {
      segments.removeSubrange(0..<head)
      head = 0
    }
    return segment
  }

  /// The index of the first segment that ends after `sequence`: found from the back for data that comes in order.
  private func firstIndex(endingAfter sequence: UInt32) -> Int {
    guard let last = segments.last, last.end.isSeriallyAfter(sequence) else { return segments.count }
    var lower = head
    var upper = segments.count - 1
    while lower < upper {
      let middle = (lower + upper) / 2
      if segments[middle].end.isSeriallyAfter(sequence) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}
