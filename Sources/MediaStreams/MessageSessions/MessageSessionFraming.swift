import ByteReading
import CaptureFacts

/// Where a message of MSRP ends in a stream (RFC 4975 section 7.1): behind the line of seven hyphens and its transaction
/// identifier.
public enum MessageSessionFraming {
  /// The longest message: senders cut bodies to 2048 octets or interrupt longer chunks (RFC 4975 section 5.1).
  public static let maximumLength = 1 << 17

  /// RFC 4975 section 9: an identifier has 4 to 32 characters, a comment behind a status may follow.
  private static let longestStartLine = 256
  private static let prefix: StaticString = "MSRP "
  private static let endLine: StaticString = "\r\n-------"

  /// Whether a message begins at the front: `MSRP identifier SEND`, or a status of three digits.
  public static func begins(_ bytes: RawSpan) -> Bool { startLine(bytes) != nil }

  /// The identifier and what follows it in the start line; nil where there is none.
  static func startLine(_ bytes: RawSpan) -> (identifier: Range<Int>, rest: Range<Int>)? {
    guard bytes.byteCount > 12, bytes.hasBytes(prefix, at: 0) else { return nil }
    let end = min(bytes.byteCount, longestStartLine)
    guard let line = bytes.firstOffset(of: "\r\n", in: 0..<end),
      let space = bytes.firstOffset(of: UInt8(ascii: " "), in: 5..<line), (4...32).contains(space - 5),
      line - space > 3
    else { return nil }
    let rest = space + 1..<line
    let word = rest.prefix { bytes.byte(at: $0) != UInt8(ascii: " ") }
    let isMethod =
      word.count >= 3 && word.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes.byte(at: $0)) }
    let isStatus =
      word.count == 3 && word.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes.byte(at: $0)) }
    return isMethod || isStatus ? (5..<space, rest) : nil
  }

  /// What stands at the front of a stream of MSRP.
  public static func next(in bytes: RawSpan, resumingAt scanned: Int) -> FramingVerdict {
    guard let line = startLine(bytes) else {
      if bytes.byteCount < longestStartLine, bytes.byteCount < 5 || bytes.hasBytes(prefix, at: 0),
        bytes.firstOffset(of: "\r\n", in: 0..<bytes.byteCount) == nil
      {
        return .incomplete(atLeast: bytes.byteCount + 1, scanned: 0)
      }
      let next = bytes.firstOffset(of: "\r\nMSRP ", in: 0..<bytes.byteCount)
      return .garbage(length: next.map { $0 + 2 } ?? max(1, bytes.byteCount - 6))
    }
    // The end line may be cut where the look before ended.
    var start = max(line.rest.upperBound, scanned - 48)
    while let found = bytes.firstOffset(of: endLine, in: start..<bytes.byteCount) {
      let identifier = found + 9..<found + 9 + line.identifier.count
      guard identifier.upperBound + 3 <= bytes.byteCount else { break }
      if zip(identifier, line.identifier).allSatisfy({ bytes.byte(at: $0) == bytes.byte(at: $1) }),
        bytes.hasBytes("\r\n", at: identifier.upperBound + 1)
      {
        return .message(length: identifier.upperBound + 3)
      }
      start = found + 9
    }
    guard bytes.byteCount <= maximumLength else { return .garbage(length: bytes.byteCount - 6) }
    return .incomplete(atLeast: bytes.byteCount + 1, scanned: bytes.byteCount)
  }
}
