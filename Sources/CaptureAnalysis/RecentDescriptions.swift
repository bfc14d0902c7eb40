import ByteReading

/// Session descriptions that were read a moment ago, by the hash of the body they are in.
struct RecentDescriptions {
  /// How many are remembered: those of the calls that are set up at one time. A collision costs reading one again.
  static let capacity = 1024

  private var hashes: [KeyedHash] = []

  /// Whether a body was not read lately; it is from now on.
  mutating func isNew(_ hash: KeyedHash) -> Bool {
    if hashes.isEmpty {
      hashes = Array(repeating: KeyedHash(high: 0, low: 0), count: RecentDescriptions.capacity)
    }
    let place = Int(hash.low % UInt64(RecentDescriptions.capacity))
    guard hashes[place] != hash else { return false }
    hashes[place] = hash
    return true
  }
}
