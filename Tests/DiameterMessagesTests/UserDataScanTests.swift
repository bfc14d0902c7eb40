import ByteReading
import SharedCaptures
import Testing

@testable import DiameterMessages

@Suite struct UserDataScanTests {
  func identities(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return UserDataScan.publicIdentities(in: bytes.span.bytes).map { bytes.span.bytes.text(in: $0.range) }
  }

  func privateIdentity(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return bytes.span.bytes.text(in: UserDataScan.privateIdentity(in: bytes.span.bytes).range)
  }

  @Test func theServiceProfileOfAnnexE() {
    let text = """
      <?xml version="1.0"?><IMSSubscription><PrivateID>user@example</PrivateID><ServiceProfile>
      <PublicIdentity><BarringIndication>1</BarringIndication><Identity> sip:a@example </Identity></PublicIdentity>
      <PublicIdentity><Identity>tel:+49&amp;1</Identity><Extension><IdentityType>0</IdentityType></Extension>
      </PublicIdentity></ServiceProfile></IMSSubscription>
      """
    #expect(identities(text) == ["sip:a@example", "tel:+49&amp;1"])
    #expect(privateIdentity(text) == "user@example")
  }

  @Test func prefixesAttributesCommentsAndSectionsArePassedOver() {
    #expect(identities("<cx:Identity a='1'\n>sip:a</cx:Identity>") == ["sip:a"])
    #expect(identities("<Identity><![CDATA[ sip:a ]]></Identity><Identity>b</Identity>") == ["sip:a", "b"])
    #expect(identities("<!-- <Identity>no</Identity> --><Identity>yes</Identity>") == ["yes"])
    #expect(identities("<![CDATA[<Identity>no</Identity>]]><Identity>yes</Identity>") == ["yes"])
    #expect(identities("<Identity/><Identity></Identity><IdentityType>0</IdentityType><XIdentity>x</XIdentity>") == [])
    #expect(identities("<Sh-Data><IMSPublicIdentity>sip:s</IMSPublicIdentity></Sh-Data>") == ["sip:s"])
  }

  @Test func whatIsCutGivesWhatIsThere() {
    #expect(identities("<Identity>sip:a") == ["sip:a"])
    for text in ["", "<", "<Identity", "<Identity>", "<!--", "<![CDATA[", "</", "<a:"] {
      #expect(identities(text) == [])
    }
  }

  @Test func mutationsNeverTrap() {
    var generator = SeededGenerator(seed: 29_228)
    let marks = Array("<>/!-[]:C? Identity&".utf8)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
        marks[Int.random(in: marks.indices, using: &generator)]
      }
      for range in UserDataScan.publicIdentities(in: bytes.span.bytes) { #expect(Int(range.end) <= bytes.count) }
      _ = UserDataScan.privateIdentity(in: bytes.span.bytes)
    }
  }
}
