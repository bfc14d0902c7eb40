import ByteReading
import CaptureFacts
import Testing

@testable import SIPMessages

/// WebSocket frames by the clauses of RFC 6455 and RFC 7118.
struct WebSocketFramingTests {
  private static let options = Array("OPTIONS sip:a@b SIP/2.0\r\nCall-ID: 1\r\n\r\n".utf8)

  /// A frame; masked with a key where one is given.
  private static func frame(_ first: UInt8, _ payload: [UInt8], key: [UInt8]? = nil) -> [UInt8] {
    var bytes = [first]
    let mark: UInt8 = key == nil ? 0 : 0x80
    if payload.count < 126 {
      bytes.append(mark | UInt8(payload.count))
    } else if payload.count < 65536 {
      bytes += [mark | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
    } else {
      bytes += [mark | 127, 0, 0, 0, 0] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: payload.count >> $0) }
    }
    guard let key else { return bytes + payload }
    return bytes + key + payload.enumerated().map { $0.element ^ key[$0.offset % 4] }
  }

  private static func next(_ bytes: [UInt8], resumingAt scanned: Int = 0, isAligned: Bool = true) -> FramingVerdict {
    WebSocketFraming.next(in: bytes.rawSpan, resumingAt: scanned, isAligned: isAligned)
  }

  @Test("the examples of RFC 6455 section 5.7")
  func examples() {
    let hello = Array("Hello".utf8)
    let unmasked: [UInt8] = [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]
    #expect(Self.next(unmasked) == .message(length: 7))
    #expect(WebSocketFraming.payload(of: unmasked.rawSpan) == hello)
    let masked: [UInt8] = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]
    #expect(Self.next(masked) == .message(length: 11))
    #expect(WebSocketFraming.payload(of: masked.rawSpan) == hello)
    let fragments: [UInt8] = [0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f]
    #expect(Self.next(fragments) == .message(length: 9))
    #expect(WebSocketFraming.payload(of: fragments.rawSpan) == hello)
    let ping: [UInt8] = [0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]
    #expect(Self.next(ping) == .padding(length: 7))
    let long = [UInt8](repeating: 0x61, count: 256)
    #expect(Self.frame(0x82, long).prefix(4) == [0x82, 0x7e, 0x01, 0x00])
    #expect(Self.next(Self.frame(0x82, long)) == .message(length: 260))
    let longest = [UInt8](repeating: 0x61, count: 65536)
    #expect(Self.next(Self.frame(0x82, longest)) == .message(length: 65546))
  }

  @Test("control frames may stand between the fragments of a message (section 5.4)")
  func interleavedControl() {
    let bytes =
      Self.frame(0x01, Array("OPT".utf8)) + Self.frame(0x89, [1, 2]) + Self.frame(0x00, Array("ION".utf8))
      + Self.frame(0x8a, []) + Self.frame(0x80, Array("S".utf8))
    #expect(Self.next(bytes) == .message(length: bytes.count))
    #expect(WebSocketFraming.payload(of: bytes.rawSpan) == Array("OPTIONS".utf8))
  }

  @Test("every cut says that more is needed, and the look resumes where it was")
  func cuts() {
    let bytes =
      Self.frame(0x01, Array(Self.options.prefix(20)), key: [1, 2, 3, 4]) + Self.frame(0x89, [1])
      + Self.frame(0x80, Array(Self.options.dropFirst(20)), key: [9, 8, 7, 6])
    var scanned = 0
    for count in 0..<bytes.count {
      guard case .incomplete(let atLeast, let resume) = Self.next(Array(bytes.prefix(count)), resumingAt: scanned)
      else {
        Issue.record("cut at \(count)")
        return
      }
      #expect(atLeast > count && atLeast <= bytes.count && resume >= scanned)
      scanned = resume
    }
    #expect(Self.next(bytes, resumingAt: scanned) == .message(length: bytes.count))
    #expect(WebSocketFraming.payload(of: bytes.rawSpan) == Self.options)
  }

  @Test(
    "what no frame may be is garbage",
    arguments: [
      ([0x91, 0x00], "RSV3"), ([0x83, 0x00], "a reserved opcode"), ([0x8b, 0x00], "a reserved control opcode"),
      ([0x09, 0x00], "a control frame in fragments"), ([0x89, 0x7e, 0x00, 0x80], "a control frame too long"),
      ([0x80, 0x00], "a continuation of nothing"),
      ([0x81, 0x7f, 0x00, 0x00, 0x00, 0x01, 0, 0, 0, 0], "4 GiB"),
    ] as [([UInt8], String)])
  func invalid(bytes: [UInt8], name: String) {
    #expect(Self.next(bytes) == .garbage(length: bytes.count), "\(name)")
  }

  @Test("behind a loss, the next frame with a SIP message is found", arguments: [nil, [0xa5, 0x01, 0xff, 0x42]])
  func resynchronisation(key: [UInt8]?) {
    let rest = Array("; tag=5\r\nCall-ID: of a message that was cut\r\n\r\n".utf8)
    let whole = Self.frame(0x81, Self.options, key: key)
    #expect(Self.next(rest + whole, isAligned: false) == .garbage(length: rest.count))
    #expect(Self.next(whole, isAligned: false) == .message(length: whole.count))
  }

  @Test("a compressed message is not opened (RFC 7692 section 6)")
  func compression() {
    let bytes: [UInt8] = [0xc1, 0x07, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]
    #expect(Self.next(bytes) == .message(length: 9))
    #expect(WebSocketFraming.payload(of: bytes.rawSpan) == nil)
  }

  @Test(
    "the handshake names SIP (RFC 7118 section 4.1)",
    arguments: [
      ("Sec-WebSocket-Protocol: sip", true), ("sec-websocket-protocol:SIP", true),
      ("Sec-WebSocket-Protocol: xmpp, sip", true), ("Sec-WebSocket-Protocol: sips", false),
      ("Sec-WebSocket-Protocol: msrp", false), ("X-Sec-WebSocket-Protocol: sip", false), ("Host: sip", false),
    ])
  func handshake(field: String, isForSIP: Bool) {
    for start in ["GET /chat HTTP/1.1", "HTTP/1.1 101 Switching Protocols"] {
      let bytes = Array("\(start)\r\nUpgrade: websocket\r\n\(field)\r\n\r\n".utf8)
      #expect(WebSocketUpgrade.headerLength(bytes.rawSpan) == bytes.count)
      #expect(WebSocketUpgrade.isForSIP(bytes.rawSpan, length: bytes.count) == isForSIP)
      #expect(WebSocketUpgrade.headerLength(Array(bytes.dropLast()).rawSpan) == 0)
      #expect(Self.next(bytes) == .padding(length: bytes.count))
    }
    #expect(WebSocketUpgrade.headerLength(Self.options.rawSpan) == nil)
  }
}
