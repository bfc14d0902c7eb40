#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RawSpan {
  /// The offset of the first byte equal to `value` in `range`, found by `memchr`; nil where there is none.
  @inlinable
  public func firstOffset(of value: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
    return unsafe withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = unsafe memchr(base + range.lowerBound, Int32(value), range.count)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// The offset of the first byte equal to `value` from `offset` to the end; nil where there is none.
  @inlinable
  public func firstOffset(of value: UInt8, from offset: Int = 0) -> Int? {
    firstOffset(of: value, in: offset..<byteCount)
  }

  /// The offset of the first byte in `range` for which `matches` holds; nil where there is none. The range is checked
  /// once, not for each byte.
  @inlinable @inline(__always)
  public func firstOffset(in range: Range<Int>, where matches: (UInt8) -> Bool) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
    var offset = range.lowerBound
    while offset < range.upperBound {
      if unsafe matches(unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt8.self)) { return offset }
      offset &+= 1
    }
    return nil
  }

  /// The offset of the first byte in `range` that is one of the four `values`; nil where there is none. Eight bytes at a
  /// time.
  public func firstOffset(
    ofAny values: (UInt8, UInt8, UInt8, UInt8), in range: Range<Int>
  ) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let patterns = (
      ones &* UInt64(values.0), ones &* UInt64(values.1), ones &* UInt64(values.2), ones &* UInt64(values.3)
    )
    return unsafe withUnsafeBytes { bytes in
      var offset = range.lowerBound
      while offset &+ 8 <= range.upperBound {
        let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        // Where a byte of the difference is 0, taking 1 from it borrows: the lowest high bit that is set then is true.
        let (first, second, third, fourth) = (
          word ^ patterns.0, word ^ patterns.1, word ^ patterns.2, word ^ patterns.3
        )
        let zeros =
          (first &- ones) & ~first | (second &- ones) & ~second | (third &- ones) & ~third
          | (fourth &- ones) & ~fourth
        let found = zeros & (ones &* 0x80)
        if found != 0 { return offset &+ found.trailingZeroBitCount >> 3 }
        offset &+= 8
      }
      while offset < range.upperBound {
        let byte = unsafe bytes[offset]
        if byte == values.0 || byte == values.1 || byte == values.2 || byte == values.3 { return offset }
        offset &+= 1
      }
      return nil
    }
  }

  /// The offset of the first occurrence of `text`, not empty, in `range`; nil where there is none.
  @inlinable
  public func firstOffset(of text: StaticString, in range: Range<Int>) -> Int? {
    let first = unsafe text.utf8Start.pointee
    var start = range.lowerBound
    while range.upperBound - start >= text.utf8CodeUnitCount,
      let candidate = firstOffset(of: first, in: start..<range.upperBound)
    {
      guard range.upperBound - candidate >= text.utf8CodeUnitCount else { return nil }
      if hasBytes(text, at: candidate) { return candidate }
      start = candidate + 1
    }
    return nil
  }

  /// Whether the bytes from `offset` on begin with exactly `text`. In line, so that a short text is compared as a number.
  @inlinable @inline(__always)
  public func hasBytes(_ text: StaticString, at offset: Int = 0) -> Bool {
    let count = text.utf8CodeUnitCount
    guard offset >= 0, byteCount - offset >= count else { return false }
    return unsafe withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return count == 0 }
      return unsafe memcmp(base + offset, text.utf8Start, count) == 0
    }
  }

  /// Whether the bytes of `range` equal the ASCII `text`, letter case aside. `text` is given in lower case.
  @inlinable
  public func equalsIgnoringCase(_ text: StaticString, in range: Range<Int>) -> Bool {
    let count = text.utf8CodeUnitCount
    guard range.count == count else { return false }
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
    return unsafe withUnsafeBytes { bytes in
      var index = 0
      while index < count {
        let letter = unsafe bytes[range.lowerBound &+ index]
        let lowered = letter &- 0x41 < 26 ? letter | 0x20 : letter
        if unsafe lowered != text.utf8Start[index] { return false }
        index &+= 1
      }
      return true
    }
  }

  /// Whether `range` holds the ASCII `text`, letter case aside. `text` is given in lower case.
  public func containsIgnoringCase(_ text: StaticString, in range: Range<Int>) -> Bool {
    let count = text.utf8CodeUnitCount
    var start = range.lowerBound
    while range.upperBound - start >= count {
      if equalsIgnoringCase(text, in: start..<start + count) { return true }
      start += 1
    }
    return false
  }

  /// Whether two ranges hold the same bytes.
  @inlinable
  public func equals(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
    guard first.count == second.count else { return false }
    precondition(first.lowerBound >= 0 && first.upperBound <= byteCount)
    precondition(second.lowerBound >= 0 && second.upperBound <= byteCount)
    return unsafe withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return true }
      return unsafe memcmp(base + first.lowerBound, base + second.lowerBound, first.count) == 0
    }
  }

  /// The bytes of `range` as text; bytes that are not UTF-8 are replaced by U+FFFD.
  public func text(in range: Range<Int>) -> String {
    let part = extracting(range)
    return unsafe part.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// A copy of the bytes of `range`.
  public func copied(_ range: Range<Int>) -> [UInt8] {
    let part = extracting(range)
    return unsafe part.withUnsafeBytes { unsafe [UInt8]($0) }
  }
}
