import CaptureFacts

/// Calls things up when packet time has reached their moment, to a tick of 2^30 ns: one bucket for each tick ahead.
struct TimerWheel<Element> {
  /// Ticks that the wheel spans, a power of two. What is due later is called up at the end of the span and asks for another turn.
  static var span: Int64 { 64 }

  private var buckets = [[Element]](repeating: [], count: Int(Self.span))
  /// The tick that was called up last.
  private var current: Int64?

  /// Asks that `element` be called up at `time`, at least a tick from now.
  mutating func schedule(_ element: Element, at time: Timestamp) {
    let now = current ?? TimerWheel.tick(time)
    let due = min(max(TimerWheel.tick(time) + 1, now + 1), now + Self.span - 1)
    buckets[Int(due & (Self.span - 1))].append(element)
  }

  /// Moves to `time` and returns what is due by then, in order.
  mutating func advance(to time: Timestamp) -> [Element] {
    let target = TimerWheel.tick(time)
    guard let start = current else {
      current = target
      return []
    }
    guard target > start else { return [] }
    var due: [Element] = []
    // A gap longer than the span calls up every bucket once.
    for tick in (start + 1)...min(target, start + Self.span) {
      let bucket = Int(tick & (Self.span - 1))
      guard !buckets[bucket].isEmpty else { continue }
      due += buckets[bucket]
      buckets[bucket] = []
    }
    current = target
    return due
  }

  private static func tick(_ time: Timestamp) -> Int64 {
    SubscriberTimelines.tick(of: time)
  }
}
