import ByteReading

/// What stream framing needs of a message's header fields: how long the body is, and whether SIP may stand in it.
struct SIPContentFields {
  /// The first Content-Length; nil where there is none or it is not a number.
  private(set) var length: Int?

  /// Whether the body's type is one that holds start lines of SIP itself: `message/sipfrag` (RFC 3420), `message/sip`
  /// (RFC 3261 section 27.5), or several parts of which one may be.
  private(set) var mayHoldMessages = false

  private var sawLength = false

  /// Nothing was read yet.
  init() {}

  /// Reads the header lines in `range`, each with its line end.
  init(_ bytes: RawSpan, in range: Range<Int>) {
    var lineStart = range.lowerBound
    while lineStart < range.upperBound {
      let lineFeed = bytes.firstOffset(of: 0x0a, in: lineStart..<range.upperBound) ?? range.upperBound
      note(bytes, line: lineStart..<lineFeed, before: range.upperBound)
      lineStart = lineFeed &+ 1
    }
  }

  /// Looks at one line without its line end; those that continue it stand before `limit`. A line that continues another
  /// field begins with white space, and so is passed over.
  @inline(__always)
  mutating func note(_ bytes: RawSpan, line: Range<Int>, before limit: Int) {
    guard SIPContentFields.mayBeMeant(bytes, in: line) else { return }
    take(bytes, line: line.lowerBound..<SIPContentFields.endOfField(bytes, lineFeed: line.upperBound, before: limit))
  }

  /// Of all names only those that begin with `content-`, and the compact forms `c` and `l`, can be meant.
  @inline(__always)
  private static func mayBeMeant(_ bytes: RawSpan, in line: Range<Int>) -> Bool {
    guard !line.isEmpty else { return false }
    let initial = bytes.byte(at: line.lowerBound) | 0x20
    guard initial == UInt8(ascii: "c") || initial == UInt8(ascii: "l") else { return false }
    guard line.count > 1, bytes.byte(at: line.lowerBound &+ 1).isLetter else { return true }
    let lowerCase: UInt64 = 0x2020_2020_2020_2020
    return line.count > 8 && bytes.littleEndianUInt64(at: line.lowerBound) | lowerCase == 0x2d74_6e65_746e_6f63
  }

  /// The line end of the field whose first line ends at `lineFeed`, behind the lines that continue it; `limit` where it
  /// has none.
  @inline(__always)
  private static func endOfField(_ bytes: RawSpan, lineFeed: Int, before limit: Int) -> Int {
    var lineFeed = lineFeed
    while lineFeed &+ 1 < limit, bytes.byte(at: lineFeed &+ 1) == 0x20 || bytes.byte(at: lineFeed &+ 1) == 0x09 {
      lineFeed = bytes.firstOffset(of: 0x0a, in: lineFeed &+ 1..<limit) ?? limit
    }
    return lineFeed
  }

  private mutating func take(_ bytes: RawSpan, line: Range<Int>) {
    guard let colon = bytes.firstOffset(of: UInt8(ascii: ":"), in: line) else { return }
    let value = bytes.trimmed(colon + 1..<line.upperBound)
    switch SIPHeaderNameTable.shared.name(of: bytes, in: bytes.trimmed(line.lowerBound..<colon)) {
    case .contentLength where !sawLength:
      sawLength = true
      length = bytes.decimal(in: value).map { Int(clamping: $0) }
    case .contentType:
      let slash = bytes.firstOffset(of: UInt8(ascii: "/"), in: value) ?? value.upperBound
      let type = bytes.trimmed(value.lowerBound..<slash)
      mayHoldMessages =
        bytes.equalsIgnoringCase("message", in: type) || bytes.equalsIgnoringCase("multipart", in: type)
    default: break
    }
  }
}
