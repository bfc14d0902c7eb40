import ByteReading

/// What stream framing needs of a message's header fields: how long the body is, and whether SIP may stand in it.
struct SIPContentFields {
  /// The first Content-Length; nil where there is none or it is not a number.
  private(set) var length: Int?

  /// Whether the body's type is one that holds start lines of SIP itself: `message/sipfrag` (RFC 3420), `message/sip`
  /// (RFC 3261 section 27.5), or several parts of which one may be.
  private(set) var mayHoldMessages = false

  /// Reads the header lines in `range`, each with its line end.
  init(_ bytes: RawSpan, in range: Range<Int>) {
    var sawLength = false
    var lineStart = range.lowerBound
    while lineStart < range.upperBound {
      var lineFeed = bytes.firstOffset(of: 0x0a, in: lineStart..<range.upperBound) ?? range.upperBound
      if SIPContentFields.mayBeMeant(bytes, in: lineStart..<lineFeed) {
        lineFeed = SIPContentFields.endOfField(bytes, from: lineStart, before: range.upperBound)
        take(bytes, line: lineStart..<lineFeed, &sawLength)
      }
      // A line that continues another field begins with white space, and so is passed over like one.
      lineStart = lineFeed &+ 1
    }
  }

  /// Of all names only those that begin with `content-`, and the compact forms `c` and `l`, can be meant.
  @inline(__always)
  private static func mayBeMeant(_ bytes: RawSpan, in line: Range<Int>) -> Bool {
    guard line.count > 8 else { return true }
    let lowerCase: UInt64 = 0x2020_2020_2020_2020
    let word = bytes.littleEndianUInt64(at: line.lowerBound)
    return word | lowerCase == 0x2d74_6e65_746e_6f63 || !UInt8(truncatingIfNeeded: word >> 8).isLetter
  }

  /// The line end of the field that begins at `start`, behind the lines that continue it; `limit` where it has none.
  private static func endOfField(_ bytes: RawSpan, from start: Int, before limit: Int) -> Int {
    var lineFeed = bytes.firstOffset(of: 0x0a, in: start..<limit) ?? limit
    while lineFeed + 1 < limit, bytes.byte(at: lineFeed + 1) == 0x20 || bytes.byte(at: lineFeed + 1) == 0x09 {
      lineFeed = bytes.firstOffset(of: 0x0a, in: lineFeed + 1..<limit) ?? limit
    }
    return lineFeed
  }

  private mutating func take(_ bytes: RawSpan, line: Range<Int>, _ sawLength: inout Bool) {
    let nameEnd = bytes.endOfToken(at: line.lowerBound, before: line.upperBound)
    let colon = bytes.skippingSpace(from: nameEnd, before: line.upperBound)
    guard colon < line.upperBound, bytes.byte(at: colon) == UInt8(ascii: ":") else { return }
    let value = bytes.trimmed(colon + 1..<line.upperBound)
    switch SIPHeaderNameTable.shared.name(of: bytes, in: line.lowerBound..<nameEnd) {
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
