import ArgumentParser

/// By what intervals statistics are given.
struct IntervalArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Give the statistics of json and ndjson by intervals of this length too.", valueName: "seconds"))
  var interval: Double?

  func validate() throws {
    if let interval, !(0.001...31_536_000).contains(interval) {
      throw ValidationError("--interval takes seconds, from 0.001 to 31536000")
    }
  }

  /// The length in nanoseconds; nil where nobody asked.
  var nanoseconds: Int64? { interval.map { Int64($0 * 1_000_000_000) } }
}
