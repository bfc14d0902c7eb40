import ByteReading

/// Recognises the handshake that turns HTTP into a WebSocket connection with the subprotocol `sip` (RFC 6455 section 4,
/// RFC 7118 section 4).
public enum WebSocketUpgrade {
  /// How long a handshake may be before it is no longer waited for: cookies make it long.
  static let maximumLength = 16_384

  private static let beginnings = ["GET ", "HTTP/1.1 "].map { Array($0.utf8) }

  /// Whether `bytes` may begin with a request or response of HTTP/1.1; where they do, the length of its header, or 0
  /// where its end is not there yet. Nil for anything else.
  public static func headerLength(_ bytes: RawSpan) -> Int? {
    guard bytes.byteCount > 0 else { return nil }
    let begins = beginnings.contains { beginning in
      for (offset, byte) in beginning.enumerated() where offset < bytes.byteCount {
        if bytes.byte(at: offset) != byte { return false }
      }
      return true
    }
    guard begins else { return nil }
    let searched = min(bytes.byteCount, maximumLength)
    if let end = bytes.firstOffset(of: "\r\n\r\n", in: 0..<searched) { return end + 4 }
    return searched < maximumLength ? 0 : nil
  }

  /// Whether the header in the first `length` bytes agrees on SIP: `Sec-WebSocket-Protocol` names it, alone in the
  /// response, among others in the request.
  public static func isForSIP(_ bytes: RawSpan, length: Int) -> Bool {
    var line = 0
    while line < length, let end = bytes.firstOffset(of: 0x0a, in: line..<length) {
      if isProtocolField(bytes, in: line..<end), namesSIP(bytes, in: line + fieldName.count..<end) { return true }
      line = end + 1
    }
    return false
  }

  private static let fieldName = Array("sec-websocket-protocol:".utf8)

  private static func isProtocolField(_ bytes: RawSpan, in line: Range<Int>) -> Bool {
    guard line.count > fieldName.count else { return false }
    for (offset, expected) in fieldName.enumerated() {
      let byte = bytes.byte(at: line.lowerBound + offset)
      let lower = (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
      if lower != expected { return false }
    }
    return true
  }

  /// Whether one of the tokens, which commas part, is `sip`.
  private static func namesSIP(_ bytes: RawSpan, in value: Range<Int>) -> Bool {
    var token: [UInt8] = []
    for offset in value {
      let byte = bytes.byte(at: offset)
      switch byte {
      case UInt8(ascii: ","):
        if token == Array("sip".utf8) { return true }
        token = []
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default: token.append((0x41...0x5a).contains(byte) ? byte | 0x20 : byte)
      }
    }
    return token == Array("sip".utf8)
  }
}
