import ByteReading

/// Goes from one start tag of an XML text to the next: linear, without depth, without any judgement of the document.
struct ElementScan {
  /// A start tag.
  struct Element {
    /// The name without the prefix of its namespace.
    let name: ByteRange
    /// The offset behind the tag.
    let end: Int
  }

  private var offset = 0

  /// The next start tag; nil behind the last.
  mutating func next(in bytes: RawSpan) -> Element? {
    while let tag = bytes.firstOffset(of: UInt8(ascii: "<"), in: offset..<bytes.byteCount) {
      let initial = tag + 1 < bytes.byteCount ? bytes.byte(at: tag + 1) : 0
      if initial == UInt8(ascii: "/") {
        // An end tag holds nothing but its name.
        guard let close = bytes.firstOffset(of: UInt8(ascii: ">"), in: tag + 2..<bytes.byteCount) else { break }
        offset = close + 1
        continue
      }
      if initial == UInt8(ascii: "!") {
        if bytes.hasBytes("<!--", at: tag) {
          offset = end(of: "-->", in: bytes, from: tag + 4)
          continue
        }
        if bytes.hasBytes("<![CDATA[", at: tag) {
          offset = end(of: "]]>", in: bytes, from: tag + 9)
          continue
        }
      }
      let name = nameRange(in: bytes, from: tag + 1)
      guard let close = bytes.firstOffset(of: UInt8(ascii: ">"), in: Int(name.end)..<bytes.byteCount) else { break }
      offset = close + 1
      guard !name.isEmpty, bytes.byte(at: close - 1) != UInt8(ascii: "/") else { continue }
      return Element(name: name, end: close + 1)
    }
    offset = bytes.byteCount
    return nil
  }

  /// The offset behind `mark`, or the end where it does not come.
  private func end(of mark: StaticString, in bytes: RawSpan, from start: Int) -> Int {
    bytes.firstOffset(of: mark, in: start..<bytes.byteCount).map { $0 + mark.utf8CodeUnitCount } ?? bytes.byteCount
  }

  /// The name that begins at `start`, without its prefix; empty for an end tag, a declaration or an instruction.
  private func nameRange(in bytes: RawSpan, from start: Int) -> ByteRange {
    guard start < bytes.byteCount else { return ByteRange(bytes.byteCount, bytes.byteCount) }
    switch bytes.byte(at: start) {
    case UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "?"): return ByteRange(start, start)
    default: break
    }
    var nameStart = start
    var offset = start
    while let mark = bytes.firstOffset(
      in: offset..<bytes.byteCount,
      where: {
        $0 <= UInt8(ascii: ">")
          && ($0 == UInt8(ascii: ">") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/")
            || ElementScan.isWhiteSpace($0))
      })
    {
      guard bytes.byte(at: mark) == UInt8(ascii: ":") else { return ByteRange(nameStart, mark) }
      nameStart = mark + 1
      offset = nameStart
    }
    return ByteRange(bytes.byteCount, bytes.byteCount)
  }

  /// The text directly behind the tag of `element`, without white space at its ends; empty where another tag follows.
  static func content(of element: Element, in bytes: RawSpan) -> ByteRange {
    var first = element.end
    while first < bytes.byteCount, ElementScan.isWhiteSpace(bytes.byte(at: first)) { first += 1 }
    let last: Int
    if bytes.hasBytes("<![CDATA[", at: first) {
      first += 9
      last = bytes.firstOffset(of: "]]>", in: first..<bytes.byteCount) ?? bytes.byteCount
    } else {
      last = bytes.firstOffset(of: UInt8(ascii: "<"), in: first..<bytes.byteCount) ?? bytes.byteCount
    }
    return trimmed(first..<last, of: bytes)
  }

  private static func trimmed(_ range: Range<Int>, of bytes: RawSpan) -> ByteRange {
    var (first, last) = (range.lowerBound, range.upperBound)
    while first < last, ElementScan.isWhiteSpace(bytes.byte(at: first)) { first += 1 }
    while last > first, ElementScan.isWhiteSpace(bytes.byte(at: last - 1)) { last -= 1 }
    return ByteRange(first, last)
  }

  /// White space as XML 1.0 has it (section 2.3).
  private static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }
}
