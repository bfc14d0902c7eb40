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
    if range.count >= 64 { offset = hashBlocks(bytes, in: range, &high, &low) }
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

  /// Takes the blocks of 32 bytes of a long range, such as a whole message, and returns where they end. The steps of one
  /// lane wait for each other, so there are four of them, each for 16 bytes of a block: the two halves of the hash see
  /// all bytes in another pairing and under other keys.
  @inlinable
  func hashBlocks(_ bytes: RawSpan, in range: Range<Int>, _ high: inout UInt64, _ low: inout UInt64) -> Int {
    var offset = range.lowerBound
    var otherHigh = high ^ 0x2d35_8dcc_aa6c_78a5
    var otherLow = low ^ 0x8bb8_4b93_962e_acc9
    while range.upperBound - offset >= 32 {
      let words = (
        bytes.littleEndianUInt64(at: offset), bytes.littleEndianUInt64(at: offset + 8),
        bytes.littleEndianUInt64(at: offset + 16), bytes.littleEndianUInt64(at: offset + 24)
      )
      high = KeyedHash.fold(high ^ words.0, words.1 ^ second ^ 0xe703_7ed1_a0b4_28db)
      otherHigh = KeyedHash.fold(otherHigh ^ words.2, words.3 ^ second ^ 0x4b33_a62e_d433_d4a3)
      low = KeyedHash.fold(low ^ words.2, words.1 ^ first ^ 0x4d5a_2da5_1de1_aa47)
      otherLow = KeyedHash.fold(otherLow ^ words.0, words.3 ^ first ^ 0x8ebc_6af0_9c88_c6e3)
      offset += 32
    }
    high = KeyedHash.fold(high, otherHigh ^ second)
    low = KeyedHash.fold(low, otherLow ^ first)
    return offset
  }
}
