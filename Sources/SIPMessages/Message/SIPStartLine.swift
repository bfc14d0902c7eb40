import ByteReading

/// The first line of a message (RFC 3261 sections 7.1 and 7.2), read with the tolerance that RFC 4475 asks for: white
/// space too many is flagged, not fatal.
struct SIPStartLine {
  /// Whether it is a request line.
  var isRequest = false
  /// The method of a request line.
  var method = SIPMethod.unknown
  /// The text of the method.
  var methodText = ByteRange()
  /// The Request-URI as it stands between method and version.
  var requestURI = ByteRange()
  /// The status code; 0 for a request, 65535 for one that is larger.
  var status: UInt16 = 0
  /// The reason phrase; may be empty (RFC 4475 section 3.1.1.13).
  var reasonPhrase = ByteRange()
  /// What is wrong with the line.
  var flaws: SIPFlaws = []

  /// Reads the line without its line end; fails where it is no start line.
  init(_ bytes: RawSpan, in line: Range<Int>) throws(ParseFailure) {
    if let version = SIPStartLine.version(bytes, at: line.lowerBound, before: line.upperBound) {
      if !version.isTwo { flaws.insert(.versionUnknown) }
      try readStatus(bytes, in: version.end..<line.upperBound)
    } else {
      try readRequest(bytes, in: line)
    }
  }

  /// `SIP/2.0` as the least significant byte first, shifted by one byte.
  private static let usualVersion: UInt64 = 0x302e_322f_5049_5300

  /// `SIP/` and two numbers with a dot between them at `offset`, letter case aside (RFC 3261 section 7.1).
  static func version(_ bytes: RawSpan, at offset: Int, before end: Int) -> (end: Int, isTwo: Bool)? {
    // As nearly everybody writes it.
    guard end - offset >= 7 else { return nil }
    if bytes.byteCount - offset >= 8, bytes.littleEndianUInt64(at: offset) << 8 == usualVersion {
      return (offset + 7, true)
    }
    guard bytes.equalsIgnoringCase("sip/", in: offset..<offset + 4),
      bytes.byte(at: offset + 4).isDigit, bytes.byte(at: offset + 5) == UInt8(ascii: "."),
      bytes.byte(at: offset + 6).isDigit
    else { return nil }
    return (
      offset + 7, bytes.byte(at: offset + 4) == UInt8(ascii: "2") && bytes.byte(at: offset + 6) == UInt8(ascii: "0")
    )
  }

  private mutating func readStatus(_ bytes: RawSpan, in rest: Range<Int>) throws(ParseFailure) {
    let start = bytes.skippingSpace(from: rest.lowerBound, before: rest.upperBound)
    if start != rest.lowerBound + 1 { flaws.insert(.startLineSpacing) }
    var end = start
    while end < rest.upperBound, bytes.byte(at: end).isDigit { end += 1 }
    guard start > rest.lowerBound, end > start, end == rest.upperBound || bytes.byte(at: end).isSIPSpace,
      let code = bytes.decimal(in: start..<end)
    else { throw ParseFailure(.valueForbidden, at: start) }
    status = UInt16(clamping: code)
    if !(100...699).contains(code) || end - start != 3 { flaws.insert(.statusOutOfRange) }
    reasonPhrase = ByteRange(bytes.trimmed(end..<rest.upperBound))
  }

  private mutating func readRequest(_ bytes: RawSpan, in line: Range<Int>) throws(ParseFailure) {
    isRequest = true
    let tokenEnd = bytes.firstOffset(of: UInt8(ascii: " "), in: line) ?? line.upperBound
    let trimmed = bytes.trimmed(line)
    let versionStart = trimmed.upperBound - 7
    guard tokenEnd > line.lowerBound, tokenEnd < versionStart,
      bytes.byte(at: versionStart - 1).isSIPSpace,
      let version = SIPStartLine.version(bytes, at: versionStart, before: trimmed.upperBound)
    else { throw ParseFailure(.valueForbidden, at: line.lowerBound) }
    let uri = bytes.trimmed(tokenEnd..<versionStart)
    guard !uri.isEmpty else { throw ParseFailure(.fieldMissing, at: tokenEnd) }
    methodText = ByteRange(line.lowerBound, tokenEnd)
    method = SIPMethod(bytes, in: line.lowerBound..<tokenEnd)
    // The names of the methods are tokens; others have to be looked at.
    guard method != .unknown || bytes.endOfToken(at: line.lowerBound, before: tokenEnd) == tokenEnd else {
      throw ParseFailure(.valueForbidden, at: line.lowerBound)
    }
    requestURI = ByteRange(uri)
    if !version.isTwo { flaws.insert(.versionUnknown) }
    // RFC 3261 section 7.1: a single SP between the elements, none at the end.
    if trimmed.upperBound != line.upperBound || uri.lowerBound != tokenEnd + 1 || uri.upperBound != versionStart - 1 {
      flaws.insert(.startLineSpacing)
    }
    if bytes.byte(at: uri.lowerBound) == UInt8(ascii: "<") { flaws.insert(.requestURIEnclosed) }
    if bytes.firstOffset(ofAny: (0x20, 0x09, 0x0d, 0x0a), in: uri) != nil { flaws.insert(.requestURIMalformed) }
  }
}
