import ByteReading
import SIPMessages
import Testing

@Suite("Header values, each beside its clause")
struct HeaderValueTests {
  /// A message with these header fields; lines are joined by CRLF.
  static func message(_ fields: String) throws -> SIPMessage {
    try parse(("OPTIONS sip:a@b SIP/2.0\n" + fields + "\n\n").replacing("\n", with: "\r\n"))
  }

  @Test("TS 33.203 annex H: an entry of Security-Server with its ports, SPIs and algorithms")
  func securityAgreement() throws {
    let message = try Self.message(
      """
      Security-Server: ipsec-3gpp;q=0.1;prot=esp;mod=trans;spi-c=983227540;spi-s=3427265410;port-c=6040;port-s=5060;alg=hmac-sha-1-96;ealg=aes-cbc, ipsec-3gpp ; spi-c=1;spi-s=4294967295; port-c=65535; port-s=65536;alg=hmac-md5-96
      Security-Client: tls
      """)
    let entries = message.securityServers()
    #expect(entries.map { message.text($0.mechanism) } == ["ipsec-3gpp", "ipsec-3gpp"])
    #expect(entries[0].spiClient == 983_227_540 && entries[0].spiServer == 3_427_265_410)
    #expect(entries[0].portClient == 6040 && entries[0].portServer == 5060)
    #expect(
      message.text(entries[0].integrityAlgorithm) == "hmac-sha-1-96"
        && message.text(entries[0].encryptionAlgorithm) == "aes-cbc")
    #expect(message.text(entries[0].protectionProtocol) == "esp" && message.text(entries[0].mode) == "trans")
    #expect(message.text(entries[0].preference) == "0.1")
    #expect(entries[1].spiServer == .max && entries[1].portClient == 65535 && entries[1].portServer == nil)
    #expect(message.securityClients().count == 1 && message.securityVerifications().isEmpty)
  }

  @Test("RFC 3310 section 3: the challenge of AKA and its answer")
  func credentials() throws {
    let message = try Self.message(
      #"""
      WWW-Authenticate: Digest realm="ims.example.org", nonce="AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",algorithm=AKAv1-MD5,qop="auth,auth-int",ck="00112233",ik="44556677",stale=TRUE
      Authorization: Digest username="001010000000001@ims.example.org",realm="a, \"b\"",uri="sip:ims.example.org",nonce="",response="",integrity-protected="ip-assoc-pending",auts="YXV0cw==",opaque = "o"
      """#)
    let challenge = try #require(message.credentials(.wwwAuthenticate).first)
    #expect(message.text(challenge.scheme) == "Digest" && message.text(challenge.algorithm) == "AKAv1-MD5")
    #expect(message.text(challenge.realm) == "ims.example.org" && message.text(challenge.qop) == "auth,auth-int")
    #expect(challenge.decodedNonce(in: message.span) == Array(0..<32))
    #expect(message.text(challenge.cipherKey) == "00112233" && message.text(challenge.integrityKey) == "44556677")
    #expect(message.text(challenge.stale) == "TRUE")
    let answer = try #require(message.credentials(.authorization).first)
    #expect(message.text(answer.username) == "001010000000001@ims.example.org")
    #expect(message.text(answer.realm) == #"a, \"b\""# && message.text(answer.opaque) == "o")
    #expect(message.text(answer.integrityProtected) == "ip-assoc-pending" && message.text(answer.auts) == "YXV0cw==")
    #expect(answer.nonce.isEmpty && answer.decodedNonce(in: message.span) == [])
    #expect(message.parameter("integrity-protected", of: .authorization).map(message.text) == "ip-assoc-pending")
    #expect(message.parameter("response", of: .authorization)?.isEmpty == true)
    #expect(message.parameter("nc", of: .authorization) == nil)
  }

  @Test("RFC 3261 section 20.10, RFC 5626, RFC 3840: contacts, bindings and feature tags")
  func contacts() throws {
    let message = try Self.message(
      #"""
      Contact: <sip:u@192.0.2.1:5064;transport=tcp;x="a,b">;expires=600000;q=0.5;+sip.instance="<urn:gsma:imei:90420156-025763-0>";reg-id=1;+g.3gpp.smsip;+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel", "B, C" <sip:v@w>
      m: *
      """#)
    let contacts = message.contacts()
    #expect(contacts.count == 3)
    #expect(
      contacts[0].expires == 600_000 && message.text(contacts[0].preference) == "0.5" && contacts[0].registrationID == 1
    )
    #expect(message.text(contacts[0].instance) == "<urn:gsma:imei:90420156-025763-0>")
    #expect(contacts[0].feature("+g.3gpp.smsip", in: message.span)?.isEmpty == true)
    #expect(
      contacts[0].feature("+g.3gpp.icsi-ref", in: message.span).map(message.text)
        == "urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel")
    #expect(contacts[0].feature("+g.3gpp.srvcc", in: message.span) == nil)
    let uri = message.uri(contacts[0].address.uri)
    #expect(uri.port == 5064 && uri.parameter("transport", in: message.span).map(message.text) == "tcp")
    #expect(message.text(contacts[1].address.displayName) == "B, C")
    #expect(contacts.map { $0.isWildcard(in: message.span) } == [false, false, true])
  }

  @Test("RFC 7315: access network, charging vector, charging functions, visited network")
  func privateHeaders() throws {
    let message = try Self.message(
      #"""
      P-Access-Network-Info: 3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=00101000100000101, IEEE-802.11;i-wlan-node-id="aa";network-provided
      P-Charging-Vector: icid-value="a;b=c" ; icid-generated-at=192.0.2.1;orig-ioi="home1.net";term-ioi=home2.net;related-icid=r1
      P-Charging-Function-Addresses: ccf="aaa://ccf.example";ccf=second;ecf=ecf.example
      P-Visited-Network-ID: "Visited, network", other.net
      P-Asserted-Identity: "A" <sip:a@example.com>, tel:+1-201-555-0123
      P-Served-User: <sip:a@example.com>;sescase=orig;regstate=reg
      P-Early-Media: sendrecv, gated
      Feature-Caps: *;+g.3gpp.srvcc="tel:+1";+g.3gpp.mid-call
      """#)
    let access = message.accessNetworks()
    #expect(access.map { message.text($0.accessType) } == ["3GPP-E-UTRAN-FDD", "IEEE-802.11"])
    #expect(access.map { message.text($0.cell) } == ["00101000100000101", "aa"])
    #expect(access.map(\.isNetworkProvided) == [false, true])
    let vector = try #require(message.chargingVector)
    #expect(message.text(vector.icidValue) == "a;b=c" && message.text(vector.icidGeneratedAt) == "192.0.2.1")
    #expect(
      message.text(vector.originatingOperator) == "home1.net" && message.text(vector.terminatingOperator) == "home2.net"
    )
    #expect(message.text(vector.relatedICID) == "r1" && vector.transitOperators.isEmpty)
    let functions = try #require(message.chargingFunctionAddresses)
    #expect(message.text(functions.collection) == "aaa://ccf.example" && message.text(functions.event) == "ecf.example")
    #expect(message.values(.pVisitedNetworkID).map(message.text) == [#""Visited, network""#, "other.net"])
    #expect(
      message.addresses(.pAssertedIdentity).map { message.identity($0.uri) } == [
        "sip:a@example.com", "tel:+12015550123",
      ])
    let served = try #require(message.servedUser)
    #expect(message.text(served.sessionCase) == "orig" && message.text(served.registrationState) == "reg")
    #expect(message.values(.pEarlyMedia).map(message.text) == ["sendrecv", "gated"])
    let caps = try #require(message.first(.featureCaps))
    #expect(message.parameter("+g.3gpp.srvcc", in: caps).map(message.text) == "tel:+1")
  }

  @Test("causes, timers, subscriptions, dialogs: RFC 3326, 4028, 6665, 3262, 3891, 7989, 7044, 5806, 3261 section 20")
  func sessions() throws {
    let message = try Self.message(
      #"""
      Reason: SIP ;cause=580 ;text="Precondition, Failure", Q.850;cause=16;text="Terminated"
      x: 4000;refresher=uac
      Subscription-State: terminated;reason=deactivated;retry-after=10;expires=0
      o: reg;id=7
      RAck: 776656 1 INVITE
      RSeq: 988789
      Replaces: 98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff;early-only
      Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000
      Retry-After: 18000 (busy; really);duration=3600
      Warning: 307 isi.edu "Session parameter 'foo', not understood", 399 host:5060 "Misc"
      History-Info: <sip:bob@example.com?Reason=SIP%3Bcause%3D302>;index=1, <sip:c@example.com;cause=486>;index=1.1;mp=1
      Diversion: <tel:+1>;reason=user-busy;counter=2;privacy=off
      Target-Dialog: fa77as7dad8-sd98ajzz@host.example.com;local-tag=kkaz-;remote-tag=6544
      Expires: 600000
      """#)
    let reasons = message.reasons()
    #expect(reasons.map { message.text($0.protocolName) } == ["SIP", "Q.850"] && reasons.map(\.cause) == [580, 16])
    #expect(reasons.map { message.text($0.text) } == ["Precondition, Failure", "Terminated"])
    #expect(
      message.sessionExpires?.seconds == 4000 && message.sessionExpires.map { message.text($0.refresher) } == "uac")
    let subscription = try #require(message.subscriptionState)
    #expect(message.text(subscription.state) == "terminated" && message.text(subscription.reason) == "deactivated")
    #expect(subscription.retryAfter == 10 && subscription.expires == 0)
    #expect(message.event.map { message.text($0.package) } == "reg" && message.event.map { message.text($0.id) } == "7")
    let rack = try #require(message.rack)
    #expect(rack.responseNumber == 776_656 && rack.cseqNumber == 1 && message.text(rack.methodText) == "INVITE")
    #expect(
      message.number(.rseq) == 988_789 && message.number(.expires) == 600_000 && message.number(.minExpires) == nil)
    let replaces = try #require(message.replaces)
    #expect(message.text(replaces.callID) == "98732@sip.example.com" && replaces.earlyOnly)
    #expect(message.text(replaces.fromTag) == "r33th4x0r" && message.text(replaces.toTag) == "ff87ff")
    #expect(message.targetDialog.map { message.text($0.localTag) + message.text($0.remoteTag) } == "kkaz-6544")
    let session = try #require(message.sessionID)
    #expect(
      message.text(session.local) == "ab30317f1a784dc48ff824d0d3715d86" && message.text(session.remote).count == 32)
    #expect(message.retryAfter?.seconds == 18000 && message.retryAfter?.duration == 3600)
    #expect(message.retryAfter.map { message.text($0.comment) } == "busy; really")
    #expect(
      message.warnings().map(\.code) == [307, 399]
        && message.warnings().map { message.text($0.agent) } == ["isi.edu", "host:5060"])
    #expect(message.text(message.warnings()[0].text) == "Session parameter 'foo', not understood")
    let history = message.history()
    #expect(history.map { message.text($0.index) } == ["1", "1.1"] && history[1].cause(in: message.span) == 486)
    #expect(message.text(history[1].mappedFrom) == "1")
    #expect(
      message.diversions().map(\.counter) == [2]
        && message.diversions().map { message.text($0.reason) } == ["user-busy"])
  }

  @Test("RFC 3261 section 20.39: a comment with a semicolon, lists in several fields, empty elements")
  func lists() throws {
    let message = try Self.message("Supported: 100rel, ,timer\nk: path,\nRequire:")
    #expect(message.values(.supported).map(message.text) == ["100rel", "timer", "path"])
    #expect(
      message.values(.require).isEmpty && message.first(.require)?.isEmpty == true && message.first(.route) == nil)
  }

  @Test(
    "URIs taken apart: RFC 3261 section 19.1, RFC 3966, RFC 5031",
    arguments: [
      ("sip:alice@Example.COM:5061;transport=tcp?subject=a@b", "sip:alice@example.com"),
      ("sips:al%69ce:secret@[2001:DB8::1]:5061", "sip:alice@[2001:db8::1]"),
      ("sip:registrar.example.com", "sip:registrar.example.com"),
      ("sip:+1-201@gw;user=phone", "sip:+1-201@gw"),
      ("sip:a%40b@c", "sip:a%40b@c"),
      ("tel:+1-(201)555.0123;phone-context=example.com", "tel:+12015550123"),
      ("TEL:7042;phone-context=x", "tel:7042"),
      ("urn:service:SOS.police", "urn:service:sos.police"),
      ("*", ":*"),
      ("sip:", "sip:"),
    ])
  func identities(uri: String, identity: String) {
    let bytes = Array(uri.utf8)
    let parsed = SIPURI(parsing: bytes.span.bytes, in: ByteRange(0, bytes.count))
    #expect(parsed.identity(in: bytes.span.bytes) == identity)
  }
}
