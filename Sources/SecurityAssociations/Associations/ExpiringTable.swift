import CaptureFacts

/// Values that are kept for some packet time and in a bounded number; what was put in first goes first.
struct ExpiringTable<Key: Hashable, Value> {
  private struct Place {
    var key: Key
    var generation: UInt64
    var time: Timestamp
  }

  private let bound: Int
  private let lifetime: Int64
  private var values: [Key: (generation: UInt64, value: Value)] = [:]
  /// In the order in which they were put in; those before `first` are gone.
  private var order: [Place] = []
  private var first = 0
  private var generation: UInt64 = 0

  /// Keeps at most `bound` values, each for at most `lifetime` nanoseconds.
  init(bound: Int, lifetime: Int64) {
    self.bound = bound
    self.lifetime = lifetime
  }

  /// How many there are.
  var count: Int { values.count }

  /// The value of a key.
  subscript(key: Key) -> Value? { values[key]?.value }

  /// Changes the value of a key that is there; its age stays.
  mutating func update(_ key: Key, _ change: (inout Value) -> Void) {
    guard var entry = values[key] else { return }
    change(&entry.value)
    values[key] = entry
  }

  /// Puts a value in, in place of one that the key had; returns those that had to go before their time.
  mutating func insert(_ key: Key, _ value: Value, at time: Timestamp) -> Int {
    generation &+= 1
    values[key] = (generation, value)
    order.append(Place(key: key, generation: generation, time: time))
    expire(before: time.advanced(byNanoseconds: -lifetime))
    var evicted = 0
    while values.count > bound, removeFirst() { evicted += 1 }
    compact()
    return evicted
  }

  /// Takes the value of a key out.
  @discardableResult
  mutating func take(_ key: Key) -> Value? {
    values.removeValue(forKey: key)?.value
  }

  private mutating func expire(before time: Timestamp) {
    while first < order.count, order[first].time < time { removeFirst() }
  }

  /// Takes the oldest out; false where there is none.
  @discardableResult
  private mutating func removeFirst() -> Bool {
    while first < order.count {
      let place = order[first]
      first += 1
      guard values[place.key]?.generation == place.generation else { continue }
      values[place.key] = nil
      return true
    }
    return false
  }

  /// Drops what is gone or was replaced, when it is more than half.
  private mutating func compact() {
    guard order.count > 64, order.count > 2 * values.count else { return }
    order = order[first...].filter { values[$0.key]?.generation == $0.generation }
    first = 0
  }
}
