import ByteReading
import CaptureFacts

/// Cuts the bytes of a WebSocket connection (RFC 6455) into messages, each of which is one SIP message (RFC 7118 section
/// 5.2). Keeps no state: what it says depends only on the bytes from the front of the stream on.
public enum WebSocketFraming {
  /// How much of a payload is looked at to tell SIP where the frame alone may be chance: a start line is shorter.
  private static let judgedBytes = 512

  /// Looks at the front of `bytes`: a message is all of its frames, with the control frames between them. `scanned` is
  /// what the last `incomplete` verdict about the same front said, or 0. Behind a loss, and where a stream was picked up
  /// in the middle, `isAligned` is false: then only a frame that carries the beginning of a SIP message is believed.
  public static func next(in bytes: RawSpan, resumingAt scanned: Int, isAligned: Bool) -> FramingVerdict {
    if let length = WebSocketUpgrade.headerLength(bytes) {
      // The other direction showed what the connection is; its own handshake is still in front.
      return length > 0 ? .padding(length: length) : .incomplete(atLeast: bytes.byteCount + 1, scanned: 0)
    }
    if !isAligned, !beginsMessage(bytes, at: 0) {
      if let offset = firstMessage(in: bytes, from: 1) { return .garbage(length: offset) }
      // What is behind the last place that was judged may be the beginning of one.
      let passed = bytes.byteCount - judgedBytes - WebSocketFrameHeader.longest
      return passed > 0 ? .garbage(length: passed) : .incomplete(atLeast: bytes.byteCount + 1, scanned: 0)
    }
    var offset = max(0, min(scanned, bytes.byteCount))
    var isBegun = offset > 0
    while true {
      switch WebSocketFrameHeader.read(bytes, at: offset) {
      case .incomplete: return .incomplete(atLeast: bytes.byteCount + 1, scanned: offset)
      case .invalid: return .garbage(length: garbageLength(bytes))
      case .header(let header):
        let end = offset + header.length + header.payloadLength
        switch header.kind {
        case .control where !isBegun:
          return end <= bytes.byteCount ? .padding(length: end) : .incomplete(atLeast: end, scanned: 0)
        case .control: break
        // A message begins with a data frame, and its other frames are continuations (section 5.4).
        case .message where isBegun, .continuation where !isBegun:
          return .garbage(length: isBegun ? offset : garbageLength(bytes))
        case .message, .continuation:
          isBegun = true
          if header.isLast {
            return end <= bytes.byteCount ? .message(length: end) : .incomplete(atLeast: end, scanned: offset)
          }
        }
        guard end <= SIPStreamFraming.maximumMessageLength else { return .garbage(length: garbageLength(bytes)) }
        guard end <= bytes.byteCount else { return .incomplete(atLeast: end, scanned: offset) }
        offset = end
      }
    }
  }

  /// What a message carries, its frames put together and unmasked; nil where it is compressed (RFC 7692).
  public static func payload(of message: RawSpan) -> [UInt8]? {
    var payload: [UInt8] = []
    var offset = 0
    while case .header(let header) = WebSocketFrameHeader.read(message, at: offset) {
      if header.isCompressed { return nil }
      if header.kind != .control { header.appendPayload(of: message, at: offset, to: &payload) }
      offset += header.length + header.payloadLength
    }
    return payload
  }

  /// Whether a frame stands at `offset` in which a SIP message begins.
  public static func beginsMessage(_ bytes: RawSpan, at offset: Int) -> Bool {
    guard case .header(let header) = WebSocketFrameHeader.read(bytes, at: offset), header.kind == .message,
      !header.isCompressed, header.mayBeText(bytes, at: offset)
    else { return false }
    var payload: [UInt8] = []
    header.appendPayload(of: bytes, at: offset, limit: judgedBytes, to: &payload)
    return SIPRecognition.recognise(payload.rawSpan) == .certain
  }

  /// The first place from `start` on where a frame carries the beginning of a SIP message.
  public static func firstMessage(in bytes: RawSpan, from start: Int) -> Int? {
    var offset = start
    while offset < bytes.byteCount {
      let first = bytes.byte(at: offset)
      // FIN or not, text or binary, nothing reserved.
      if first & 0x7f == 1 || first & 0x7f == 2, beginsMessage(bytes, at: offset) { return offset }
      offset += 1
    }
    return nil
  }

  private static func garbageLength(_ bytes: RawSpan) -> Int {
    firstMessage(in: bytes, from: 1) ?? bytes.byteCount
  }
}
