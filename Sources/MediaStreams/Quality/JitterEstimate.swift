/// The interarrival jitter of RFC 3550 section 6.4.1, under one clock rate, in nanoseconds.
struct JitterEstimate {
  /// The estimate after the latest packet.
  private(set) var current = 0.0
  /// The greatest estimate.
  private(set) var greatest = 0.0
  /// The estimates added up.
  private(set) var sum = 0.0
  /// How many there were.
  private(set) var count: UInt32 = 0
  private var nanosecondsPerTick: Double

  /// Begins at the first packet.
  init(clockRate: UInt32) {
    nanosecondsPerTick = 1_000_000_000 / Double(max(clockRate, 1))
  }

  /// Goes on under another clock rate.
  mutating func use(clockRate: UInt32) {
    nanosecondsPerTick = 1_000_000_000 / Double(max(clockRate, 1))
  }

  /// Takes a packet that came `arrival` nanoseconds after the one before it, with a timestamp `ticks` later.
  @inline(__always)
  mutating func take(arrival: Int64, ticks: Int32) {
    let difference = abs(Double(arrival) - Double(ticks) * nanosecondsPerTick)
    current += (difference - current) / 16
    if current > greatest { greatest = current }
    sum += current
    count &+= 1
  }

  /// The mean of the estimates, one for each packet behind the first.
  var mean: Double { count == 0 ? 0 : sum / Double(count) }
}
