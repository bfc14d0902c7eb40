import ByteReading
import CaptureFacts
import SharedCaptures
import Testing

@testable import DiameterMessages

/// The walk over AVPs (RFC 6733 section 4): what is valid at its edges, and where it stops.
@Suite struct DiameterAttributesTests {
  typealias Written = WrittenMessage

  @Test func anAttributeWithoutDataIsOne() throws {
    let message = try #require(Written.message([Written.attribute(25, []), Written.attribute(268, 5012)]).diameter)
    let empty = try #require(message.first(25))
    #expect(empty.data.isEmpty && empty.range.count == 8 && message.resultCode == 5012)
  }

  @Test func thePaddingOfTheLastAttributeMayBeMissing() throws {
    // Section 4.4: the length of a group ends with the data of its last member.
    let group = Written.attribute(1, "abcd") + Written.attribute(1, vendor: nil, mandatory: true, [0x65], padded: false)
    let message = try #require(Written.message([Written.attribute(284, group), Written.attribute(268, 1)]).diameter)
    let members = message.members(of: try #require(message.first(284)))
    #expect(members.map { message.text($0.data) } == ["abcd", "e"] && members.failure == nil)
    #expect(members.map(\.depth) == [1, 1] && message.resultCode == 1)
  }

  @Test(arguments: [
    // The length of the second AVP, its flags, and why it is none.
    (0, 0x40, ParseFailure.Reason.lengthContradicts), (7, 0x40, .lengthContradicts), (11, 0xc0, .lengthContradicts),
    (13, 0x40, .lengthContradicts), (0xff_ffff, 0x40, .lengthContradicts),
  ])
  func aLengthThatLeadsAstrayStopsTheWalk(length: UInt32, flags: UInt8, reason: ParseFailure.Reason) throws {
    let wrong = Written.octets(999) + [flags] + Written.octets(length)[1...] + [0, 0, 0, 0]
    let message = try #require(Written.message([Written.attribute(268, 2001), wrong]).diameter)
    #expect(message.failure == ParseFailure(reason, at: 37))
    #expect(message.resultCode == 2001 && message.attributes.map(\.code) == [268])
  }

  @Test func aRestTooShortForAHeaderStopsTheWalk() throws {
    let message = try #require(Written.message([Written.attribute(268, 2001), [0, 0, 1, 2]]).diameter)
    #expect(message.failure == ParseFailure(.truncated, at: 32) && message.resultCode == 2001)
  }

  @Test func reservedFlagsAreKept() throws {
    let attribute = Written.octets(999) + [0x3f, 0, 0, 8]
    let message = try #require(Written.message([attribute]).diameter)
    #expect(message.first(999)?.flags.rawValue == 0x3f)
  }

  @Test func nestingIsBounded() throws {
    // Failed-AVP in Failed-AVP, deeper than the bound.
    var nested: [UInt8] = []
    for _ in 0..<2000 { nested = Written.attribute(279, nested) }
    let message = try #require(Written.message([nested]).diameter)
    var members = message.attributes
    var depth = 0
    while let inner = members.first(279) {
      depth += 1
      members = members.members(of: inner)
    }
    #expect(depth == Int(DiameterAttributeWalk.depthBound) + 1)
    #expect(members.failure?.reason == .nestedTooDeep)
    var rendered = DiameterAttributeRenderer().rendered(message)
    var levels = 0
    while let inner = rendered.first {
      levels += 1
      rendered = inner.members
    }
    #expect(levels == Int(DiameterAttributeWalk.depthBound) + 1)
  }

  @Test func mutatedMessagesNeverTrap() throws {
    var generator = SeededGenerator(seed: 6733)
    let group = Written.attribute(
      612, vendor: 10415, Written.attribute(608, vendor: 10415, "x") + Written.attribute(613, vendor: 10415, 1))
    let seeds = [
      Written.userAuthorizationRequest, Written.message([group, group, Written.attribute(297, group)]),
      Written.message([Written.attribute(55, 0xe000_0000), Written.attribute(257, [0, 1, 1, 2, 3, 4])]),
    ]
    let renderer = DiameterAttributeRenderer(showing: Set(SecretKind.allCases))
    for round in 0..<6000 {
      var bytes = seeds[round % seeds.count]
      for _ in 0...Int.random(in: 0..<6, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2 where bytes.count > 21:
          bytes.removeLast(Int.random(in: 1..<min(20, bytes.count - 20), using: &generator))
        default: bytes.insert(UInt8.random(in: .min ... .max, using: &generator), at: place)
        }
      }
      _ = DiameterRecognition.recognise(bytes.span.bytes)
      guard let message = bytes.diameter else { continue }
      _ = renderer.rendered(message)
      _ = (message.authenticationItems, message.publicIdentities, message.serverCapabilities, message.failedAttributes)
      #expect(Int(message.sessionID.end) <= message.bytes.count)
    }
  }
}
