import SampleTraffic

/// How well messages were joined: over all pairs of messages, how many that belong together were found to, and how many
/// that were found to belong together do.
struct JoinMeasure {
  /// Pairs in one record of ours.
  private(set) var found = 0
  /// Those of them that belong together.
  private(set) var right = 0
  /// Pairs of whole messages that belong together.
  private(set) var expected = 0
  /// Those of them that are in one record of ours.
  private(set) var common = 0

  /// The part of what was joined that belongs together.
  var precision: Double { found == 0 ? 1 : Double(right) / Double(found) }

  /// The part of what belongs together that was joined.
  var recall: Double { expected == 0 ? 1 : Double(common) / Double(expected) }

  /// Counts the pairs of one capture. A message of which frames are missing cannot be read: it may be joined, it need not.
  mutating func count(_ truth: ScenarioTruth, _ report: CollectedReport) {
    var owners: [Int: Int] = [:]
    for (place, record) in ComparedRecord.all(of: report).enumerated() {
      found += JoinMeasure.pairs(record.frames.count)
      for frame in record.frames { owners[frame] = place }
    }
    let names =
      truth.registrations.map(\.id) + truth.calls.map(\.id) + ScenarioComparison.recorded(truth.services).map(\.id)
    let messagesByName = Dictionary(grouping: truth.messages, by: \.record)
    for name in names {
      let messages = messagesByName[name] ?? []
      let whole = Set(messages.filter { $0.observations > 0 }.flatMap(\.frames))
      right += JoinMeasure.joined(Set(messages.flatMap(\.frames)), owners)
      expected += JoinMeasure.pairs(whole.count)
      common += JoinMeasure.joined(whole, owners)
    }
  }

  /// The pairs of `frames` that have one owner.
  private static func joined(_ frames: Set<Int>, _ owners: [Int: Int]) -> Int {
    var counts: [Int: Int] = [:]
    for frame in frames { if let owner = owners[frame] { counts[owner, default: 0] += 1 } }
    return counts.values.reduce(0) { $0 + pairs($1) }
  }

  private static func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }
}
