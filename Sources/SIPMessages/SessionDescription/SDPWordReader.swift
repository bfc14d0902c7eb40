import ByteReading

/// Reads the words of a line of a session description, with spaces between them.
struct SDPWordReader: ~Escapable {
  private let bytes: RawSpan
  private let end: Int

  /// Where the rest begins that is not read yet.
  private(set) var offset: Int

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, in range: Range<Int>) {
    self.bytes = bytes
    end = range.upperBound
    offset = range.lowerBound
  }

  /// The next word; nil behind the last.
  @_lifetime(self: copy self)
  mutating func next() -> Range<Int>? {
    let start = bytes.skippingSpace(from: offset, before: end)
    guard start < end else {
      offset = end
      return nil
    }
    let wordEnd = bytes.firstOffset(of: UInt8(ascii: " "), in: start..<end) ?? end
    offset = wordEnd
    return start..<wordEnd
  }

  /// The next word; empty behind the last.
  @_lifetime(self: copy self)
  mutating func nextRange() -> ByteRange {
    next().map { ByteRange($0) } ?? ByteRange(end, end)
  }
}
