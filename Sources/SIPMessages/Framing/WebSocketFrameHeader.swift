import ByteReading

/// The header of one WebSocket frame (RFC 6455 section 5.2).
struct WebSocketFrameHeader {
  /// What a frame carries (section 5.2): a data frame begins or continues a message, a control frame may stand between.
  enum Kind {
    case continuation
    case message
    case control
  }

  /// The most bytes that a header takes: 2, an extended length of 8, a masking key of 4.
  static let longest = 14

  let kind: Kind
  let isLast: Bool
  /// RSV1: the payload is compressed (RFC 7692 section 6).
  let isCompressed: Bool
  /// Four bytes; nil for what a server sends (section 5.1).
  let mask: UInt32?
  /// How many bytes the header takes.
  let length: Int
  /// How many bytes follow it.
  let payloadLength: Int

  /// What is at `offset`.
  enum Verdict {
    case header(WebSocketFrameHeader)
    /// More bytes are needed.
    case incomplete
    /// No frame of a SIP session begins here.
    case invalid
  }

  /// Reads the header at `offset`. Reserved opcodes and bits, control frames in fragments or longer than 125 bytes, and
  /// frames longer than any message are refused (sections 5.2 and 5.5).
  static func read(_ bytes: RawSpan, at offset: Int) -> Verdict {
    guard offset < bytes.byteCount else { return .incomplete }
    let first = bytes.byte(at: offset)
    let kind: Kind
    switch first & 0x0f {
    case 0: kind = .continuation
    case 1, 2: kind = .message
    case 8, 9, 10: kind = .control
    default: return .invalid
    }
    let isLast = first & 0x80 != 0
    let isCompressed = first & 0x40 != 0
    guard first & 0x30 == 0, kind == .message || !isCompressed, kind != .control || isLast else { return .invalid }
    guard offset + 1 < bytes.byteCount else { return .incomplete }
    let second = bytes.byte(at: offset + 1)
    var length = 2
    var payloadLength = Int(second & 0x7f)
    if kind == .control, payloadLength > 125 { return .invalid }
    if payloadLength == 126 {
      guard offset + 4 <= bytes.byteCount else { return .incomplete }
      payloadLength = Int(bytes.bigEndianUInt16(at: offset + 2))
      length = 4
    } else if payloadLength == 127 {
      guard offset + 10 <= bytes.byteCount else { return .incomplete }
      let long = bytes.bigEndianUInt64(at: offset + 2)
      guard long <= UInt64(SIPStreamFraming.maximumMessageLength) else { return .invalid }
      payloadLength = Int(long)
      length = 10
    }
    var mask: UInt32?
    if second & 0x80 != 0 {
      guard offset + length + 4 <= bytes.byteCount else { return .incomplete }
      mask = bytes.bigEndianUInt32(at: offset + length)
      length += 4
    }
    guard payloadLength <= SIPStreamFraming.maximumMessageLength else { return .invalid }
    return .header(
      WebSocketFrameHeader(
        kind: kind, isLast: isLast, isCompressed: isCompressed, mask: mask, length: length,
        payloadLength: payloadLength))
  }

  /// Whether the first bytes of the payload, as far as they are there, are printable or line ends.
  func mayBeText(_ bytes: RawSpan, at offset: Int) -> Bool {
    let start = offset + length
    for index in start..<min(bytes.byteCount, start + min(payloadLength, 4)) {
      let byte = bytes.byte(at: index) ^ maskByte(index - start)
      guard (0x20...0x7e).contains(byte) || byte == 0x0d || byte == 0x0a else { return false }
    }
    return true
  }

  private func maskByte(_ index: Int) -> UInt8 {
    mask.map { UInt8(truncatingIfNeeded: $0 >> UInt32(24 - 8 * (index & 3))) } ?? 0
  }

  /// Appends what is there of the payload, with the masking taken off (section 5.3): at most `limit` bytes.
  func appendPayload(of bytes: RawSpan, at offset: Int, limit: Int = .max, to payload: inout [UInt8]) {
    let start = offset + length
    let end = min(bytes.byteCount, start + min(payloadLength, limit))
    guard start < end else { return }
    guard mask != nil else {
      payload.append(bytes, in: start..<end)
      return
    }
    for index in start..<end { payload.append(bytes.byte(at: index) ^ maskByte(index - start)) }
  }
}
