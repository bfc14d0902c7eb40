import ByteReading

// The basic rules of RFC 3261 section 25.1 over the bytes of a message.

extension UInt8 {
  /// Whether it may stand in a `token` (RFC 3261 section 25.1).
  @inline(__always)
  var isTokenCharacter: Bool {
    let low: UInt64 = 0x03ff_6ca2_0000_0000
    let high: UInt64 = 0x47ff_ffff_87ff_fffe
    return self < 64 ? low >> UInt64(self) & 1 != 0 : self < 128 && high >> UInt64(self & 63) & 1 != 0
  }

  /// Whether it is white space, or part of a line end inside a folded value.
  @inline(__always)
  var isSIPSpace: Bool {
    self <= 0x20 && (1 << 0x20 | 1 << 0x09 | 1 << 0x0d | 1 << 0x0a) as UInt64 >> UInt64(self) & 1 != 0
  }

  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }

  @inline(__always)
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}

extension RawSpan {
  /// `range` without white space at its ends.
  @inline(__always)
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    // Nearly every value has one space in front or none, and none behind.
    if range.count >= 2, byte(at: range.upperBound - 1) > 0x20 {
      if byte(at: range.lowerBound) > 0x20 { return range }
      if byte(at: range.lowerBound + 1) > 0x20, byte(at: range.lowerBound) == 0x20 {
        return range.lowerBound + 1..<range.upperBound
      }
    }
    return trimmedAtLength(range)
  }

  @inline(never)
  private func trimmedAtLength(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, byte(at: start).isSIPSpace { start += 1 }
    while end > start, byte(at: end - 1).isSIPSpace { end -= 1 }
    return start..<end
  }

  /// `range` without the quotes around it, where there are any.
  func unquoted(_ range: Range<Int>) -> Range<Int> {
    guard range.count >= 2, byte(at: range.lowerBound) == UInt8(ascii: "\""),
      byte(at: range.upperBound - 1) == UInt8(ascii: "\"")
    else { return range }
    return range.lowerBound + 1..<range.upperBound - 1
  }

  /// The offset behind the quoted string that begins at `start`; nil where its end is missing before `end`. A backslash
  /// takes the byte after it as it is (RFC 3261 section 25.1, `quoted-pair`).
  func endOfQuotedString(at start: Int, before end: Int) -> Int? {
    var offset = start + 1
    while offset < end {
      switch byte(at: offset) {
      case UInt8(ascii: "\""): return offset + 1
      case UInt8(ascii: "\\"): offset += 2
      default: offset += 1
      }
    }
    return nil
  }

  /// The first byte of `range` that is `wanted` and lies neither in a quoted string nor between `<` and `>`; nil where
  /// there is none. A quote or bracket without its end reaches to the end of the range.
  func firstOutsideQuotes(_ wanted: UInt8, in range: Range<Int>) -> Int? {
    var offset = range.lowerBound
    while let found = firstOffset(
      ofAny: (wanted, UInt8(ascii: "\""), UInt8(ascii: "<"), wanted), in: offset..<range.upperBound)
    {
      let letter = byte(at: found)
      if letter == wanted { return found }
      if letter == UInt8(ascii: "\"") {
        offset = endOfQuotedString(at: found, before: range.upperBound) ?? range.upperBound
      } else {
        offset = (firstOffset(of: UInt8(ascii: ">"), in: found..<range.upperBound) ?? range.upperBound - 1) + 1
      }
    }
    return nil
  }

  /// The decimal number that the bytes of `range` are, white space around it aside; saturates at 2^64 - 1, nil where they
  /// are anything else.
  func decimal(in range: Range<Int>) -> UInt64? {
    let digits = trimmed(range)
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    if digits.count < 19 {
      let end = firstOffset(in: digits) { letter in
        let digit = letter &- 0x30
        value = value &* 10 &+ UInt64(digit)
        return digit > 9
      }
      return end == nil ? value : nil
    }
    var overflowed = false
    for offset in digits {
      let digit = byte(at: offset) &- 0x30
      guard digit < 10 else { return nil }
      let (shifted, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = shifted.addingReportingOverflow(UInt64(digit))
      overflowed = overflowed || tooLarge || carried
      value = sum
    }
    return overflowed ? .max : value
  }

  /// The end of the token that begins at `start`; equal to `start` where there is none.
  @inline(__always)
  func endOfToken(at start: Int, before end: Int) -> Int {
    start < end ? firstOffset(in: start..<end) { !$0.isTokenCharacter } ?? end : start
  }

  /// The first offset from `start` on that holds no white space, at most `end`.
  @inline(__always)
  func skippingSpace(from start: Int, before end: Int) -> Int {
    start < end ? firstOffset(in: start..<end) { !$0.isSIPSpace } ?? end : start
  }
}

extension RawSpan {
  /// The number that the bytes of `range` are; nil where they are none or it does not fit.
  func integer<Integer: FixedWidthInteger>(in range: Range<Int>, as type: Integer.Type = Integer.self) -> Integer? {
    decimal(in: range).flatMap { Integer(exactly: $0) }
  }

  /// The bytes of `range`, quotes taken off, read as a number; nil where they are none or it does not fit.
  func unquotedInteger<Integer: FixedWidthInteger>(in range: Range<Int>) -> Integer? {
    integer(in: unquoted(range))
  }
}
