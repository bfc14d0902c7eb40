/// What came and what was lost of a stream by interval of time, from its first packet on: loss and jitter over time.
///
/// Intervals have a second. Where there would be more than `mostIntervals`, their length is doubled and neighbours are
/// added up, as often as is needed.
public struct MediaSeries: Sendable, Equatable {
  /// How many intervals there are at most: a minute in seconds.
  public static let mostIntervals = 60

  /// The length of an interval to begin with, in nanoseconds.
  public static let firstLength: Int64 = 1_000_000_000

  /// One interval.
  public struct Interval: Sendable, Equatable {
    /// Sequence numbers that came, each once.
    public var received: UInt32
    /// Sequence numbers that did not come; those that come late are lost in the one and count in the other interval.
    public var lost: UInt32
    /// The mean jitter in microseconds; nil where none was measured.
    public var jitter: UInt32?

    /// An interval with these figures.
    public init(received: UInt32 = 0, lost: UInt32 = 0, jitter: UInt32? = nil) {
      self.received = received
      self.lost = lost
      self.jitter = jitter
    }

    mutating func add(_ other: Interval) {
      if let mean = jitter, let meanOfOther = other.jitter {
        let weight = Double(received)
        let weightOfOther = Double(other.received)
        let sum = Double(mean) * weight + Double(meanOfOther) * weightOfOther
        jitter = weight + weightOfOther == 0 ? mean : UInt32(min(sum / (weight + weightOfOther), Double(UInt32.max)))
      } else {
        jitter = jitter ?? other.jitter
      }
      received = UInt32(clamping: UInt64(received) + UInt64(other.received))
      lost = UInt32(clamping: UInt64(lost) + UInt64(other.lost))
    }
  }

  /// The length of the intervals, in nanoseconds.
  public private(set) var length: Int64
  /// The intervals, the first of which begins with the stream.
  public private(set) var intervals: [Interval]

  /// A series of these intervals; empty to begin with.
  public init(length: Int64 = firstLength, intervals: [Interval] = []) {
    self.length = max(1, length)
    self.intervals = Array(intervals.prefix(MediaSeries.mostIntervals))
  }

  /// Adds what happened in the interval that begins `offset` nanoseconds after the stream.
  mutating func add(_ interval: Interval, at offset: Int64) {
    let offset = max(0, offset)
    while offset / length >= MediaSeries.mostIntervals, length <= Int64.max / 2 { widen() }
    let place = min(Int(offset / length), MediaSeries.mostIntervals - 1)
    while intervals.count <= place { intervals.append(Interval()) }
    intervals[place].add(interval)
  }

  /// Adds the series of the same stream after a pause, which began `offset` nanoseconds after this one.
  mutating func append(_ later: MediaSeries, at offset: Int64) {
    for (place, interval) in later.intervals.enumerated() {
      let (distance, isTooFar) = Int64(place).multipliedReportingOverflow(by: later.length)
      let (sum, overflows) = offset.addingReportingOverflow(distance)
      add(interval, at: isTooFar || overflows ? .max : sum)
    }
  }

  private mutating func widen() {
    length *= 2
    var merged: [Interval] = []
    merged.reserveCapacity(MediaSeries.mostIntervals)
    for place in stride(from: 0, to: intervals.count, by: 2) {
      var interval = intervals[place]
      if place + 1 < intervals.count { interval.add(intervals[place + 1]) }
      merged.append(interval)
    }
    intervals = merged
  }
}
