import CaptureFacts

/// One WebSocket connection with the subprotocol `sip` as both ends write it (RFC 6455, RFC 7118).
struct WebSocketConnection {
  /// Where servers listen; a port that other readers take for HTTP.
  static let port: UInt16 = 8080

  private enum Operation {
    static let continuation: UInt8 = 0
    static let text: UInt8 = 1
    static let ping: UInt8 = 9
    static let last: UInt8 = 0x80
  }

  private var messagesSent = 0

  /// The handshake (RFC 6455 section 1.3): the request and the response.
  mutating func upgrade(
    to server: Endpoint, using random: inout SeededGenerator
  ) -> [(isFromClient: Bool, bytes: [UInt8])] {
    let nonce = (0..<16).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let request = """
      GET / HTTP/1.1\r
      Host: \(server)\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: \(Base64.text(of: nonce))\r
      Sec-WebSocket-Protocol: sip\r
      Sec-WebSocket-Version: 13\r
      \r

      """
    // No reader needs the key's hash to be right.
    let response = """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
      Sec-WebSocket-Protocol: sip\r
      \r

      """
    return [(true, Array(request.utf8)), (false, Array(response.utf8))]
  }

  /// The frames of one message. Every third is in two fragments with a ping between them (RFC 6455 section 5.4).
  mutating func frames(of message: [UInt8], isFromClient: Bool, using random: inout SeededGenerator) -> [UInt8] {
    messagesSent += 1
    guard messagesSent % 3 == 0 else {
      return frame(Operation.text | Operation.last, message[...], isFromClient, &random)
    }
    let middle = message.count / 2
    return frame(Operation.text, message[..<middle], isFromClient, &random)
      + frame(Operation.ping | Operation.last, Array("here".utf8)[...], isFromClient, &random)
      + frame(Operation.continuation | Operation.last, message[middle...], isFromClient, &random)
  }

  private func frame(
    _ first: UInt8, _ payload: ArraySlice<UInt8>, _ isFromClient: Bool, _ random: inout SeededGenerator
  ) -> [UInt8] {
    let isMasked: UInt8 = isFromClient ? 0x80 : 0
    var bytes: [UInt8] = [first]
    switch payload.count {
    case ..<126: bytes.append(isMasked | UInt8(payload.count))
    case ..<65536:
      bytes.append(isMasked | 126)
      bytes.append(bigEndian: UInt16(payload.count))
    default:
      bytes.append(isMasked | 127)
      bytes.append(bigEndian: UInt64(payload.count))
    }
    guard isFromClient else { return bytes + payload }
    var mask: [UInt8] = []
    mask.append(bigEndian: UInt32(truncatingIfNeeded: random.next()))
    return bytes + mask + payload.enumerated().map { $0.element ^ mask[$0.offset & 3] }
  }
}
