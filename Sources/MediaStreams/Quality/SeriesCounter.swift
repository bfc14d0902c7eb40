/// Follows the figures of a stream and takes down, at the end of each interval, what they grew by. A packet costs one
/// comparison.
struct SeriesCounter {
  /// What had been counted at the end of the interval before.
  private var expected: UInt64 = 0
  private var received: UInt64 = 0
  private var jitterSum = 0.0
  private var jitterCount: UInt32 = 0
  /// The interval that goes on: where it begins and ends, in nanoseconds after the stream.
  private var start: Int64 = 0
  private var end = MediaSeries.firstLength
  /// The intervals that are over.
  private(set) var series = MediaSeries()

  /// Whether a packet this long after the first begins another interval.
  @inline(__always)
  func isOver(at offset: Int64) -> Bool { offset >= end }

  /// Ends the interval before a packet at `offset`.
  mutating func end(_ sequence: SequenceTracker, _ jitter: JitterEstimate, before offset: Int64) {
    take(sequence, jitter)
    let length = series.length
    start = offset - offset % length
    end = start.addingReportingOverflow(length).partialValue
    if end < start { end = .max }
  }

  /// Ends the last interval.
  mutating func finish(_ sequence: SequenceTracker, _ jitter: JitterEstimate) { take(sequence, jitter) }

  private mutating func take(_ sequence: SequenceTracker, _ jitter: JitterEstimate) {
    let came = sequence.received &- min(received, sequence.received)
    let due = sequence.expected &- min(expected, sequence.expected)
    let measured = jitter.count &- min(jitterCount, jitter.count)
    let mean = measured == 0 ? nil : (jitter.sum - jitterSum) / Double(measured) / 1000
    series.add(
      MediaSeries.Interval(
        received: UInt32(clamping: came), lost: UInt32(clamping: due > came ? due - came : 0),
        jitter: mean.map { UInt32(min(max($0, 0), Double(UInt32.max))) }), at: start)
    expected = max(expected, sequence.expected)
    received = max(received, sequence.received)
    jitterSum = jitter.sum
    jitterCount = jitter.count
  }
}
