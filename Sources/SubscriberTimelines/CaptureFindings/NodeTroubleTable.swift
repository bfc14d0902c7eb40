import ByteReading
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
    /// It ended this period. Seldom, and large.
    indirect case ended(NodeTroublePeriod)
    /// There was no room for it.
    case noRoom
  }

  /// The periods of each rule, and where each pair of nodes, or node, has its own.
  private var periods: [SlotTable<NodeTroublePeriod>]
  private var places: [[KeyedHash: Int]]
  private let key: HashKey
  private var lookedOver: Timestamp?

  init(key: HashKey = HashKey()) {
    self.key = key
    periods = Array(repeating: SlotTable(), count: NodeTroubles.rules.count)
    places = Array(repeating: [:], count: NodeTroubles.rules.count)
  }

  /// Takes an event for the rule at `row`.
  mutating func take(_ event: NodeEvent, _ effect: NodeTroubleRule.Effect, row: Int) -> Outcome {
    let key = key(event, NodeTroubles.rules[row].scope)
    guard let place = places[row][key] else {
      guard effect == .counts else { return .taken }
      guard places[row].count < NodeTroubleTable.limit else { return .noRoom }
      var period = NodeTroublePeriod(event)
      period.add(event)
      places[row][key] = periods[row].insert(period)
      return .taken
    }
    switch effect {
    case .none: return .taken
    case .belongs:
      periods[row][place]?.addBeside(event)
      return .taken
    case .ends:
      let ended = periods[row][place]?.end(at: event.time, fewest: NodeTroubles.rules[row].fewest)
      return ended.map { .ended($0) } ?? .taken
    case .counts:
      var over: NodeTroublePeriod?
      if let quiet = NodeTroubles.rules[row].quiet, let known = periods[row][place], known.count > 0,
        event.time.nanoseconds(since: known.last) > quiet
      {
        over = known
        periods[row][place]?.reset(at: event.time)
      }
      periods[row][place]?.add(event)
      return over.map { .ended($0) } ?? .taken
    }
  }

  /// Whether the rule at `row` has counted something.
  func isCounting(_ row: Int) -> Bool { !places[row].isEmpty }

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
      for (key, place) in places[row] {
        guard let period = periods[row][place] else { continue }
        let age = time.nanoseconds(since: period.last)
        let isOver = quiet.map { age > $0 } ?? (period.count == 0 && age > NodeTroubleTable.memory)
        guard isOver else { continue }
        places[row][key] = nil
        _ = periods[row].remove(at: place)
        over.append((row, period))
      }
    }
    return NodeTroubleTable.ordered(over)
  }

  /// Ends the input: all periods, in order of time.
  mutating func takeAll() -> [(row: Int, period: NodeTroublePeriod)] {
    let all = periods.indices.flatMap { row in
      periods[row].elements.compactMap(\.self).map { (row: row, period: $0) }
    }
    self = NodeTroubleTable(key: key)
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

  private func key(_ event: NodeEvent, _ scope: NodeTroubleRule.Scope) -> KeyedHash {
    let asked = UInt64(event.asked.index)
    return key.start.combined(with: scope == .asked ? asked : UInt64(event.asker.index) << 32 | asked)
  }
}
