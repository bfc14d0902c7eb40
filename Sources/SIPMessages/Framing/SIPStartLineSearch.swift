import ByteReading

/// Where in a line of a byte stream a start line of SIP begins. The same rule serves recognition, framing and finding the
/// next message after bytes were lost, so that how a stream is cut into pieces does not change what is found.
enum SIPStartLineSearch {
  /// No start line is longer: room for a Request-URI with everything that people put there (RFC 4475 section 3.1.1.7
  /// shows 1 KiB).
  static let maximumLength = 8192

  /// The offset at which a start line begins in `line` (without its line end): its front, or, where lost bytes or a body
  /// without line end stand before it, further on; nil where the line holds none.
  static func offset(_ bytes: RawSpan, in line: Range<Int>) -> Int? {
    let line = line.lowerBound..<bytes.trimmed(line).upperBound
    guard line.count >= 11 else { return nil }
    return requestOffset(bytes, in: line) ?? statusOffset(bytes, in: line)
  }

  /// `SIP/2.0 SP 3DIGIT` (RFC 3261 section 7.2). Behind a space or a quote it is part of another header's text.
  private static func statusOffset(_ bytes: RawSpan, in line: Range<Int>) -> Int? {
    var start = line.lowerBound
    while let candidate = bytes.firstOffset(of: "SIP/", in: start..<line.upperBound) {
      if isStatusLine(bytes, at: candidate, before: line.upperBound),
        candidate == line.lowerBound || !isQuoting(bytes.byte(at: candidate - 1))
      {
        return candidate
      }
      start = candidate + 4
    }
    // The version is compared letter case aside (RFC 3261 section 7.1), but searched for only as everybody writes it.
    return isStatusLine(bytes, at: line.lowerBound, before: line.upperBound) ? line.lowerBound : nil
  }

  private static func isStatusLine(_ bytes: RawSpan, at offset: Int, before end: Int) -> Bool {
    guard let version = SIPStartLine.version(bytes, at: offset, before: end) else { return false }
    let digits = bytes.skippingSpace(from: version.end, before: end)
    guard digits > version.end, end - digits >= 3 else { return false }
    return (digits..<digits + 3).allSatisfy { bytes.byte(at: $0).isDigit }
  }

  private static func isQuoting(_ letter: UInt8) -> Bool {
    letter.isSIPSpace || letter == UInt8(ascii: "\"") || letter == UInt8(ascii: "(") || letter == UInt8(ascii: ",")
  }

  /// `Method SP Request-URI SP SIP-Version` (RFC 3261 section 7.1), more than one SP tolerated.
  private static func requestOffset(_ bytes: RawSpan, in line: Range<Int>) -> Int? {
    let versionStart = line.upperBound - 7
    guard versionStart - 1 > line.lowerBound, bytes.byte(at: versionStart - 1) == UInt8(ascii: " "),
      SIPStartLine.version(bytes, at: versionStart, before: line.upperBound) != nil
    else { return nil }
    // The whole line, where it is a method and one URI, or begins with a method of SIP.
    let tokenEnd = bytes.endOfToken(at: line.lowerBound, before: versionStart)
    if tokenEnd > line.lowerBound, tokenEnd < versionStart, bytes.byte(at: tokenEnd) == UInt8(ascii: " ") {
      let uri = bytes.trimmed(tokenEnd..<versionStart)
      let isOneWord = bytes.firstOffset(of: UInt8(ascii: " "), in: uri) == nil
      let isKnown = SIPMethod(bytes, in: line.lowerBound..<tokenEnd) != .unknown
      if !uri.isEmpty, isKnown { return line.lowerBound }
      if !uri.isEmpty, isOneWord, isURIStart(bytes.byte(at: uri.lowerBound)) {
        // The end of a body may stand before the method: methods are in upper case, so what comes before one in another
        // case is not part of it.
        let known = methodOffset(bytes, before: tokenEnd, notBefore: line.lowerBound)
        guard let known, known > line.lowerBound, bytes.byte(at: known - 1) &- 0x41 >= 26 else {
          return line.lowerBound
        }
        return known
      }
    }
    // Otherwise the word before the last one may end in a method of SIP.
    var uriStart = bytes.trimmed(line.lowerBound..<versionStart).upperBound
    guard uriStart > line.lowerBound else { return nil }
    while uriStart > line.lowerBound, bytes.byte(at: uriStart - 1) != UInt8(ascii: " ") { uriStart -= 1 }
    let methodEnd = bytes.trimmed(line.lowerBound..<uriStart).upperBound
    return methodOffset(bytes, before: methodEnd, notBefore: line.lowerBound)
  }

  /// Where a method of SIP begins that ends at `end`; nil where none does.
  private static func methodOffset(_ bytes: RawSpan, before end: Int, notBefore limit: Int) -> Int? {
    for length in 3...9 where end - length >= limit {
      if SIPMethod(bytes, in: end - length..<end) != .unknown { return end - length }
    }
    return nil
  }

  /// A scheme begins with a letter (RFC 3986 section 3.1); a bracket is an error that RFC 4475 section 3.1.2.7 shows.
  private static func isURIStart(_ letter: UInt8) -> Bool {
    letter.isLetter || letter == UInt8(ascii: "<")
  }

  /// Whether bytes without a line end may be the front of a start line that stands at their beginning.
  static func mayBegin(_ bytes: RawSpan, in range: Range<Int>) -> Bool {
    guard range.count < maximumLength else { return false }
    let tokenEnd = bytes.endOfToken(at: range.lowerBound, before: range.upperBound)
    guard tokenEnd < range.upperBound else { return true }
    if tokenEnd == range.lowerBound + 3, bytes.equalsIgnoringCase("sip", in: range.lowerBound..<tokenEnd) {
      return bytes.byte(at: tokenEnd) == UInt8(ascii: "/")
    }
    guard tokenEnd > range.lowerBound, bytes.byte(at: tokenEnd) == UInt8(ascii: " ") else { return false }
    let uri = bytes.skippingSpace(from: tokenEnd, before: range.upperBound)
    return uri == range.upperBound || isURIStart(bytes.byte(at: uri))
  }
}
