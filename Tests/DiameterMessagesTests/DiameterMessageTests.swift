import ByteReading
import Testing

@testable import DiameterMessages

/// What RFC 6733 sections 3 and 4 and TS 29.229 section 6 put on the wire, and what is read from it.
@Suite struct DiameterMessageTests {
  typealias Written = WrittenMessage

  @Test func theHeaderIsThatOfSection3() throws {
    let bytes: [UInt8] = [
      0x01, 0x00, 0x00, 0x14,  // version, length
      0xd0, 0x00, 0x01, 0x2c,  // R, P and T; command 300
      0x01, 0x00, 0x00, 0x00,  // application 16777216
      0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    ]
    let header = try DiameterHeader(parsing: bytes.span.bytes)
    #expect(header.isRequest && header.isProxiable && !header.isError && header.isPotentiallyRetransmitted)
    #expect(header.length == 20 && header.commandCode == 300 && header.applicationID == 16_777_216)
    #expect(header.hopByHop == 0x0102_0304 && header.endToEnd == 0x0506_0708)
  }

  @Test(arguments: [
    ([UInt8](repeating: 1, count: 19), ParseFailure(.truncated, at: 19)),
    ([2, 0, 0, 20] + [UInt8](repeating: 0, count: 16), ParseFailure(.versionUnknown, at: 0)),
    ([1, 0, 0, 19] + [UInt8](repeating: 0, count: 16), ParseFailure(.lengthContradicts, at: 1)),
    ([], ParseFailure(.truncated, at: 0)),
  ])
  func whatIsNoHeaderIsRefused(bytes: [UInt8], failure: ParseFailure) {
    #expect(throws: failure) { _ = try DiameterMessage(parsing: bytes.span.bytes) }
  }

  @Test func aUserAuthorizationRequestIsReadInOnePass() throws {
    let message = try #require(Written.userAuthorizationRequest.diameter)
    #expect(message.isRequest && message.failure == nil)
    #expect(message.text(message.sessionID) == "icscf.example;1;2;app")
    #expect(message.text(message.originHost) == "icscf.example")
    #expect(message.text(message.originRealm) == "example")
    #expect(message.text(message.destinationHost) == "hss.example")
    #expect(message.text(message.destinationRealm) == "example")
    #expect(message.text(message.userName) == "001010000000001@example")
    #expect(message.text(message.publicIdentity) == "sip:001010000000001@example")
    #expect(message.publicIdentities == [message.publicIdentity])
    #expect(message.text(message.visitedNetworkIdentifier) == "visited.example")
    #expect(message.userAuthorizationType == 0 && message.authSessionState == 1)
    #expect(message.routeRecords.map(message.text) == ["dra.example"])
    #expect(message.resultCode == nil && message.experimentalResult == nil && message.serverName.isEmpty)
    #expect(message.attributes.map(\.code) == [263, 277, 264, 296, 293, 283, 1, 601, 600, 623, 260, 282])
  }

  @Test func resultAndExperimentalResultStayApart() throws {
    let first = try #require(
      Written.message(
        flags: 0x40, [Written.attribute(297, Written.attribute(266, 10415) + Written.attribute(298, 2001))]
      )
      .diameter)
    #expect(first.resultCode == nil)
    #expect(first.experimentalResult == DiameterExperimentalResult(vendor: 10415, code: 2001))
    let plain = try #require(Written.message(flags: 0x40, [Written.attribute(268, 2001)]).diameter)
    #expect(plain.resultCode == 2001 && plain.experimentalResult == nil)
    let withoutCode = try #require(
      Written.message(flags: 0x40, [Written.attribute(297, Written.attribute(266, 10415))]).diameter)
    #expect(withoutCode.experimentalResult == nil)
  }

  @Test func aVectorIsTakenApart() throws {
    let item = [
      Written.attribute(613, vendor: 10415, 2), Written.attribute(608, vendor: 10415, "Digest-AKAv1-MD5"),
      Written.attribute(609, vendor: 10415, [UInt8](0..<32)),
      Written.attribute(610, vendor: 10415, [UInt8](repeating: 0xaa, count: 8)),
      Written.attribute(625, vendor: 10415, [UInt8](repeating: 0xbb, count: 16)),
      Written.attribute(626, vendor: 10415, [UInt8](repeating: 0xcc, count: 16)),
      Written.attribute(
        635, vendor: 10415, Written.attribute(104, "realm.example") + Written.attribute(121, "0123456789abcdef")),
    ].flatMap(\.self)
    let message = try #require(
      Written.message(flags: 0x40, command: 303, [Written.attribute(612, vendor: 10415, item)]).diameter)
    let read = try #require(message.authenticationItems.first)
    #expect(message.authenticationItems.count == 1 && read.itemNumber == 2)
    #expect(message.text(read.scheme) == "Digest-AKAv1-MD5")
    #expect(Array(message.bytes[read.authenticate.range]) == [UInt8](0..<32))
    #expect(message.bytes[read.authorization.range].allSatisfy { $0 == 0xaa } && read.authorization.count == 8)
    #expect(message.bytes[read.confidentialityKey.range].allSatisfy { $0 == 0xbb })
    #expect(message.bytes[read.integrityKey.range].allSatisfy { $0 == 0xcc })
    #expect(message.text(read.digestRealm) == "realm.example" && message.text(read.digestHA1) == "0123456789abcdef")
  }

  @Test func whatTheHSSOrdersIsRead() throws {
    let reason = Written.attribute(616, vendor: 10415, 2) + Written.attribute(617, vendor: 10415, "moved")
    let message = try #require(
      Written.message(
        command: 304,
        [
          Written.attribute(615, vendor: 10415, reason),
          Written.attribute(601, vendor: 10415, "sip:a@example"), Written.attribute(601, vendor: 10415, "tel:+1"),
          Written.attribute(632, vendor: 10415, Written.attribute(1, "second@example") + Written.attribute(1, "third")),
          Written.attribute(700, vendor: 10415, Written.attribute(601, vendor: 10415, "sip:sh@example")),
        ]
      ).diameter)
    #expect(message.deregistrationReason?.code == 2)
    #expect(message.deregistrationReason.map { message.text($0.info) } == "moved")
    #expect(message.publicIdentities.map(message.text) == ["sip:a@example", "tel:+1", "sip:sh@example"])
    #expect(message.associatedPrivateIdentities.map(message.text) == ["second@example", "third"])
  }

  @Test func capabilitiesRedirectsAndFailedAttributesAreRead() throws {
    let capabilities = [
      Written.attribute(604, vendor: 10415, 1), Written.attribute(604, vendor: 10415, 2),
      Written.attribute(605, vendor: 10415, 9), Written.attribute(602, vendor: 10415, "sip:scscf.example"),
    ].flatMap(\.self)
    let message = try #require(
      Written.message(
        flags: 0x60,
        [
          Written.attribute(603, vendor: 10415, capabilities), Written.attribute(292, "aaa://hss2.example"),
          Written.attribute(279, Written.attribute(614, vendor: 10415, [])),
        ]
      ).diameter)
    let read = try #require(message.serverCapabilities)
    #expect(read.mandatory == [1, 2] && read.optional == [9])
    #expect(read.serverNames.map(message.text) == ["sip:scscf.example"] && message.serverName.isEmpty)
    #expect(message.redirectHosts.map(message.text) == ["aaa://hss2.example"])
    #expect(message.failedAttributes.map(\.code) == [614])
    #expect(message.header.isError)
  }

  @Test func aNumberOfAnotherLengthIsNone() throws {
    let message = try #require(Written.message([Written.attribute(268, [1, 2, 3])]).diameter)
    #expect(message.resultCode == nil && message.failure == nil)
  }

  @Test func theFirstOfARepeatedAttributeCounts() throws {
    let message = try #require(Written.message([Written.attribute(264, "a"), Written.attribute(264, "b")]).diameter)
    #expect(message.text(message.originHost) == "a")
  }

  @Test func theVendorBitDecidesWhatACodeMeans() throws {
    // 601 without V is no Public-Identity; 264 with V and Vendor-ID 0 is Origin-Host, with 10415 it is not.
    let message = try #require(
      Written.message([
        Written.attribute(601, "sip:x"), Written.attribute(264, vendor: 10415, "x"),
        Written.attribute(264, vendor: 0, "y"),
      ]).diameter)
    #expect(message.publicIdentities.isEmpty && message.text(message.originHost) == "y")
    #expect(message.attributes.map(\.vendor) == [0, 10415, 0])
  }

  @Test func aMessageCutByTheCaptureKeepsWhatIsThere() throws {
    let whole = Written.userAuthorizationRequest
    for end in 20..<whole.count {
      let message = try #require(Array(whole[..<end]).diameter)
      #expect(message.failure?.reason == .truncated && message.bytes.count == end)
      if end >= 64 { #expect(message.text(message.sessionID) == "icscf.example;1;2;app") }
    }
  }

  @Test func whatFollowsTheMessageIsLeftAlone() throws {
    let message = try #require((Written.userAuthorizationRequest + [1, 2, 3]).diameter)
    #expect(message.bytes == Written.userAuthorizationRequest && message.failure == nil)
  }
}
