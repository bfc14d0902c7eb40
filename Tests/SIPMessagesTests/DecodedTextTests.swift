import CaptureFacts
import SIPMessages
import Testing

/// Values as text: heads and parameters, quotes and escapes, folding, and which of it is secret.
@Suite struct DecodedTextTests {
  /// A request with these header lines and this body.
  private func request(_ lines: String..., method: String = "INVITE", body: String = "") throws -> SIPMessage {
    try parse(
      "\(method) sip:bob@example.com SIP/2.0\r\n" + lines.map { $0 + "\r\n" }.joined()
        + "Content-Length: \(body.utf8.count)\r\n\r\n" + body)
  }

  private func parts(_ line: String) throws -> (head: String, parameters: [SIPParameter]) {
    let message = try request(line)
    let element = try #require(message.elements(of: message.fields[0]).first)
    let (head, parameters) = message.headAndParameters(in: element)
    return (message.unquotedText(head), parameters)
  }

  /// The headers of IMS whose values are a head and parameters; the first of each value is given.
  static let rows: [(line: String, head: String, parameters: [String])] = [
    // RFC 6809 section 6.1.
    (
      #"Feature-Caps: *;+g.3gpp.atcf="<tel:+15550001>";+g.3gpp.srvcc"#, "*",
      ["+g.3gpp.atcf=<tel:+15550001>", "+g.3gpp.srvcc"]
    ),
    // RFC 5009 section 8: em-params between commas.
    ("P-Early-Media: sendrecv,gated", "sendrecv", []),
    // RFC 7315 section 4.3: a token or a quoted string.
    (#"P-Visited-Network-ID: "Visited network, number 1";a=b"#, "Visited network, number 1", ["a=b"]),
    // RFC 7315 section 4.6: parameters alone.
    (
      #"P-Charging-Vector: icid-value="a;b\"c";icid-generated-at=[2001:db8::1];orig-ioi=home1.net"#, "",
      [#"icid-value=a;b"c"#, "icid-generated-at=[2001:db8::1]", "orig-ioi=home1.net"]
    ),
    ("P-Charging-Function-Addresses: ccf=192.0.2.1; ecf=192.0.2.2", "", ["ccf=192.0.2.1", "ecf=192.0.2.2"]),
    // TS 24.229 clause 7.2A.4.
    (
      "P-Access-Network-Info: 3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=\"0010100010000005\";network-provided",
      "3GPP-E-UTRAN-FDD", ["utran-cell-id-3gpp=0010100010000005", "network-provided"]
    ),
    // RFC 7989 section 5.
    (
      "Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000",
      "ab30317f1a784dc48ff824d0d3715d86", ["remote=00000000000000000000000000000000"]
    ),
    // RFC 3326 section 2.
    (
      "Reason: Q.850 ;cause=16 ;text=\"Normal, call; clearing\"", "Q.850",
      ["cause=16", "text=Normal, call; clearing"]
    ),
    // RFC 3329 section 2.2.
    (
      "Security-Verify: ipsec-3gpp;q=0.1;alg=hmac-sha-1-96;spi-c=98765432", "ipsec-3gpp",
      ["q=0.1", "alg=hmac-sha-1-96", "spi-c=98765432"]
    ),
    // RFC 3841 section 9.2.
    (
      #"Accept-Contact: *;+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel";require"#, "*",
      ["+g.3gpp.icsi-ref=urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel", "require"]
    ),
    // RFC 6665 section 8.2.
    ("Subscription-State: terminated;reason=noresource", "terminated", ["reason=noresource"]),
    // RFC 3261 section 7.3.1: folding stands for one space.
    ("Event: reg;\r\n id=7;x=\"a\r\n\t b\"", "reg", ["id=7", "x=a b"]),
  ]

  @Test("heads and parameters", arguments: rows)
  func headAndParameters(_ line: String, _ head: String, _ parameters: [String]) throws {
    let found = try parts(line)
    #expect(found.head == head)
    #expect(found.parameters.map { $0.name + ($0.value.map { "=" + $0 } ?? "") } == parameters)
  }

  @Test("addresses of 3GPP headers, with display names and parameters") func addresses() throws {
    let message = try request(
      "P-Called-Party-ID: \"Bob \\\"B\\\" \\\\ Builder\" <sip:bob@home.net>",
      "P-Asserted-Identity: <sip:alice@home.net>, <tel:+15550001;phone-context=+1>",
      "Service-Route: <sip:orig@scscf.home.net;lr>,<sip:b.home.net;lr>",
      "Geolocation: <cid:target123@home.net>;inserted-by=\"a.home.net\"")
    let called = try #require(message.addresses(.pCalledPartyID).first)
    #expect(message.unquotedText(called.displayName) == #"Bob "B" \ Builder"#)
    #expect(message.text(called.uri) == "sip:bob@home.net")
    #expect(
      message.addresses(.pAssertedIdentity).map { message.text($0.uri) }
        == ["sip:alice@home.net", "tel:+15550001;phone-context=+1"])
    #expect(
      message.addresses(.serviceRoute).map { message.text($0.uri) }
        == ["sip:orig@scscf.home.net;lr", "sip:b.home.net;lr"])
    let place = try #require(message.addresses(.geolocation).first)
    #expect(message.text(place.uri) == "cid:target123@home.net")
    #expect(message.parameters(in: place.parameters).map(\.value) == ["a.home.net"])
  }

  @Test("RFC 3261 section 20.6: Authentication-Info has no scheme") func schemes() throws {
    let message = try request(
      "Authentication-Info: rspauth=\"a1\", qop=auth", "WWW-Authenticate: Digest realm=\"r\",ck=\"0a\"")
    let information = message.schemeAndParameters(in: message.fields[0].value)
    #expect(information.scheme.isEmpty)
    #expect(information.parameters.map(\.name) == ["rspauth", "qop"])
    let challenge = message.schemeAndParameters(in: message.fields[1].value)
    #expect(message.text(challenge.scheme) == "Digest")
    #expect(challenge.parameters.map(\.value) == ["r", "0a"])
  }

  @Test("a method that is not registered stays visible") func unknownMethod() throws {
    let message = try request("CSeq: 1 GREET", method: "GREET")
    #expect(message.method == .unknown && message.text(message.methodText) == "GREET")
  }

  // MARK: - Secrets

  private func secrets(_ message: SIPMessage) -> [String] {
    message.fields.flatMap { message.secrets(in: $0) }.map { "\($0.kind) " + message.text($0.range) }
      + message.bodyParts().flatMap { message.secrets(in: $0) }.map { "\($0.kind) " + message.text($0.range) }
  }

  @Test("digests, tokens and keys of credentials and challenges, each as often as it is written") func credentials()
    throws
  {
    let message = try request(
      "Authorization: Digest username=\"u\", response=\"aa\", auts=\"bb\", Response=cc, nonce=\"n\"",
      "WWW-Authenticate: Digest realm=\"r\", ck=\"11\", ik=\"22\"", "Proxy-Authorization: Digest response=\"\"",
      "Authentication-Info: rspauth=\"dd\"")
    #expect(
      secrets(message) == [
        "credentials aa", "credentials bb", "credentials cc", "keys 11", "keys 22", "credentials dd",
      ])
  }

  @Test("RFC 4568: keys of SRTP in a session description") func sessionKeys() throws {
    let message = try request(
      "Content-Type: application/sdp",
      body: "v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KEY1|2^20|1:4;inline:KEY2\r\nk=base64:KEY3\r\n")
    #expect(secrets(message) == ["keys KEY1|2^20|1:4;inline:KEY2", "keys base64:KEY3"])
  }

  @Test(
    "a line of keys that Content-Length cuts ends there",
    arguments: [(3, []), (8, []), (9, []), (10, ["keys 1"]), (11, ["keys 1"]), (16, ["keys 1 inlin"])])
  func cutKeys(_ length: Int, _ expected: [String]) throws {
    let message = try parse(
      "INVITE sip:bob@example.com SIP/2.0\r\nContent-Type: application/sdp\r\nContent-Length: \(length)\r\n\r\n"
        + "a=crypto:1 inline:KEY")
    #expect(secrets(message) == expected)
  }

  @Test("what people write: MESSAGE and short messages, not the text of other requests") func texts() throws {
    #expect(try secrets(request("Content-Type: text/plain", method: "MESSAGE", body: "hello")) == ["texts hello"])
    #expect(try secrets(request(method: "MESSAGE", body: "hello")) == ["texts hello"])
    #expect(try secrets(request("Content-Type: application/vnd.3gpp.sms", body: "abc")) == ["texts abc"])
    #expect(try secrets(request("Content-Type: text/plain", method: "INFO", body: "hello")) == [])
  }

  @Test("credentials in a quoted message, folded too") func quotedMessage() throws {
    let message = try request(
      "Content-Type: message/sipfrag",
      body: "REGISTER sip:a SIP/2.0\r\nAuthorization: Digest a=b,\r\n response=\"ee\"\r\n")
    #expect(secrets(message) == ["credentials ee"])
  }
}
