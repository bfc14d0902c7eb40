import ByteReading

/// A `b=` line (RFC 8866 section 5.8).
public struct SDPBandwidth: Hashable, Sendable {
  /// The modifier: `AS` and `CT` in kilobit per second, `TIAS`, `RS` and `RR` in bit per second (RFC 3890, RFC 3556).
  public var modifier: ByteRange
  /// The value.
  public var value: UInt64
}
