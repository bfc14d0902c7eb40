import Histogram

/// How long something took, over many times: exact count, extremes and mean, and percentiles of a histogram.
///
/// The histogram is HdrHistogram, whose figures other tools of the field can be compared with, at two significant digits
/// of microseconds: a percentile is off by at most one percent. It takes at most 16 KiB, and none before the first value.
public struct DurationDistribution: Sendable {
  /// The longest duration whose place in the distribution is kept, in microseconds: one day. A longer one counts as this.
  static let longestTracked: UInt64 = 86_400_000_000

  /// The longest duration that a histogram has a place for at first, and when a longer one comes, in microseconds: most
  /// distributions are of answers within a fraction of a second, and there are hundreds.
  private static let rooms: [UInt64] = [1 << 17, 1 << 24, longestTracked]

  /// How many durations there were.
  public private(set) var count: UInt64 = 0
  /// The shortest, in nanoseconds; meaningless where there is none.
  public private(set) var minimum: Int64 = .max
  /// The longest, in nanoseconds; meaningless where there is none.
  public private(set) var maximum: Int64 = .min
  /// Nanoseconds in all. As a floating-point number it cannot overflow, and 2^53 ns (104 days) are exact.
  private var sum: Double = 0
  private var histogram: Histogram<UInt32>?

  /// Nothing yet.
  public init() {}

  /// Counts one duration, in nanoseconds. A negative one, where a capture shows the answer before the request, counts in
  /// the extremes and the mean, and as zero among the percentiles.
  public mutating func record(_ nanoseconds: Int64) {
    count += 1
    minimum = min(minimum, nanoseconds)
    maximum = max(maximum, nanoseconds)
    sum += Double(nanoseconds)
    let microseconds = min(UInt64(max(0, nanoseconds)) / 1000, DurationDistribution.longestTracked)
    makeRoom(for: microseconds)
    histogram?.record(microseconds)
  }

  /// Sees to it that the histogram has a place for so many microseconds.
  private mutating func makeRoom(for microseconds: UInt64) {
    if let histogram, microseconds <= histogram.highestTrackableValue { return }
    let room = DurationDistribution.rooms.first { $0 >= microseconds } ?? DurationDistribution.longestTracked
    var larger = Histogram<UInt32>(highestTrackableValue: room, numberOfSignificantValueDigits: .two)
    if let histogram { larger.add(histogram) }
    histogram = larger
  }

  /// Counts all that another one counted.
  mutating func add(_ other: DurationDistribution) {
    guard let others = other.histogram else { return }
    count += other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    sum += other.sum
    makeRoom(for: others.highestTrackableValue)
    histogram?.add(others)
  }

  /// The mean in nanoseconds; nil where there is none.
  public var mean: Int64? {
    count == 0 ? nil : Int64(exactly: (sum / Double(count)).rounded()) ?? maximum
  }

  /// The duration in nanoseconds that `percentage` (0 to 100) of all do not exceed; nil where there is none. Between the
  /// extremes also where the histogram's resolution would say otherwise.
  public func percentile(_ percentage: Double) -> Int64? {
    guard let histogram else { return nil }
    let microseconds = histogram.valueAtPercentile(percentage)
    let nanoseconds = Int64(clamping: microseconds.multipliedReportingOverflow(by: 1000).partialValue)
    return Swift.max(minimum, Swift.min(maximum, nanoseconds))
  }
}
