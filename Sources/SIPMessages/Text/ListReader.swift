import ByteReading

/// Reads the elements of a comma-separated list (RFC 3261 section 7.3.1); commas in quoted strings and between `<` and
/// `>` belong to the element. Empty elements are passed over.
struct ListReader: ~Escapable {
  private let bytes: RawSpan
  private let end: Int
  private var offset: Int

  /// Whether an empty element was passed over.
  private(set) var sawEmpty = false

  /// Begins at the front of `range`.
  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, in range: Range<Int>) {
    self.bytes = bytes
    self.end = range.upperBound
    self.offset = range.lowerBound
  }

  /// The next element, without white space around it; nil behind the last.
  @_lifetime(self: copy self)
  mutating func next() -> Range<Int>? {
    while offset < end {
      let comma = bytes.firstOutsideQuotes(UInt8(ascii: ","), in: offset..<end)
      let element = bytes.trimmed(offset..<(comma ?? end))
      if let comma {
        offset = comma + 1
        if offset == end { sawEmpty = true }
      } else {
        offset = end
      }
      if !element.isEmpty { return element }
      sawEmpty = true
    }
    return nil
  }
}
