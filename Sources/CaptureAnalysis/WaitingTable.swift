import StreamReassembly

/// The streams that have bytes waiting, bounded in all: beyond the bound those go that got no bytes for longest.
struct WaitingTable {
  /// What waits in all, with what it costs to keep it: 64 messages of the greatest length that framing believes.
  static let byteBound = 64 << 20

  /// What all waiting bytes take up.
  private(set) var cost = 0

  private let bound: Int
  private var places: [StreamIdentifier: Int] = [:]
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
    guard let place = places[stream], let entry = entries[place].take() else { return nil }
    cost -= entry.cost
    places[stream] = nil
    free.append(place)
    return entry
  }

  /// Keeps what waits of a stream that has nothing in the table.
  mutating func put(_ waiting: consuming WaitingBytes) {
    cost += waiting.cost
    let place = free.popLast() ?? entries.count
    places[waiting.stream] = place
    if place == entries.count {
      entries.append(consume waiting)
      isRecent.append(true)
    } else {
      entries[place] = consume waiting
      isRecent[place] = true
    }
  }

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
