/// How long a piece of work takes for each of its items.
struct Measurement {
  /// What is measured.
  let name: String
  /// What one item is.
  let item: String
  /// How many items one round works on.
  let items: Int
  /// The shortest round, for each item, in nanoseconds: what the work costs when nothing else disturbs it.
  let nanoseconds: Double

  /// How many rounds there are.
  static let rounds = 15

  /// Measures `work`, which returns something that depends on all of its results, so that none can be left out.
  static func of(_ name: String, item: String, items: Int, _ work: () -> Int) -> Measurement {
    var shortest = Double.infinity
    var check = 0
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      check &+= work()
      let elapsed = (ContinuousClock.now - start).components
      shortest = min(shortest, Double(elapsed.seconds) * 1e9 + Double(elapsed.attoseconds) / 1e9)
    }
    // Nothing gives this sum: the comparison only makes it needed.
    if check == .min { print("") }
    return Measurement(name: name, item: item, items: items, nanoseconds: shortest / Double(max(items, 1)))
  }
}
