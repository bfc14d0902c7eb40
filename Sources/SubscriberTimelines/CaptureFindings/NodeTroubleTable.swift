import CaptureFacts

/// The periods that rules about nodes count, one for a rule and two nodes, or one.
struct NodeTroubleTable {
  /// How many periods each rule counts at once: the pairs of nodes of a network are some hundred. Those beyond are told.
  static let limit = 4096

  /// How often periods are looked over, and how long what counts nothing is remembered, in nanoseconds.
  private static let interval: Int64 = 60_000_000_000
  private static let memory: Int64 = 3_600_000_000_000

  /// What became of an event.
  enum Outcome {
    /// It was taken.
    case taken
    /// It ended this period.
    case ended(NodeTroublePeriod)
    /// There was no room for it.
    case noRoom
  }

  private var periods: [[UInt64: NodeTroublePeriod]]
  private var lookedOver: Timestamp?

  init() {
    periods = Array(repeating: [:], count: NodeTroubles.rules.count)
  }

  /// Takes an event for the rule at `row`.
  mutating func take(_ event: NodeEvent, _ effect: NodeTroubleRule.Effect, row: Int) -> Outcome {
    let rule = NodeTroubles.rules[row]
    let key = NodeTroubleTable.key(event, rule.scope)
    guard let known = periods[row][key] else {
      guard effect == .counts else { return .taken }
      guard periods[row].count < NodeTroubleTable.limit else { return .noRoom }
      var period = NodeTroublePeriod(event)
      period.add(event)
      periods[row][key] = period
      return .taken
    }
    switch effect {
    case .none: return .taken
    case .belongs:
      if known.count > 0 { periods[row][key]?.addBeside(event) }
      return .taken
    case .ends:
      if known.count > 0 { periods[row][key]?.reset(at: event.time) }
      periods[row][key]?.wasAnswered = true
      guard known.count > 0 else { return .taken }
      var ended = known
      ended.endTime = event.time
      return .ended(ended)
    case .counts:
      let isOver = known.count > 0 && rule.quiet.map { event.time.nanoseconds(since: known.last) > $0 } ?? false
      if isOver { periods[row][key]?.reset(at: event.time) }
      periods[row][key]?.add(event)
      return isOver ? .ended(known) : .taken
    }
  }

  /// Whether the rule at `row` has counted something.
  func isCounting(_ row: Int) -> Bool { !periods[row].isEmpty }

  /// The periods that are over by now, with the place of their rule, in order of time: those that a rule leaves to
  /// end by quiet, once in a while.
  mutating func takeOver(at time: Timestamp) -> [(row: Int, period: NodeTroublePeriod)] {
    guard let before = lookedOver else {
      lookedOver = time
      return []
    }
    guard time.nanoseconds(since: before) >= NodeTroubleTable.interval else { return [] }
    lookedOver = time
    var over: [(row: Int, period: NodeTroublePeriod)] = []
    for row in periods.indices {
      let quiet = NodeTroubles.rules[row].quiet
      for (key, period) in periods[row] {
        let age = time.nanoseconds(since: period.last)
        let isOver = quiet.map { age > $0 } ?? (period.count == 0 && age > NodeTroubleTable.memory)
        guard isOver else { continue }
        periods[row][key] = nil
        over.append((row, period))
      }
    }
    return NodeTroubleTable.ordered(over)
  }

  /// Ends the input: all periods, in order of time.
  mutating func takeAll() -> [(row: Int, period: NodeTroublePeriod)] {
    let all = periods.indices.flatMap { row in periods[row].values.map { (row: row, period: $0) } }
    periods = Array(repeating: [:], count: periods.count)
    return NodeTroubleTable.ordered(all)
  }

  /// Time alone does not order what two nodes went through in one frame.
  private static func ordered(_ periods: [(row: Int, period: NodeTroublePeriod)]) -> [(
    row: Int, period: NodeTroublePeriod
  )] {
    periods.sorted {
      ($0.period.first, $0.row, $0.period.asked.index, $0.period.asker?.index ?? .max)
        < ($1.period.first, $1.row, $1.period.asked.index, $1.period.asker?.index ?? .max)
    }
  }

  private static func key(_ event: NodeEvent, _ scope: NodeTroubleRule.Scope) -> UInt64 {
    let asked = UInt64(event.asked.index)
    return scope == .asked ? asked : UInt64(event.asker.index) << 32 | asked
  }
}
