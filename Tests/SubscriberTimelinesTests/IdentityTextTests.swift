import Testing

@testable import SubscriberTimelines

@Suite("Identities in the form in which they are compared")
struct IdentityTextTests {
  @Test(
    "A public identity loses parameters and letter case of scheme and host (TS 23.003 section 13.4)",
    arguments: [
      ("sip:Alice@IMS.Example.ORG;user=phone", "sip:Alice@ims.example.org"),
      ("SIPS:bob@example.org:5061", "sip:bob@example.org"),
      ("sip:+4930;phone-context=x@example.org?Subject=hi", "sip:+4930@example.org"),
      ("sip:alice:secret@example.org", "sip:alice@example.org"),
      ("sip:a@b@example.org>", "sip:a@b@example.org"),
      // A national number keeps its mark, an IMSI has none.
      ("sip:0171123;phone-context=A.example@Example.org;user=phone", "sip:0171123@example.org;user=phone"),
      ("sip:0171123@example.org:5060;transport=udp;User=Phone>", "sip:0171123@example.org;user=phone"),
      ("sip:0171123;phone-context=+49@example.org", "sip:0171123@example.org;user=phone"),
      ("sip:001010000000001@example.org;lr", "sip:001010000000001@example.org"),
      ("sip:0a@example.org;user=phone", "sip:0a@example.org"),
      ("tel:+49-(30)-12.34;phone-context=x", "tel:+49301234"),
      ("sip:j\u{f6}rg@example.org", "sip:j\u{f6}rg@example.org"),
    ])
  func publicIdentity(uri: String, identity: String) {
    #expect(IdentityText.publicIdentity(uri) == identity)
  }

  @Test(
    "A URI that names no one is no identity (RFC 3323 section 4.1)",
    arguments: [
      "", "sip", "sip:", "sip:example.org", "sip:@example.org", "sip:alice@", "sip:Anonymous@example.org",
      "sip:x@Anonymous.invalid", "tel:", "tel:;x", "tel:-.()", "urn:service:sos",
    ])
  func noIdentity(uri: String) {
    #expect(IdentityText.publicIdentity(uri) == nil)
  }

  @Test(
    "A private identity has its realm in lower case (TS 23.003 section 13.3)",
    arguments: [
      ("00101@IMS.MNC001", "00101@ims.mnc001"), ("alice", "alice"), ("@realm", nil), ("", nil),
      ("A@b@C", "A@b@c"),
    ] as [(String, String?)])
  func privateIdentity(text: String, identity: String?) {
    #expect(IdentityText.privateIdentity(text) == identity)
  }

  @Test(
    "The user part is what a dialled number and an identity share",
    arguments: [
      ("sip:+4930@example.org", "4930"), ("tel:+4930;x", "4930"), ("4930", "4930"), ("sip:", ""), ("", ""),
    ])
  func userPart(identity: String, part: String) {
    #expect(IdentityText.userPart(identity) == part)
  }
}
