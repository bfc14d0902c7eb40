import Histogram

/// How long something took, over many times: exact count, extremes and mean, and percentiles of a histogram.
///
/// The histogram is HdrHistogram, whose figures other tools of the field can be compared with, at two significant digits
/// of microseconds: a percentile is off by at most one percent. It takes at most 16 KiB, and only once there are more
/// values than a list holds: each UE is a node with distributions of its own, and sees few of anything.
public struct DurationDistribution: Sendable {
  /// The longest duration whose place in the distribution is kept, in microseconds: one day. A longer one counts as this.
  static let longestTracked: UInt64 = 86_400_000_000

  /// The longest duration that a histogram has a place for at first, and when a longer one comes, in microseconds: most
  /// distributions are of answers within a fraction of a second, and there are hundreds.
  private static let rooms: [UInt64] = [1 << 17, 1 << 24, longestTracked]

  /// How many durations are kept as a list, before a histogram takes them.
  static let listedValues = 128

  /// How many durations there were.
  public private(set) var count: UInt64 = 0
  /// The shortest, in nanoseconds; meaningless where there is none.
  public private(set) var minimum: Int64 = .max
  /// The longest, in nanoseconds; meaningless where there is none.
  public private(set) var maximum: Int64 = .min
  /// Nanoseconds in all. As a floating-point number it cannot overflow, and 2^53 ns (104 days) are exact.
  private var sum: Double = 0
  /// All durations in microseconds, while there are few and each fits: longer ones are rare.
  private var list: [UInt32] = []
  /// All durations; none while `list` holds them. An array, for of thousands of distributions few have one.
  private var histograms: [Histogram<UInt32>] = []

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
    if histograms.isEmpty, list.count < DurationDistribution.listedValues, let short = UInt32(exactly: microseconds) {
      list.append(short)
      return
    }
    makeRoom(for: microseconds)
    histograms[0].record(microseconds)
  }

  /// Sees to it that the histogram has a place for so many microseconds.
  private mutating func makeRoom(for microseconds: UInt64) {
    if !histograms.isEmpty, microseconds <= histograms[0].highestTrackableValue { return }
    let longest = max(microseconds, list.max().map { UInt64($0) } ?? 0)
    let room = DurationDistribution.rooms.first { $0 >= longest } ?? DurationDistribution.longestTracked
    var larger = Histogram<UInt32>(highestTrackableValue: room, numberOfSignificantValueDigits: .two)
    if let histogram = histograms.first { larger.add(histogram) }
    for listed in list { larger.record(UInt64(listed)) }
    list = []
    histograms = [larger]
  }

  /// The histogram of all durations, made for this one question while they are a list; nil where there is none.
  private var allInHistogram: Histogram<UInt32>? {
    guard histograms.isEmpty, let longest = list.max() else { return histograms.first }
    var distribution = self
    distribution.makeRoom(for: UInt64(longest))
    return distribution.histograms.first
  }

  /// Counts all that another one counted.
  mutating func add(_ other: DurationDistribution) {
    guard other.count > 0 else { return }
    count += other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    sum += other.sum
    if histograms.isEmpty, other.histograms.isEmpty,
      list.count + other.list.count <= DurationDistribution.listedValues
    {
      list += other.list
      return
    }
    guard let others = other.allInHistogram else { return }
    makeRoom(for: others.highestTrackableValue)
    histograms[0].add(others)
  }

  /// The mean in nanoseconds; nil where there is none.
  public var mean: Int64? {
    count == 0 ? nil : Int64(exactly: (sum / Double(count)).rounded()) ?? maximum
  }

  /// The duration in nanoseconds that `percentage` (0 to 100) of all do not exceed; nil where there is none. Between the
  /// extremes also where the histogram's resolution would say otherwise.
  public func percentile(_ percentage: Double) -> Int64? {
    guard let histogram = allInHistogram else { return nil }
    let microseconds = histogram.valueAtPercentile(percentage)
    let nanoseconds = Int64(clamping: microseconds.multipliedReportingOverflow(by: 1000).partialValue)
    return Swift.max(minimum, Swift.min(maximum, nanoseconds))
  }
}
