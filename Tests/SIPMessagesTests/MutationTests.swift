import Foundation
import ByteReading
import CaptureFacts
import SIPMessages
import SharedCaptures
import Testing

@Suite("Hostile bytes: nothing that a capture may hold traps", .needsSharedCaptures)
struct MutationTests {
  /// Reads everything that can be asked of a message.
  static func readAll(_ bytes: [UInt8]) {
    _ = SIPRecognition.recognise(bytes.span.bytes)
    _ = SIPStreamFraming.firstStartLine(in: bytes.span.bytes)
    var offset = 0
    var scanned = 0
    while offset < bytes.count {
      let rest = Array(bytes[offset...])
      switch SIPStreamFraming.next(in: rest.span.bytes, resumingAt: scanned) {
      case .message(let length), .garbage(let length), .padding(let length):
        #expect(length > 0 && length <= rest.count)
        offset += max(1, length)
        scanned = 0
      case .incomplete(let atLeast, let reached):
        #expect(atLeast > rest.count)
        scanned = reached
        offset = bytes.count
      }
    }
    guard let message = try? parse(bytes) else { return }
    _ = message.examined()
    #expect(message.vias().count == message.viaCount)
    for name in SIPHeaderName.allCases {
      for value in message.values(name) {
        _ = message.text(value)
        _ = message.identity(value)
        _ = message.parameter("tag", in: value)
      }
      for address in message.addresses(name) { _ = message.identity(address.uri) + message.text(address.parameters) }
      for credentials in message.credentials(name) { _ = credentials.decodedNonce(in: message.span) }
    }
    for contact in message.contacts() { _ = contact.isWildcard(in: message.span) }
    for entry in message.history() { _ = entry.cause(in: message.span) }
    _ = (
      message.securityServers(), message.reasons(), message.warnings(), message.accessNetworks(), message.diversions()
    )
    _ = (message.retryAfter, message.rack, message.sessionExpires, message.chargingVector, message.replaces)
    for part in message.bodyParts() { _ = message.text(part.content) }
    guard let description = message.sessionDescription() else { return }
    for format in description.media.flatMap(\.formats) { _ = format.codec(in: message.span) }
  }

  static let originals: [[UInt8]] = {
    let torture = SharedCaptures.files(in: "rfc4475", endingIn: [".dat"]).compactMap {
      try? [UInt8](Data(contentsOf: $0))
    }
    let captured = CapturedMessage.all.enumerated().filter { $0.offset % 60 == 0 }.map(\.element.bytes)
    return torture + captured + [Array(SIPMessageTests.invite.utf8)]
  }()

  static let interesting = Array("\r\n\t ;,:<>\"\\=/@[]?%()0*".utf8) + [0, 0x7f, 0x80, 0xff]

  @Test("bytes replaced, removed, doubled, cut", arguments: 0..<24)
  func mutated(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    for original in Self.originals where original.count > 4 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...8, using: &random) where bytes.count > 4 {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
        case 1: bytes[place] = Self.interesting.randomElement(using: &random) ?? 0
        case 2: bytes.insert(Self.interesting.randomElement(using: &random) ?? 0, at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...30, using: &random)))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
        }
      }
      Self.readAll(bytes)
    }
  }

  @Test("one message cut at every length")
  func cut() {
    let bytes = Array(SIPMessageTests.invite.utf8)
    for length in 0...bytes.count { Self.readAll(Array(bytes.prefix(length))) }
  }

  @Test("ranges from elsewhere are cut to the message")
  func foreignRanges() throws {
    let message = try parse(SIPMessageTests.invite)
    var backwards = ByteRange(10, 50)
    swap(&backwards.start, &backwards.end)
    for range in [ByteRange(0, 1 << 20), ByteRange(1 << 20, 1 << 21), backwards] {
      _ = message.text(range) + message.identity(range)
      _ = message.parameter("a", in: range)
      _ = SIPVia(parsing: message.span, in: range)
      _ = SIPContact(parsing: message.span, in: range)
      _ = SessionDescription(parsing: message.span, in: range)
    }
  }

  @Test("values made to be slow: time grows with length only")
  func slow() throws {
    let count = 60_000
    for value in [
      String(repeating: ",", count: count), String(repeating: ";", count: count), String(repeating: "\"", count: count),
      String(repeating: "<", count: count), String(repeating: "a=\"", count: count / 3),
      String(repeating: "a,", count: count / 2),
      String(repeating: "SIP/2.0 ", count: count / 8), String(repeating: "\r\n ", count: count / 3),
    ] {
      for name in ["Via", "Contact", "From", "Route", "WWW-Authenticate"] {
        let message = try parse("INVITE sip:a SIP/2.0\r\n\(name): \(value)\r\n\r\n")
        _ = (message.examined(), message.vias().count, message.contacts().count, message.addresses(.from).count)
      }
    }
  }
}
