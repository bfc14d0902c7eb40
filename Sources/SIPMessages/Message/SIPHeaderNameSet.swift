/// Which headers a message has, a bit for each: nearly every question about one is answered by its absence.
struct SIPHeaderNameSet {
  // By raw value, 64 to a word; there are fewer than 192 names.
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var third: UInt64 = 0

  /// Notes a header.
  @inline(__always)
  mutating func insert(_ name: SIPHeaderName) {
    let bit: UInt64 = 1 << UInt64(name.rawValue & 63)
    switch name.rawValue >> 6 {
    case 0: first |= bit
    case 1: second |= bit
    default: third |= bit
    }
  }

  /// Whether the header was noted.
  @inline(__always)
  func contains(_ name: SIPHeaderName) -> Bool {
    let word =
      switch name.rawValue >> 6 {
      case 0: first
      case 1: second
      default: third
      }
    return word >> UInt64(name.rawValue & 63) & 1 != 0
  }
}
