/// Follows the figures of a stream and takes down, at the end of each interval, what they grew by.
struct SeriesCounter {
  /// Where the interval that goes on begins, in nanoseconds after the stream.
  private var start: Int64 = 0
  /// What had been counted at the end of the interval before.
  private var expected: UInt64 = 0
  private var received: UInt64 = 0
  private var jitterSum = 0.0
  private var jitterCount: UInt32 = 0
  /// The intervals that are over.
  private(set) var series = MediaSeries()

  /// Ends the interval before a packet at `offset`, and says where the one that begins ends: the first ends after
  /// `MediaSeries.firstLength`.
  mutating func end(_ sequence: SequenceTracker, _ jitter: JitterEstimate, before offset: Int64) -> Int64 {
    take(sequence, jitter)
    let length = series.length
    start = offset - offset % length
    let (end, overflows) = start.addingReportingOverflow(length)
    return overflows ? .max : end
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
