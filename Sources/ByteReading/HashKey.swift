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

  /// What keys made of numbers begin with, to be combined with them: numbers alone are chosen by whoever writes the
  /// capture, and so would be their places in a table.
  @inlinable
  public var start: KeyedHash { KeyedHash(high: first, low: second) }

  /// The hash of the bytes of `range`.
  public func hash(_ bytes: RawSpan, in range: Range<Int>) -> KeyedHash {
    let part = bytes.extracting(range)
    // Two lanes of multiply-and-fold over sixteen bytes at a time, each under its own half of the key.
    var high = first ^ 0x9e37_79b9_7f4a_7c15
    var low = second ^ 0xa076_1d64_78bd_642f
    let count = part.byteCount
    var offset = count >= 64 ? hashBlocks(part, &high, &low) : 0
    while count &- offset >= 16 {
      let words = (part.littleEndianUInt64(at: offset), part.littleEndianUInt64(at: offset &+ 8))
      high = KeyedHash.fold(high ^ words.0, words.1 ^ second ^ 0xe703_7ed1_a0b4_28db)
      low = KeyedHash.fold(low ^ words.1 ^ 0x8ebc_6af0_9c88_c6e3, words.0 ^ first)
      offset &+= 16
    }
    if count &- offset >= 8 {
      let word = part.littleEndianUInt64(at: offset)
      high = KeyedHash.fold(high ^ word, second ^ 0xe703_7ed1_a0b4_28db)
      low = KeyedHash.fold(low ^ 0x8ebc_6af0_9c88_c6e3, word ^ first)
      offset &+= 8
    }
    let rest = HashKey.rest(of: part, from: offset)
    let length = UInt64(truncatingIfNeeded: count)
    high = KeyedHash.fold(high ^ rest, second ^ 0x5899_65cc_7537_4cc3 ^ length)
    low = KeyedHash.fold(low ^ 0x1d8e_4e27_c47d_124f ^ length, rest ^ first)
    return KeyedHash(high: KeyedHash.fold(high, 0xd6e8_feb8_6659_fd93), low: KeyedHash.fold(low, 0xff51_afd7_ed55_8ccd))
  }

  /// A hash of bytes, half as long and sooner made: what tells a message seen again.
  public func fingerprint(_ bytes: RawSpan) -> UInt64 {
    let end = bytes.byteCount & ~31
    var lanes = (first ^ 0x9e37_79b9_7f4a_7c15, second ^ 0xa076_1d64_78bd_642f)
    let keys = (second ^ 0xe703_7ed1_a0b4_28db, first ^ 0x4d5a_2da5_1de1_aa47)
    unsafe bytes.withUnsafeBytes { raw in
      var offset = 0
      while offset < end {
        // `end` is not beyond the span.
        let words = unsafe (
          raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
          raw.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self),
          raw.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt64.self),
          raw.loadUnaligned(fromByteOffset: offset &+ 24, as: UInt64.self)
        )
        lanes.0 = KeyedHash.fold(lanes.0 ^ words.0, words.1 ^ keys.0)
        lanes.1 = KeyedHash.fold(lanes.1 ^ words.2, words.3 ^ keys.1)
        offset &+= 32
      }
    }
    return hash(bytes, in: end..<bytes.byteCount).combined(with: KeyedHash(high: lanes.0, low: lanes.1)).low
  }

  /// The fewer than eight bytes from `offset` on as one number; the length is hashed beside it.
  @inline(__always)
  private static func rest(of bytes: RawSpan, from offset: Int) -> UInt64 {
    let count = bytes.byteCount
    guard offset < count else { return 0 }
    if count >= 8 {
      // The last eight bytes without those that were taken already.
      return bytes.littleEndianUInt64(at: count &- 8) >> UInt64(truncatingIfNeeded: 64 &- 8 &* (count &- offset))
    }
    // Of a text shorter than that, of which nothing was taken: two parts that meet or overlap.
    if count >= 4 {
      return UInt64(bytes.littleEndianUInt32(at: 0)) | UInt64(bytes.littleEndianUInt32(at: count &- 4)) << 32
    }
    return UInt64(bytes.byte(at: 0)) | UInt64(bytes.byte(at: count / 2)) << 8
      | UInt64(bytes.byte(at: count &- 1)) << 16
  }

  /// Takes the blocks of 32 bytes of a long text, such as a whole message, and returns where they end. The steps of one
  /// lane wait for each other, so there are four of them, each for 16 bytes of a block: the two halves of the hash see
  /// all bytes in another pairing and under other keys.
  private func hashBlocks(_ bytes: RawSpan, _ high: inout UInt64, _ low: inout UInt64) -> Int {
    let keys = (
      second ^ 0xe703_7ed1_a0b4_28db, second ^ 0x4b33_a62e_d433_d4a3, first ^ 0x4d5a_2da5_1de1_aa47,
      first ^ 0x8ebc_6af0_9c88_c6e3
    )
    var lanes = (high, high ^ 0x2d35_8dcc_aa6c_78a5, low, low ^ 0x8bb8_4b93_962e_acc9)
    let end = bytes.byteCount & ~31
    unsafe bytes.withUnsafeBytes { raw in
      var offset = 0
      while offset < end {
        // `end` is not beyond the span.
        let block = unsafe raw.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
        let (first, second, third, fourth) = (
          UInt64(littleEndian: block[0]), UInt64(littleEndian: block[1]), UInt64(littleEndian: block[2]),
          UInt64(littleEndian: block[3])
        )
        lanes.0 = KeyedHash.fold(lanes.0 ^ first, second ^ keys.0)
        lanes.1 = KeyedHash.fold(lanes.1 ^ third, fourth ^ keys.1)
        lanes.2 = KeyedHash.fold(lanes.2 ^ third, second ^ keys.2)
        lanes.3 = KeyedHash.fold(lanes.3 ^ first, fourth ^ keys.3)
        offset &+= 32
      }
    }
    high = KeyedHash.fold(lanes.0, lanes.1 ^ second)
    low = KeyedHash.fold(lanes.2, lanes.3 ^ first)
    return end
  }
}
