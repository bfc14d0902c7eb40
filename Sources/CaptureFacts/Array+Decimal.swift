extension Array where Element == UInt8 {
  /// Appends an integer in decimal.
  @inlinable
  public mutating func appendDecimal(_ number: some BinaryInteger) {
    if number < 0 { append(UInt8(ascii: "-")) }
    appendDigits(UInt64(number.magnitude), atLeast: 1)
  }

  /// Appends `numerator / 10^fractionDigits`, with all places or without trailing zeros.
  public mutating func appendDecimal(_ numerator: Int64, fractionDigits: Int, keepsZeros: Bool) {
    if numerator < 0 { append(UInt8(ascii: "-")) }
    var divisor: UInt64 = 1
    for _ in 0..<fractionDigits { divisor *= 10 }
    let (whole, fraction) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
    appendDigits(whole, atLeast: 1)
    guard fractionDigits > 0, keepsZeros || fraction != 0 else { return }
    append(UInt8(ascii: "."))
    appendDigits(fraction, atLeast: fractionDigits)
    while !keepsZeros, last == UInt8(ascii: "0") { removeLast() }
  }

  /// Appends an unsigned number with leading zeros up to `count` digits, at most 20.
  public mutating func appendDigits(_ number: UInt64, atLeast count: Int) {
    if number < 10, count <= 1 { return append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number)) }
    let width = Swift.max(DecimalDigits.count(of: number), Swift.min(count, 20))
    append(addingCapacity: width) { places in
      unsafe places.withUnsafeMutableBufferPointer { bytes, filled in
        unsafe DecimalDigits.write(number, to: bytes, at: 0, count: width)
        filled = width
      }
    }
  }
}
