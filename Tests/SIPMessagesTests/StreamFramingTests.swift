import ByteReading
import CaptureFacts
import SIPMessages
import SharedCaptures
import Testing

@Suite("Stream framing: RFC 3261 sections 7.5 and 18.3")
struct StreamFramingTests {
  /// Feeds a stream in pieces and collects what framing says, as a reassembler does.
  struct Stream {
    var buffer: [UInt8] = []
    var scanned = 0
    var awaited = 1
    var messages: [[UInt8]] = []
    var garbage = 0
    var padding = 0
    var looks = 0

    mutating func feed(_ bytes: some Sequence<UInt8>) {
      buffer += bytes
      while buffer.count >= awaited {
        looks += 1
        switch SIPStreamFraming.next(in: buffer.span.bytes, resumingAt: scanned) {
        case .message(let length):
          messages.append(Array(buffer[..<length]))
          drop(length)
        case .garbage(let length):
          garbage += length
          drop(length)
        case .padding(let length):
          padding += length
          drop(length)
        case .incomplete(let atLeast, let scanned):
          #expect(atLeast > buffer.count && scanned <= buffer.count)
          self.scanned = scanned
          awaited = atLeast
        }
      }
    }

    private mutating func drop(_ length: Int) {
      #expect(length > 0 && length <= buffer.count)
      buffer.removeFirst(max(length, 1))
      scanned = 0
      awaited = 1
    }
  }

  static func message(_ number: Int, body: String, length: String?, compact: Bool = false) -> [UInt8] {
    let field = length.map { "\(compact ? "l" : "Content-Length"): \($0)\r\n" } ?? ""
    let start = number % 3 == 0 ? "SIP/2.0 200 OK" : "MESSAGE sip:u\(number)@example.com SIP/2.0"
    return Array(
      "\(start)\r\nCall-ID: \(number)\r\nSubject: folded\r\n  SIP/2.0 \(number)\r\n\(field)CSeq: 1 MESSAGE\r\n\r\n\(body)"
        .utf8)
  }

  static func plain(_ number: Int, body: String) -> [UInt8] {
    message(number, body: body, length: "\(body.utf8.count)", compact: number % 2 == 0)
  }

  static let bodies = [
    "", "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n", "<a>\r\n\r\n</a>", "no line end", "\r\n\r\n\r\n", "x",
  ]

  @Test(
    "messages, keep-alives and garbage between them: the same messages wherever the stream is cut", arguments: 0..<60)
  func cutAnywhere(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var stream: [UInt8] = []
    var expected: [[UInt8]] = []
    for number in 0..<Int.random(in: 1...12, using: &random) {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: stream += Array("\r\n\r\n".utf8)
      case 1:
        stream += (0..<Int.random(in: 1...80, using: &random)).map { _ in UInt8.random(in: 128...255, using: &random) }
        stream += Array("\r\n".utf8)
      default: break
      }
      let message = Self.plain(number, body: Self.bodies.randomElement(using: &random) ?? "")
      stream += message
      expected.append(message)
    }
    for _ in 0..<10 {
      var cut = Stream()
      var rest = stream[...]
      while !rest.isEmpty {
        let length = min(rest.count, Int.random(in: 1...300, using: &random))
        cut.feed(rest.prefix(length))
        rest = rest.dropFirst(length)
      }
      #expect(cut.messages == expected)
      #expect(cut.messages.reduce(0) { $0 + $1.count } + cut.garbage + cut.padding + cut.buffer.count == stream.count)
    }
  }

  @Test("arbitrary bytes with pieces of messages: cuts change nothing, and no byte is lost", arguments: 0..<60)
  func arbitrary(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) + 1000)
    var stream: [UInt8] = []
    for number in 0..<8 {
      var message = Self.plain(number, body: Self.bodies.randomElement(using: &random) ?? "")
      for _ in 0..<Int.random(in: 0...2, using: &random) where message.count > 4 {
        let start = Int.random(in: 0..<message.count - 1, using: &random)
        message.removeSubrange(start..<min(message.count, start + Int.random(in: 1...40, using: &random)))
      }
      stream += message
    }
    var whole = Stream()
    whole.feed(stream)
    for size in [1, 2, 3, 7, 100] {
      var cut = Stream()
      var rest = stream[...]
      while !rest.isEmpty {
        cut.feed(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
      #expect(cut.messages == whole.messages)
      #expect(cut.garbage + cut.padding == whole.garbage + whole.padding && cut.buffer == whole.buffer)
    }
  }

  @Test("one byte at a time costs one look for each byte at most, and no look while a body comes")
  func linear() {
    let body = String(repeating: "a", count: 20_000)
    var stream = Stream()
    for byte in Self.plain(1, body: body) { stream.feed([byte]) }
    #expect(stream.messages.count == 1 && stream.looks < 200)
  }

  @Test("what Content-Length says, as RFC 3261 section 18.3 and RFC 4475 sections 3.1.2.2 and 3.1.2.3 have it")
  func contentLength() {
    let next = Self.plain(7, body: "x")
    let cases: [(String, [UInt8], messages: Int, garbage: Int)] = [
      ("absent: no body, what follows is passed over", Self.message(1, body: "lost body\r\n", length: nil), 2, 11),
      ("negative: as absent", Self.message(1, body: "lost body\r\n", length: "-999"), 2, 11),
      ("too small: the rest is passed over", Self.message(1, body: "0123456789", length: "4"), 2, 6),
      ("too large: ends where the next start line begins", Self.message(1, body: "v=0\r\n", length: "60"), 2, 0),
      ("beyond the bound: not believed", Self.message(1, body: "lost body\r\n", length: "99999999999999999999"), 2, 11),
      ("compact", Self.message(1, body: "abc", length: "3", compact: true), 2, 0),
      ("folded", Self.message(1, body: "abc", length: "\r\n 3"), 2, 0),
    ]
    for (name, first, messages, garbage) in cases {
      var stream = Stream()
      stream.feed(first + next)
      #expect(stream.messages.count == messages && stream.messages.last == next, "\(name)")
      #expect(stream.garbage == garbage, "\(name)")
    }
  }

  @Test("a message that is whole in its stream is what framing cuts there", arguments: 0..<40)
  func wholeInStream(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "\r\n", "\n", "\r", " ", "SIP/2.0", "SIP/2.0 200 OK", "l: 4\r\n", "\r\n\r\n", "Content-Length", ":", "\t", "0",
      "x",
    ]
    for number in 0..<200 {
      let original = Self.plain(number, body: Self.bodies.randomElement(using: &random) ?? "")
      let whole = try parse(original)
      #expect(whole.isWholeInStream)
      var changed = original
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<changed.count, using: &random)
        let end = min(changed.count, place + Int.random(in: 0...3, using: &random))
        changed.replaceSubrange(place..<end, with: Array((pieces.randomElement(using: &random) ?? "").utf8))
      }
      for bytes in [original, changed, changed + original] {
        guard let message = try? parse(bytes), message.isWholeInStream else { continue }
        #expect(SIPStreamFraming.next(in: bytes.span.bytes, resumingAt: 0) == .message(length: bytes.count))
      }
    }
  }

  @Test("a sipfrag body holds a start line and is no message of its own (RFC 3420)")
  func sipfrag() {
    let body = "SIP/2.0 100 Trying\r\n"
    let notify = Array(
      "NOTIFY sip:a@b SIP/2.0\r\nContent-Type: message/sipfrag;version=2.0\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        .utf8)
    var stream = Stream()
    stream.feed(notify + Self.plain(3, body: ""))
    #expect(stream.messages.count == 2 && stream.messages.first == notify)
  }

  @Test("a stream picked up in the middle of a body or of header fields finds the next start line")
  func middle() {
    let next = Self.plain(1, body: "x")
    for front in [
      "=sendrecv\r\n", "</xml>", "q=0.5\r\nContent-Length: 0\r\n\r\n", "Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\n\r\n",
      #"Warning: 399 a "SIP/2.0 404 quoted"\#r\#n\#r\#n"#,
    ] {
      var stream = Stream()
      stream.feed(Array(front.utf8) + next)
      #expect(stream.messages == [next], "\(front)")
      #expect(
        SIPStreamFraming.firstStartLine(in: (Array(front.utf8) + next).span.bytes) == front.utf8.count, "\(front)")
    }
  }

  @Test("header fields without end are given up at the bound, in time that grows with their length only")
  func bounded() {
    var stream = Stream()
    stream.feed(Array("INVITE sip:a@b SIP/2.0\r\n".utf8))
    let line = Array("X: 0123456789012345678901234567890123456789\r\n".utf8)
    for _ in 0..<(2 * SIPStreamFraming.maximumMessageLength / line.count) { stream.feed(line) }
    #expect(stream.messages.isEmpty && stream.garbage > SIPStreamFraming.maximumMessageLength)
    #expect(stream.buffer.count < 8192)
  }

  @Test("recognition by content")
  func recognition() {
    let cases: [(String, Recognition)] = [
      ("INVITE sip:a@b SIP/2.0\r\n", .certain), ("\r\n\r\nSIP/2.0 200 OK\r\n", .certain),
      ("SIP/2.0 100 \r\n", .certain),
      ("NEW sip:a SIP/2.0\r\n", .certain), ("INVITE tel:+1 SIP/2.0\r\nTo", .certain), ("", .unsure), ("\r\n", .unsure),
      ("INV", .unsure), ("INVITE sip:a@b SIP/2", .unsure), ("SIP/2", .unsure), ("SIP/2.0 20", .unsure),
      ("GET / HTTP/1.1\r\n", .notOurs), ("HTTP/1.1 200 OK\r\n", .notOurs), ("OPTIONS rtsp://a RTSP/1.0\r\n", .notOurs),
      ("RTSP/1.0 200 OK\r\n", .notOurs), ("OPTIONS * HTTP/1.1\r\n", .notOurs), ("SSH-2.0-x\r\n", .notOurs),
      ("NOTIFY * HTTP/1.1\r\n", .notOurs), ("M-SEARCH * HTTP/1.1\r\n", .notOurs), ("\u{0}\u{0}", .notOurs),
      ("220 mail ESMTP\r\n", .notOurs), ("MSRP d93kswow SEND\r\n", .notOurs), ("SIP/2.0/UDP a\r\n", .notOurs),
    ]
    for (text, expected) in cases {
      #expect(SIPRecognition.recognise(Array(text.utf8).span.bytes) == expected, "\(text)")
    }
    #expect(SIPRecognition.recognise([UInt8](repeating: 0x41, count: 20_000).span.bytes) == .notOurs)
    #expect(SIPRecognition.recognise([0x80, 0x08, 0x12, 0x34].span.bytes) == .notOurs)
  }
}
