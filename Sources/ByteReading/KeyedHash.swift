/// A 128-bit hash of bytes under a key of the run: what tables use in place of text. Two different texts share a value
/// with a chance of 2^-128 times their number squared, and whoever writes the capture cannot aim for it without the
/// key. Not for secrets.
public struct KeyedHash: Hashable, Sendable {
  /// The upper half.
  public var high: UInt64

  /// The lower half.
  public var low: UInt64

  /// Makes a value of its halves.
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The value is mixed already: half of it serves the table.
  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(low)
  }

  /// The same without the hasher of the standard library, which would mix it once more: what tables ask for.
  @inlinable
  public func _rawHashValue(seed: Int) -> Int {
    Int(truncatingIfNeeded: low) ^ seed
  }

  /// The value of `self` followed by `number`: for keys of several parts.
  ///
  /// The lower half is what tables take. One fold spreads numbers that differ in few bits as evenly as its other factor
  /// is, and that is a chance of the key; the second one has a factor that is known to be good.
  @inlinable
  public func combined(with number: UInt64) -> KeyedHash {
    KeyedHash(
      high: KeyedHash.fold(high ^ 0x9e37_79b9_7f4a_7c15, number ^ 0xd6e8_feb8_6659_fd93 ^ low),
      low: KeyedHash.fold(
        KeyedHash.fold(low ^ 0xa076_1d64_78bd_642f, number ^ 0xe703_7ed1_a0b4_28db ^ high), 0x9e37_79b9_7f4a_7c15))
  }

  /// The value of `self` followed by `other`, in as many steps as one number takes: each half sees both of its halves.
  @inlinable
  public func combined(with other: KeyedHash) -> KeyedHash {
    KeyedHash(
      high: KeyedHash.fold(high ^ other.high ^ 0x9e37_79b9_7f4a_7c15, other.low ^ 0xd6e8_feb8_6659_fd93 ^ low),
      low: KeyedHash.fold(
        KeyedHash.fold(low ^ other.low ^ 0xa076_1d64_78bd_642f, other.high ^ 0xe703_7ed1_a0b4_28db ^ high),
        0x9e37_79b9_7f4a_7c15))
  }

  @inlinable
  static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
