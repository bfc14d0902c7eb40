import ByteReading
import CaptureFacts

/// Which datagrams were completed last, so that fragments of the same one from another tap are known as such.
struct RecentCompletions {
  /// How many are kept: with 48 bytes for each they take no more than 48 KiB.
  static let limit = 1024

  /// How long one counts: taps of one capture differ by milliseconds, and the 16 bits of an IPv4 identification do not
  /// come round in this time below 65536 fragmented datagrams a second of one pair of hosts.
  static let window: Int64 = 1_000_000_000

  /// When each was completed, by the hash of what its fragments share.
  private var times: [KeyedHash: Timestamp] = [:]
  private var order: [KeyedHash] = []
  private var next = 0

  /// Whether the datagram was completed within the window before `time`.
  func contains(_ hash: KeyedHash, at time: Timestamp) -> Bool {
    guard let completed = times[hash] else { return false }
    return abs(clamped: time.nanoseconds(since: completed)) <= RecentCompletions.window
  }

  /// Notes that the datagram was completed.
  mutating func insert(_ hash: KeyedHash, at time: Timestamp) {
    guard times.updateValue(time, forKey: hash) == nil else { return }
    if order.count < RecentCompletions.limit {
      order.append(hash)
    } else {
      times[order[next]] = nil
      order[next] = hash
      next = (next + 1) % RecentCompletions.limit
    }
  }

  private func abs(clamped value: Int64) -> Int64 {
    value == .min ? .max : Swift.abs(value)
  }
}
