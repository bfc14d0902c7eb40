import ByteReading
import CaptureFacts

/// Cuts a byte stream into SIP messages (RFC 3261 sections 7.5 and 18.3). Keeps no state: what it says depends only on
/// the bytes from the front of the stream on, however they arrived.
public enum SIPStreamFraming {
  /// No message is longer, headers and body together: four times what a datagram holds. The largest bodies of IMS, full
  /// registration and presence documents, stay below it; a Content-Length beyond it is not believed.
  public static let maximumMessageLength = 1 << 18

  /// Looks at the front of `bytes`. `scanned` is what the last `incomplete` verdict about the same front said, or 0.
  public static func next(in bytes: RawSpan, resumingAt scanned: Int) -> FramingVerdict {
    let count = bytes.byteCount
    let scanned = max(0, min(scanned, count))
    guard count > 0 else { return .incomplete(atLeast: 1, scanned: 0) }
    if bytes.byte(at: 0) == 0x0d || bytes.byte(at: 0) == 0x0a {
      var length = 1
      while length < count, bytes.byte(at: length) == 0x0d || bytes.byte(at: length) == 0x0a { length += 1 }
      return .padding(length: length)
    }

    // A line that ended before `scanned` was found to be a start line, or there would have been another verdict.
    let lineLimit = min(count, SIPStartLineSearch.maximumLength)
    if let lineFeed = bytes.firstOffset(of: 0x0a, in: 0..<min(scanned, lineLimit)) {
      return afterStartLine(bytes, lineFeed: lineFeed, scanned: scanned)
    }
    guard let lineFeed = bytes.firstOffset(of: 0x0a, in: min(scanned, lineLimit)..<lineLimit) else {
      return lineLimit < SIPStartLineSearch.maximumLength
        ? .incomplete(atLeast: count + 1, scanned: count) : .garbage(length: lineLimit)
    }
    guard SIPStartLineSearch.offset(bytes, in: 0..<lineFeed) == 0 else { return garbage(bytes, firstLine: lineFeed) }
    return afterStartLine(bytes, lineFeed: lineFeed, scanned: lineFeed)
  }

  /// Passes over lines that are no start line, up to one that is or to the last line end.
  private static func garbage(_ bytes: RawSpan, firstLine: Int) -> FramingVerdict {
    var lineStart = 0
    var lineFeed: Int? = firstLine
    while let end = lineFeed, end - lineStart < SIPStartLineSearch.maximumLength {
      if let offset = SIPStartLineSearch.offset(bytes, in: lineStart..<end) { return .garbage(length: offset) }
      lineStart = end + 1
      lineFeed = bytes.firstOffset(of: 0x0a, from: lineStart)
    }
    return .garbage(length: lineStart)
  }

  private static func afterStartLine(_ bytes: RawSpan, lineFeed: Int, scanned: Int) -> FramingVerdict {
    let limit = min(bytes.byteCount, maximumMessageLength)
    var offset = max(lineFeed, scanned)
    // Where the look goes on in the middle of the fields, what their front says is read once their end is found.
    let isWhole = offset == lineFeed
    var content = SIPContentFields()
    while offset < limit, let end = bytes.firstOffset(of: 0x0a, in: offset..<limit) {
      if isWhole, end > lineFeed { content.note(bytes, line: offset..<end, before: limit) }
      if let bodyStart = endOfEmptyLine(bytes, at: end &+ 1, before: limit) {
        if !isWhole { content = SIPContentFields(bytes, in: lineFeed + 1..<end + 1) }
        return withBody(bytes, content, lineEnd: end, bodyStart: bodyStart)
      }
      offset = end &+ 1
    }
    // A line end here may be the one before the empty line: the next look begins at it again.
    let last = max(lineFeed, scanned, limit - 2)
    let resume = last < limit ? bytes.firstOffset(of: 0x0a, in: last..<limit) ?? limit : limit
    return limit == maximumMessageLength
      ? .garbage(length: lineFeed + 1) : .incomplete(atLeast: bytes.byteCount + 1, scanned: resume)
  }

  /// The offset behind the line end at `offset`; nil where no line end stands there.
  private static func endOfEmptyLine(_ bytes: RawSpan, at offset: Int, before limit: Int) -> Int? {
    guard offset < limit else { return nil }
    if bytes.byte(at: offset) == 0x0a { return offset + 1 }
    guard bytes.byte(at: offset) == 0x0d, offset + 1 < limit, bytes.byte(at: offset + 1) == 0x0a else { return nil }
    return offset + 2
  }

  /// RFC 3261 section 18.3: on a stream Content-Length says where the message ends; without it, or where it cannot be
  /// believed, the message ends with its headers, and what follows is passed over up to the next start line.
  private static func withBody(
    _ bytes: RawSpan, _ content: SIPContentFields, lineEnd: Int, bodyStart: Int
  ) -> FramingVerdict {
    guard let length = content.length, length <= maximumMessageLength - bodyStart, length > 0 else {
      return .message(length: bodyStart)
    }
    let end = bodyStart + length
    let present = min(end, bytes.byteCount)
    // A Content-Length that is too large swallows the messages behind it: a start line inside a body that is not itself
    // made of SIP messages shows that.
    if !content.mayHoldMessages, let next = startLine(bytes, in: bodyStart..<present) { return .message(length: next) }
    return present == end ? .message(length: end) : .incomplete(atLeast: end, scanned: lineEnd)
  }

  /// The offset of the first whole start line in `bytes`; nil where there is none. For a stream that the capture shows
  /// from its middle on, where the first bytes do not tell its protocol.
  public static func firstStartLine(in bytes: RawSpan) -> Int? {
    startLine(bytes, in: 0..<bytes.byteCount)
  }

  /// The offset of the first whole start line in `range`.
  private static func startLine(_ bytes: RawSpan, in range: Range<Int>) -> Int? {
    var offset = range.lowerBound
    while let version = bytes.firstOffset(of: "SIP/2.0", in: offset..<range.upperBound) {
      let lineStart = startOfLine(bytes, before: version, notBefore: range.lowerBound)
      guard let lineFeed = bytes.firstOffset(of: 0x0a, in: version..<range.upperBound) else { return nil }
      if let found = SIPStartLineSearch.offset(bytes, in: lineStart..<lineFeed) { return found }
      offset = lineFeed + 1
    }
    return nil
  }

  private static func startOfLine(_ bytes: RawSpan, before offset: Int, notBefore limit: Int) -> Int {
    var start = offset
    while start > limit, bytes.byte(at: start - 1) != 0x0a { start -= 1 }
    return start
  }
}
