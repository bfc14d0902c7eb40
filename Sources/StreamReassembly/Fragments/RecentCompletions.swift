import CaptureFacts

/// Which datagrams were completed last, so that fragments of the same one from another tap are known as such.
struct RecentCompletions {
  /// How many are kept: with 64 bytes for each they take no more than 64 KiB.
  static let limit = 1024

  /// How long one counts: taps of one capture differ by milliseconds, and the 16 bits of an IPv4 identification do not
  /// come round in this time below 65536 fragmented datagrams a second of one pair of hosts.
  static let window: Int64 = 1_000_000_000

  private var times: [FragmentKey: Timestamp] = [:]
  private var order: [FragmentKey] = []
  private var next = 0

  /// Whether `key` was completed within the window before `time`.
  func contains(_ key: FragmentKey, at time: Timestamp) -> Bool {
    guard let completed = times[key] else { return false }
    return abs(clamped: time.nanoseconds(since: completed)) <= RecentCompletions.window
  }

  /// Notes that `key` was completed.
  mutating func insert(_ key: FragmentKey, at time: Timestamp) {
    guard times.updateValue(time, forKey: key) == nil else { return }
    if order.count < RecentCompletions.limit {
      order.append(key)
    } else {
      times[order[next]] = nil
      order[next] = key
      next = (next + 1) % RecentCompletions.limit
    }
  }

  private func abs(clamped value: Int64) -> Int64 {
    value == .min ? .max : Swift.abs(value)
  }
}
