import ByteReading

/// The lines of a body of text, their ends (CRLF, or LF alone) taken off.
struct TextLines: ~Escapable {
  private let bytes: RawSpan
  private(set) var offset: Int

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan) {
    self.bytes = bytes
    offset = 0
  }

  /// The range of the next line; nil behind the last.
  @_lifetime(self: copy self)
  mutating func next() -> Range<Int>? {
    guard offset < bytes.byteCount else { return nil }
    let start = offset
    let end = bytes.firstOffset(of: 0x0a, from: start) ?? bytes.byteCount
    offset = min(end + 1, bytes.byteCount)
    let hasReturn = end > start && bytes.byte(at: end - 1) == 0x0d
    return start..<(hasReturn ? end - 1 : end)
  }

  /// A line of the form `name: value`, white space around both taken off; nil where it has no colon.
  static func field(_ line: String) -> (name: String, value: String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    return (trimmed(line[..<colon]), trimmed(line[line.index(after: colon)...]))
  }

  /// A text without white space at its ends.
  static func trimmed(_ text: Substring) -> String {
    var text = text
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
