import ByteReading
import CaptureFacts
import Testing

@testable import MediaStreams

/// MSRP in a stream (RFC 4975).
@Suite struct MessageSessionTests {
  // RFC 4975 section 4, shortened.
  private static let send =
    "MSRP a786hjs2 SEND\r\nTo-Path: msrp://biloxi.example.com:12763/kjhd37s2s20w2a;tcp\r\n"
    + "From-Path: msrp://atlanta.example.com:7654/jshA7weztas;tcp\r\nMessage-ID: 87652491\r\nByte-Range: 1-25/25\r\n"
    + "Content-Type: text/plain\r\n\r\nHey Bob, are you there?\r\n-------a786hjs2$\r\n"
  private static let response = "MSRP a786hjs2 200 OK\r\nTo-Path: msrp://a:1/b;tcp\r\n-------a786hjs2$\r\n"

  private func verdict(_ text: String, resumingAt scanned: Int = 0) -> FramingVerdict {
    let bytes = Array(text.utf8)
    return MessageSessionFraming.next(in: bytes.rawSpan, resumingAt: scanned)
  }

  private func kind(_ text: String) -> MessageSessionMessage.Kind? {
    let bytes = Array(text.utf8)
    return MessageSessionMessage(bytes.rawSpan)?.kind
  }

  @Test("a message ends at its end line, wherever it is cut", arguments: [send, response])
  func framing(text: String) {
    #expect(verdict(text + MessageSessionTests.response) == .message(length: text.utf8.count))
    var scanned = 0
    for end in 1..<text.utf8.count {
      let part = String(decoding: Array(text.utf8)[..<end], as: UTF8.self)
      guard case .incomplete(let atLeast, let looked) = verdict(part, resumingAt: scanned) else {
        Issue.record("\(end): \(verdict(part))")
        return
      }
      #expect(atLeast > end && looked <= end)
      scanned = looked
      _ = kind(part)
    }
    #expect(verdict(text, resumingAt: scanned) == .message(length: text.utf8.count))
  }

  @Test("what is none is passed over, up to the next one") func garbage() {
    #expect(verdict("lost\r\n-------x$\r\n" + MessageSessionTests.send) == .garbage(length: 17))
    #expect(verdict("GET / HTTP/1.1\r\n\r\n") == .garbage(length: 12))
    #expect(verdict("MSRP abc nonsense\r\n" + MessageSessionTests.send) == .garbage(length: 19))
    let long = "MSRP a786hjs2 SEND\r\n\r\n" + String(repeating: "x", count: MessageSessionFraming.maximumLength)
    #expect(verdict(long) == .garbage(length: long.utf8.count - 6))
  }

  @Test(
    "what a message is",
    arguments: [
      (send, MessageSessionMessage.Kind.send(octets: 23)), (response, .response(status: 200)),
      ("MSRP abcd SEND\r\nTo-Path: x\r\n-------abcd$\r\n", .send(octets: 0)),
      ("MSRP abcd REPORT\r\nStatus: 000 413 Too long\r\n-------abcd$\r\n", .report(status: 413)),
      ("MSRP abcd REPORT\r\nByte-Range: 1-1/1\r\n-------abcd$\r\n", .report(status: 0)),
      ("MSRP abcd 481 \r\n-------abcd$\r\n", .response(status: 481)), ("MSRP abcd AUTH\r\n-------abcd$\r\n", .other),
    ])
  func kinds(text: String, expected: MessageSessionMessage.Kind) {
    #expect(verdict(text) == .message(length: text.utf8.count))
    #expect(kind(text) == expected)
  }

  @Test("more sessions than there is room for are told early, none twice") func room() {
    var table = MediaStreamTable()
    let bytes = Array(MessageSessionTests.send.utf8)
    let count = MessageSessionTable.limit + 10
    for index in 0..<count {
      let source = Endpoint(address: IPAddress(v4: UInt32(index)), port: 2855)
      table.receive(
        messageSession: bytes.rawSpan, MediaPackets.arrival(Double(index), from: source, to: MediaPackets.callee))
    }
    let evictions = table.takeEvictions().count
    table.finish()
    let closed = table.takeClosed()
    #expect(evictions == 1 && closed.count == count)
    #expect(closed.allSatisfy { $0.messageSession?.messages == 1 && $0.octets == 23 })
  }
}
