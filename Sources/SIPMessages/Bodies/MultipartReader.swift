import ByteReading

/// Splits a multipart body at its boundary lines (RFC 2046 section 5.1.1): `--boundary` at the front of a line begins a
/// part, `--boundary--` ends the last one; the line end before a boundary belongs to the boundary.
struct MultipartReader: ~Escapable {
  private let bytes: RawSpan
  private let boundary: Range<Int>
  private let end: Int
  private var offset: Int

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, boundary: Range<Int>, in range: Range<Int>) {
    self.bytes = bytes
    self.boundary = boundary
    self.end = range.upperBound
    offset = MultipartReader.boundaryLine(bytes, boundary, in: range)?.end ?? range.upperBound
  }

  /// The next part, its own header fields included; nil behind the last. A part without a boundary behind it reaches to
  /// the end.
  @_lifetime(self: copy self)
  mutating func next() -> Range<Int>? {
    guard offset < end else { return nil }
    let start = offset
    guard let line = MultipartReader.boundaryLine(bytes, boundary, in: start..<end) else {
      offset = end
      return start..<end
    }
    offset = line.isLast ? end : line.end
    var partEnd = line.start
    if partEnd > start, bytes.byte(at: partEnd - 1) == 0x0a { partEnd -= 1 }
    if partEnd > start, bytes.byte(at: partEnd - 1) == 0x0d { partEnd -= 1 }
    return start..<partEnd
  }

  /// The first boundary line in `range`, which begins at the front of a line.
  private static func boundaryLine(
    _ bytes: RawSpan, _ boundary: Range<Int>, in range: Range<Int>
  ) -> (start: Int, end: Int, isLast: Bool)? {
    var lineStart = range.lowerBound
    while lineStart < range.upperBound {
      let lineEnd = bytes.firstOffset(of: 0x0a, in: lineStart..<range.upperBound) ?? range.upperBound
      let after = lineStart + 2 + boundary.count
      if after <= lineEnd, bytes.hasBytes("--", at: lineStart),
        boundary.allSatisfy({ bytes.byte(at: $0) == bytes.byte(at: lineStart + 2 + $0 - boundary.lowerBound) })
      {
        let isLast = after + 2 <= lineEnd && bytes.hasBytes("--", at: after)
        if isLast || bytes.trimmed(after..<lineEnd).isEmpty {
          return (lineStart, min(lineEnd + 1, range.upperBound), isLast)
        }
      }
      lineStart = lineEnd + 1
    }
    return nil
  }
}
