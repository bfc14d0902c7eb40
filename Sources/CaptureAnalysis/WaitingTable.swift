import StreamReassembly

/// The streams that have bytes waiting, bounded in all: beyond the bound those go that got no bytes for longest.
struct WaitingTable {
  /// What waits in all, with what it costs to keep it: 64 messages of the greatest length that framing believes.
  static let byteBound = 64 << 20

  /// What all waiting bytes take up.
  private(set) var cost = 0

  private let bound: Int
  /// Where the entry of each stream is, plus one; 0 where nothing waits of it.
  private var places: [UInt32] = []
  private var entries: [WaitingBytes?] = []
  private var free: [Int] = []
  /// Whether the entry at a place got bytes since the hand passed.
  private var isRecent: [Bool] = []
  private var hand = 0

  init(bound: Int = WaitingTable.byteBound) {
    self.bound = bound
  }

  /// Takes out what waits of a stream.
  mutating func take(_ stream: StreamIdentifier) -> WaitingBytes? {
    let index = WaitingTable.index(stream)
    guard index < places.count, places[index] > 0 else { return nil }
    let place = Int(places[index]) - 1
    guard let entry = entries[place].take() else { return nil }
    cost -= entry.cost
    places[index] = 0
    free.append(place)
    return entry
  }

  /// Keeps what waits of a stream that has nothing in the table.
  mutating func put(_ waiting: consuming WaitingBytes) {
    cost += waiting.cost
    let place = free.popLast() ?? entries.count
    let index = WaitingTable.index(waiting.stream)
    if index >= places.count { places.append(contentsOf: repeatElement(0, count: index + 1 - places.count)) }
    places[index] = UInt32(truncatingIfNeeded: place + 1)
    if place == entries.count {
      entries.append(consume waiting)
      isRecent.append(true)
    } else {
      entries[place] = consume waiting
      isRecent[place] = true
    }
  }

  private static func index(_ stream: StreamIdentifier) -> Int { Int(stream.slot) << 1 | Int(stream.direction & 1) }

  /// Takes out a stream to be given up; nil while all is within the bound. The hand goes around and spares, once, what
  /// got bytes since it passed, so that finding one costs constant time on average.
  mutating func takeExcess() -> WaitingBytes? {
    guard cost > bound else { return nil }
    for _ in 0..<2 * entries.count {
      hand = hand + 1 < entries.count ? hand + 1 : 0
      guard let stream = entries[hand]?.stream else { continue }
      if isRecent[hand] { isRecent[hand] = false } else { return take(stream) }
    }
    return nil
  }

  /// Takes out everything, in the order of the streams.
  mutating func takeAll() -> [WaitingBytes] {
    let all = entries.compactMap { $0 }
      .sorted { ($0.stream.slot, $0.stream.direction) < ($1.stream.slot, $1.stream.direction) }
    self = WaitingTable(bound: bound)
    return all
  }
}
