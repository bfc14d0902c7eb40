import ByteReading

/// A message of MSRP as `MessageSessionFraming` cut it (RFC 4975 section 7): what of it is counted.
struct MessageSessionMessage {
  /// What it is.
  enum Kind: Equatable {
    /// A chunk of a message, with the octets of its body.
    case send(octets: Int)
    /// What became of a message: the status of its Status header.
    case report(status: UInt16)
    /// A response to a chunk.
    case response(status: UInt16)
    case other
  }

  let kind: Kind
  /// `$` behind the last chunk of a message, `+` where more follow, `#` where it was given up.
  let continuation: UInt8

  init?(_ bytes: RawSpan) {
    guard let line = MessageSessionFraming.startLine(bytes), bytes.byteCount > 12 else { return nil }
    continuation = bytes.byte(at: bytes.byteCount - 3)
    // The end line: line end, hyphens, identifier, flag, line end.
    let end = bytes.byteCount - line.identifier.count - 12
    let headers = line.rest.upperBound..<max(line.rest.upperBound, end + 2)
    let word = line.rest.prefix { bytes.byte(at: $0) != UInt8(ascii: " ") }
    if let status = MessageSessionMessage.number(bytes, word) {
      kind = .response(status: status)
    } else if bytes.hasBytes("SEND", at: word.startIndex), word.count == 4 {
      let blank = bytes.firstOffset(of: "\r\n\r\n", in: headers)
      kind = .send(octets: blank.map { max(0, end - $0 - 4) } ?? 0)
    } else if bytes.hasBytes("REPORT", at: word.startIndex), word.count == 6 {
      kind = .report(status: MessageSessionMessage.reportedStatus(bytes, headers))
    } else {
      kind = .other
    }
  }

  /// `Status: 000 413 Too long` (RFC 4975 section 7.1.2): the name space, then the code; 0 where there is none.
  private static func reportedStatus(_ bytes: RawSpan, _ headers: Range<Int>) -> UInt16 {
    guard let name = bytes.firstOffset(of: "\r\nStatus:", in: headers) else { return 0 }
    let line = name + 9..<(bytes.firstOffset(of: "\r\n", in: name + 9..<bytes.byteCount) ?? bytes.byteCount)
    let words = line.split { bytes.byte(at: $0) == UInt8(ascii: " ") }
    guard words.count >= 2, let first = words[1].first, let last = words[1].last else { return 0 }
    return number(bytes, first..<last + 1) ?? 0
  }

  private static func number(_ bytes: RawSpan, _ range: Range<Int>) -> UInt16? {
    guard range.count == 3 else { return nil }
    var number: UInt16 = 0
    for place in range {
      let digit = bytes.byte(at: place) &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      number = number * 10 + UInt16(digit)
    }
    return number
  }
}
