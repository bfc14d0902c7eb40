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
      while lineFeed + 1 < range.upperBound,
        bytes.byte(at: lineFeed + 1) == 0x20 || bytes.byte(at: lineFeed + 1) == 0x09
      {
        lineFeed = bytes.firstOffset(of: 0x0a, in: lineFeed + 1..<range.upperBound) ?? range.upperBound
      }
      // Of all names only those that begin with `c` or `l` can be meant.
      let initial = bytes.byte(at: lineStart) | 0x20
      if initial == UInt8(ascii: "c") || initial == UInt8(ascii: "l") {
        let nameEnd = bytes.endOfToken(at: lineStart, before: lineFeed)
        let colon = bytes.skippingSpace(from: nameEnd, before: lineFeed)
        if colon < lineFeed, bytes.byte(at: colon) == UInt8(ascii: ":") {
          let value = bytes.trimmed(colon + 1..<lineFeed)
          switch SIPHeaderNameTable.shared.name(of: bytes, in: lineStart..<nameEnd) {
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
      lineStart = lineFeed + 1
    }
  }
}
