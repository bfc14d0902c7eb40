/// The unit in which an interface counts time, and where it counts from (pcapng section 4.2, `if_tsresol` and
/// `if_tsoffset`).
struct TimestampResolution: Hashable {
  private enum Unit: Hashable {
    /// A tick is this many nanoseconds.
    case coarse(UInt64)
    /// A nanosecond is this many ticks; 0 for units so small that no tick count reaches one.
    case fine(UInt64)
    /// A second is two to this power of ticks.
    case binary(UInt8)
  }

  private let unit: Unit
  private let offset: Int64

  /// Microseconds: what an interface counts in that says nothing.
  static let microseconds = TimestampResolution(code: 6)

  /// The unit with this `if_tsresol`: a negative power of ten, or of two where the highest bit is set. `offset` is in
  /// seconds and is added to every time.
  init(code: UInt8, offset: Int64 = 0) {
    self.offset = offset
    let exponent = Int(code & 0x7f)
    if code & 0x80 != 0 {
      unit = .binary(UInt8(exponent))
    } else if exponent <= 9 {
      unit = .coarse(TimestampResolution.powerOfTen(9 - exponent))
    } else {
      // 10^20 and more exceed 64 bits, as does the tick count that would make up one nanosecond.
      unit = .fine(exponent - 9 <= 19 ? TimestampResolution.powerOfTen(exponent - 9) : 0)
    }
  }

  /// The nanoseconds since the epoch of a count of ticks; clamped to the range of `Timestamp`.
  @inline(__always)
  func nanoseconds(_ ticks: UInt64) -> Int64 {
    if offset == 0, case .coarse(let factor) = unit {
      let (product, overflow) = ticks.multipliedReportingOverflow(by: factor)
      return overflow ? .max : Int64(clamping: product)
    }
    return slowNanoseconds(ticks)
  }

  /// How many nanoseconds a tick is; nil where it is none, or a part of one, or counted from elsewhere than the epoch.
  var nanosecondsPerTick: UInt64? {
    if offset == 0, case .coarse(let factor) = unit { factor } else { nil }
  }

  @inline(never)
  private func slowNanoseconds(_ ticks: UInt64) -> Int64 {
    let wide: UInt128 =
      switch unit {
      case .coarse(let factor): UInt128(ticks) * UInt128(factor)
      case .fine(let divisor): divisor == 0 ? 0 : UInt128(ticks / divisor)
      case .binary(let shift): (UInt128(ticks) * 1_000_000_000) >> UInt128(shift)
      }
    return Int64(clamping: Int128(clamping: wide) + Int128(offset) * 1_000_000_000)
  }

  private static func powerOfTen(_ exponent: Int) -> UInt64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
