/// An IPv4 or IPv6 address as one value of 16 bytes; an IPv4 address is kept in its IPv4-mapped form
/// (RFC 4291 section 2.5.5.2).
public struct IPAddress: Hashable, Sendable {
  /// The first eight bytes in network order.
  public var high: UInt64

  /// The last eight bytes in network order.
  public var low: UInt64

  /// Makes an address of the two halves of an IPv6 address, each read big-endian.
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Makes an IPv4 address of its 32 bits, read big-endian.
  @inlinable
  public init(v4 bits: UInt32) {
    self.init(high: 0, low: 0x0000_ffff_0000_0000 | UInt64(bits))
  }

  /// Whether this is an IPv4 address.
  @inlinable
  public var isV4: Bool {
    high == 0 && low >> 32 == 0xffff
  }

  /// The 32 bits of an IPv4 address; meaningless for IPv6.
  @inlinable
  public var v4Bits: UInt32 {
    UInt32(truncatingIfNeeded: low)
  }

  /// Whether the address is a loopback one, 127.0.0.0/8 or `::1`.
  @inlinable
  public var isLoopback: Bool {
    isV4 ? v4Bits >> 24 == 127 : high == 0 && low == 1
  }

  /// Whether the address is the unspecified one, 0.0.0.0 or `::`.
  @inlinable
  public var isUnspecified: Bool {
    isV4 ? v4Bits == 0 : (high | low) == 0
  }
}

extension IPAddress: Comparable {
  /// Addresses are ordered as their 16 bytes are.
  @inlinable
  public static func < (left: IPAddress, right: IPAddress) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
