import CaptureFacts
import SharedCaptures
import Testing

@testable import DiameterMessages

@Suite struct DiameterRecognitionTests {
  typealias Written = WrittenMessage

  @Test func aMessageIsUnsureUntilItsFirstAttributeIsSeenAndThenCertain() {
    let bytes = Written.userAuthorizationRequest
    for end in 0...bytes.count {
      #expect(DiameterRecognition.recognise(Array(bytes[..<end]).span.bytes) == (end < 28 ? .unsure : .certain))
    }
  }

  @Test(arguments: [
    ("another version", 0, 2 as UInt8), ("a length not a multiple of four", 3, 0x17),
    ("a length beyond the bound", 1, 0x40),
    ("reserved bits in the header", 4, 0xc1), ("a request with E", 4, 0xe0), ("an answer with T", 4, 0x50),
    ("reserved bits in the AVP", 24, 0x41), ("an AVP longer than the message", 25, 1),
  ])
  func oneOctetMakesItSomethingElse(what: String, place: Int, octet: UInt8) {
    var bytes = Written.userAuthorizationRequest
    bytes[place] = octet
    #expect(DiameterRecognition.recognise(bytes.span.bytes) == .notOurs, Comment(rawValue: what))
  }

  @Test func anUnknownCommandNeedsASecondAttribute() {
    let bytes = Written.message(command: 9_000_000, [Written.attribute(264, "peer"), Written.attribute(296, "realm")])
    #expect(DiameterRecognition.recognise(bytes.span.bytes) == .certain)
    #expect(DiameterRecognition.recognise(Array(bytes[..<36]).span.bytes) == .unsure)
    let broken = Written.message(command: 9_000_000, [Written.attribute(264, "peer"), [0, 0, 0, 0, 0, 0, 0, 8]])
    #expect(DiameterRecognition.recognise(broken.span.bytes) == .notOurs)
  }

  @Test(arguments: [
    "REGISTER sip:example SIP/2.0\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\u{3}", "\u{1}\u{1}\u{0}\u{14}hello",
  ])
  func otherProtocolsAreNotOurs(text: String) {
    #expect(DiameterRecognition.recognise(Array(text.utf8).span.bytes) == .notOurs)
  }

  @Test func noiseIsNotTakenForDiameter() {
    var generator = SeededGenerator(seed: 29_229)
    for _ in 0..<20_000 {
      var bytes = (0..<64).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      bytes[0] = 1
      bytes[1] = 0
      #expect(DiameterRecognition.recognise(bytes.span.bytes) == .notOurs)
    }
  }
}
