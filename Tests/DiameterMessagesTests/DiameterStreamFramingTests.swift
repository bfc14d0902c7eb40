import CaptureFacts
import SharedCaptures
import Testing

@testable import DiameterMessages

/// Messages in a byte stream, however it is cut, and in front of them what is none.
@Suite struct DiameterStreamFramingTests {
  typealias Written = WrittenMessage

  static let stream = [
    Written.userAuthorizationRequest,
    Written.message(flags: 0x40, [Written.attribute(268, 2001)]),
    Written.message(flags: 0x80, command: 280, application: 0, [Written.attribute(264, "peer.example")]),
    Written.message(
      flags: 0x40, command: 301, [Written.attribute(606, vendor: 10415, [UInt8](repeating: 1, count: 6000))]),
  ]

  /// Feeds a stream in pieces as reassembly does, and returns the messages, the bytes passed over and the looks taken.
  func framed(_ pieces: [[UInt8]]) -> (messages: [[UInt8]], garbage: Int, looks: Int) {
    var (messages, garbage, looks) = ([[UInt8]](), 0, 0)
    var buffer: [UInt8] = []
    var (needed, scanned) = (1, 0)
    for piece in pieces {
      buffer += piece
      while buffer.count >= needed {
        looks += 1
        switch DiameterStreamFraming.next(in: buffer.span.bytes, resumingAt: scanned) {
        case .message(let length):
          messages.append(Array(buffer[..<length]))
          buffer.removeFirst(length)
          (needed, scanned) = (1, 0)
        case .incomplete(let atLeast, let reached):
          guard atLeast > buffer.count else {
            Issue.record("asks for \(atLeast) bytes and has \(buffer.count)")
            return (messages, garbage, looks)
          }
          (needed, scanned) = (atLeast, reached)
        case .padding(let length), .garbage(let length):
          guard length > 0, length <= buffer.count else {
            Issue.record("passes over \(length) of \(buffer.count) bytes")
            return (messages, garbage, looks)
          }
          garbage += length
          buffer.removeFirst(length)
          (needed, scanned) = (1, 0)
        }
      }
    }
    return (messages, garbage, looks)
  }

  @Test func severalMessagesInOnePieceComeApart() {
    let result = framed([Self.stream.flatMap(\.self)])
    #expect(result.messages == Self.stream && result.garbage == 0)
  }

  @Test func oneByteAtATimeCostsAFewLooksForEachMessage() {
    let result = framed(Self.stream.flatMap(\.self).map { [$0] })
    #expect(result.messages == Self.stream && result.garbage == 0)
    #expect(result.looks <= 4 * Self.stream.count)
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func anyCutGivesTheSame(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var rest = Self.stream.flatMap(\.self)[...]
    var pieces: [[UInt8]] = []
    while !rest.isEmpty {
      let length = Int.random(in: 1...min(rest.count, 400), using: &generator)
      pieces.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    let result = framed(pieces)
    #expect(result.messages == Self.stream && result.garbage == 0)
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func garbageIsPassedOverAndCounted(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let garbage = (0..<Int.random(in: 1...300, using: &generator)).map { _ in
      let octet = UInt8.random(in: .min ... .max, using: &generator)
      return octet == 1 ? 2 : octet
    }
    let result = framed([garbage, Self.stream.flatMap(\.self)])
    #expect(result.messages == Self.stream && result.garbage == garbage.count)
  }

  @Test func aStreamPickedUpInTheMiddleIsReadFromTheNextMessageOn() {
    let tail = Array(Self.stream[0].dropFirst(50))
    let result = framed([tail + Self.stream[2] + Self.stream[3]])
    #expect(result.messages == [Self.stream[2], Self.stream[3]] && result.garbage == tail.count)
  }

  @Test func hostileStreamsCostLinearTime() {
    let ones = [UInt8](repeating: 1, count: 200_000)
    let result = framed([ones])
    #expect(result.garbage + result.messages.count <= ones.count && result.looks < 20_000)
  }

  @Test func anUnknownCommandIsFramedInStep() {
    let unknown = Written.message(command: 12_345_678, [Written.attribute(264, "peer.example")])
    #expect(framed([unknown + Self.stream[1]]).messages == [unknown, Self.stream[1]])
  }

  @Test func aBrokenFirstAttributeCostsOneMessage() {
    let broken = Written.message(command: 300, [[0, 0, 1, 7, 0x40, 0, 0, 2]])
    #expect(framed([broken + Self.stream[1]]).messages == [broken, Self.stream[1]])
  }

  @Test func aLengthBeyondTheBoundIsNoMessage() {
    let bytes: [UInt8] = [1, 0x20, 0, 0, 0x80, 0, 1, 0x2c] + [UInt8](repeating: 0, count: 12)
    #expect(DiameterStreamFraming.next(in: bytes.span.bytes, resumingAt: 0) == .garbage(length: 20))
  }
}
