import ByteReading
import CaptureFacts

/// Tells SIP by its content, whatever the port.
public enum SIPRecognition {
  /// The longest run of line ends before a start line that is looked over: keep-alives are two or four bytes
  /// (RFC 5626 section 3.5.1).
  private static let leadingLineEnds = 64

  /// Judges the first bytes of a datagram or a stream: a request line or a status line (RFC 3261 sections 7.1 and 7.2),
  /// line ends before it allowed (section 7.5). `unsure` where the first line has no end yet and may become one.
  public static func recognise(_ bytes: RawSpan) -> Recognition {
    var start = 0
    while start < bytes.byteCount, bytes.byte(at: start) == 0x0d || bytes.byte(at: start) == 0x0a {
      start += 1
      if start > leadingLineEnds { return .notOurs }
    }
    guard start < bytes.byteCount else { return .unsure }
    // Most of what is not SIP shows it in its first byte.
    guard bytes.byte(at: start).isTokenCharacter else { return .notOurs }
    guard SIPStartLineSearch.mayBegin(bytes, in: start..<min(bytes.byteCount, start + 64)) else { return .notOurs }
    let searchEnd = min(bytes.byteCount, start + SIPStartLineSearch.maximumLength)
    guard let lineFeed = bytes.firstOffset(of: 0x0a, in: start..<searchEnd) else {
      return searchEnd == bytes.byteCount && SIPStartLineSearch.mayBegin(bytes, in: start..<searchEnd)
        ? .unsure : .notOurs
    }
    return SIPStartLineSearch.offset(bytes, in: start..<lineFeed) == start ? .certain : .notOurs
  }
}
