/// The key under which a run hashes. Chosen at random for each run; results never depend on it.
public struct HashKey: Sendable {
  @usableFromInline let first: UInt64
  @usableFromInline let second: UInt64

  /// A random key.
  public init() {
    self.init(first: .random(in: .min ... .max), second: .random(in: .min ... .max))
  }

  /// A chosen key, for tests and for streams whose two ends must agree.
  public init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }

  /// The hash of the bytes of `range`.
  @inlinable
  public func hash(_ bytes: RawSpan, in range: Range<Int>) -> KeyedHash {
    // Two lanes of multiply-and-fold over eight bytes at a time, each under its own half of the key.
    var high = first ^ 0x9e37_79b9_7f4a_7c15
    var low = second ^ 0xa076_1d64_78bd_642f
    var offset = range.lowerBound
    while range.upperBound - offset >= 8 {
      let word = bytes.littleEndianUInt64(at: offset)
      high = KeyedHash.fold(high ^ word, second ^ 0xe703_7ed1_a0b4_28db)
      low = KeyedHash.fold(low ^ 0x8ebc_6af0_9c88_c6e3, word ^ first)
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < range.upperBound {
      rest = rest << 8 | UInt64(bytes.byte(at: offset))
      offset += 1
    }
    let length = UInt64(truncatingIfNeeded: range.count)
    high = KeyedHash.fold(high ^ rest, second ^ 0x5899_65cc_7537_4cc3 ^ length)
    low = KeyedHash.fold(low ^ 0x1d8e_4e27_c47d_124f ^ length, rest ^ first)
    return KeyedHash(high: KeyedHash.fold(high, 0xd6e8_feb8_6659_fd93), low: KeyedHash.fold(low, 0xff51_afd7_ed55_8ccd))
  }
}
