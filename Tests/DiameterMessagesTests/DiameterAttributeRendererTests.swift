import CaptureFacts
import Foundation
import Testing

@testable import DiameterMessages

/// Values by the types of RFC 6733 sections 4.2 and 4.3 and those of 3GPP.
@Suite struct DiameterAttributeRendererTests {
  typealias Written = WrittenMessage

  static let values: [(bytes: [UInt8], text: String)] = [
    (Written.attribute(264, "hss.example"), "hss.example"),
    (Written.attribute(268, 5012), "DIAMETER_UNABLE_TO_COMPLY (5012)"),
    (Written.attribute(268, 9999), "9999"),
    (Written.attribute(614, vendor: 10415, 5), "USER_DEREGISTRATION (5)"),
    // TS 29.229 section 6.3.44, TS 29.272 section 7.3.7: each bit says something by itself.
    (Written.attribute(637, vendor: 10415, 1), "IMS Emergency Registration (1)"),
    (Written.attribute(1405, vendor: 10415, 0x22), "S6a/S6d-Indicator, Initial-Attach-Indicator (34)"),
    (Written.attribute(653, vendor: 10415, 0x8000_0000), "2147483648"),
    (Written.attribute(429, 0xffff_fffe), "-2"),
    (Written.attribute(447, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), "-1"),
    (Written.attribute(421, [0, 0, 0, 1, 0, 0, 0, 0]), "4294967296"),
    (Written.attribute(567, vendor: 10415, 0x3f00_0000), "0.5"),
    // Section 4.3.1: seconds since 1900, and the era after 2036.
    (Written.attribute(55, 0xe8d5_5a00), "2023-10-14T18:18:40Z"),
    (Written.attribute(55, 0), "2036-02-07T06:28:16Z"),
    (Written.attribute(257, [0, 1, 192, 0, 2, 1]), "192.0.2.1"),
    (Written.attribute(257, [0, 2, 0x20, 1, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [1]), "2001:db8::1"),
    (Written.attribute(257, [0, 8] + Array("4930".utf8)), "4930"),
    (Written.attribute(257, [0, 1, 192]), "0001c0"),
    (Written.attribute(8, [10, 46, 0, 1]), "10.46.0.1"),
    (Written.attribute(97, [0, 64, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 1]), "2001:db8:0:1::/64"),
    (Written.attribute(701, vendor: 10415, [0x94, 0x71, 0xf2]), "49172"),
    (Written.attribute(1407, vendor: 10415, [0x00, 0xf1, 0x10]), "001-01"),
    (Written.attribute(1407, vendor: 10415, [0x13, 0x00, 0x14]), "310-410"),
    (Written.attribute(507, vendor: 10415, "permit out 17 from any to 10.0.0.1"), "permit out 17 from any to 10.0.0.1"),
    (Written.attribute(609, vendor: 10415, [0xde, 0xad]), "dead"),
    // The octets where the length is not that of the type, and where the AVP is not known.
    (Written.attribute(268, [1, 2, 3]), "010203"),
    (Written.attribute(99_999, vendor: 50, [1, 2]), "0102"),
  ]

  @Test(arguments: values.indices) func aValueIsWrittenByItsType(index: Int) throws {
    let (bytes, text) = Self.values[index]
    let message = try #require(Written.message([bytes]).diameter)
    let attribute = try #require(message.attributes.first { _ in true })
    #expect(DiameterAttributeRenderer().value(of: attribute, in: message) == text)
  }

  @Test func theNextEraAndLeapYearsAreCounted() {
    let format = Date.ISO8601FormatStyle()
    for wire in stride(from: UInt32.min, to: .max - 700_000, by: 699_999) {
      let time = DiameterTime(wire: wire)
      let expected = Date(timeIntervalSince1970: TimeInterval(time.secondsSinceEpoch)).formatted(format)
      #expect(time.description == expected)
    }
  }

  @Test(arguments: [610, 625, 626, 663, 1448, 1450] as [UInt32])
  func secretsAreMaskedUnlessAskedFor(code: UInt32) throws {
    let secret = Written.attribute(code, vendor: 10415, [0xab, 0xcd])
    let message = try #require(Written.message([Written.attribute(612, vendor: 10415, secret)]).diameter)
    let masked = try #require(DiameterAttributeRenderer().rendered(message).first?.members.first)
    #expect(masked.isMasked && masked.value == DiameterAttributeRenderer.mask)
    let shown = try #require(
      DiameterAttributeRenderer(showing: Set(SecretKind.allCases)).rendered(message).first?.members.first)
    #expect(!shown.isMasked && shown.value != DiameterAttributeRenderer.mask)
  }

  @Test func digestSecretsAreMasked() throws {
    for code in [2, 103, 118, 121] as [UInt32] {
      let message = try #require(Written.message([Written.attribute(code, "secret")]).diameter)
      #expect(DiameterAttributeRenderer().rendered(message).first?.value == DiameterAttributeRenderer.mask)
    }
  }

  @Test func aSecretInAGroupThatCannotBeReadIsNotShown() throws {
    // The member's length leads out of the group: its octets must not come out as those of the group.
    let broken = Written.octets(625) + [0xc0, 0, 0, 200] + Written.octets(10415) + [0xab, 0xcd, 0xef, 0x01]
    let message = try #require(Written.message([Written.attribute(612, vendor: 10415, broken)]).diameter)
    let group = try #require(DiameterAttributeRenderer().rendered(message).first)
    #expect(group.isMasked && group.value == DiameterAttributeRenderer.mask)
    let attribute = try #require(message.first(612, vendor: 10415))
    #expect(!DiameterAttributeRenderer().value(of: attribute, in: message).contains("abcdef"))
  }

  @Test func groupsAreTreesAndUnknownAttributesKeepWhatTheyAre() throws {
    let message = try #require(
      Written.message([
        Written.attribute(443, Written.attribute(450, 2) + Written.attribute(444, "sip:a@example")),
        Written.attribute(77_777, vendor: 4242, [1]),
      ]).diameter)
    let rendered = DiameterAttributeRenderer().rendered(message)
    #expect(rendered.map(\.name) == ["Subscription-Id", nil])
    #expect(rendered[0].members.map(\.value) == ["END_USER_SIP_URI (2)", "sip:a@example"])
    #expect(rendered[1].attribute.code == 77_777 && rendered[1].attribute.vendor == 4242 && rendered[1].value == "01")
  }
}
