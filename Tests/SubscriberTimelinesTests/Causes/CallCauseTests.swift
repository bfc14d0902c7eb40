import Testing

@testable import SubscriberTimelines

/// Causes of calls where one sign may have several reasons: what tells them apart.
@Suite struct CallCauseTests {
  private static let success = DiameterBytes.pair(268, 2001)
  private static let charged = ["P-Charging-Vector: icid-value=charging"]
  private static let way: [UInt32] = [1, 2, 4, 3, 6]

  /// INVITE along the way and 200 back, with the fields of the 200.
  private func answered(_ core: inout Core, back: [String] = []) throws {
    try core.pass("INVITE", 1, Self.way, answer: "200 OK", Self.charged, back: back)
    try core.pass("ACK", 1, Self.way, toTag: "b")
  }

  /// BYE of the P-CSCF to both sides.
  private func releasedByProxy(_ core: inout Core, _ fields: [String] = []) throws {
    try core.request("BYE", 2, way: [2], to: 4, toTag: "b", fields)
    try core.request("BYE", 2, way: [2, 4], to: 3, toTag: "b", fields)
    try core.request("BYE", 2, way: [2, 4, 3], to: 6, toTag: "b", fields)
    for end in (1...3).reversed() {
      try core.response("200 OK", "BYE", 2, way: Array([2, 4, 3][..<end]), from: [4, 3, 6][end - 1])
    }
  }

  @Test(
    "what the PCRF tells before the P-CSCF's BYE (TS 29.214 sections 4.4.6.1 and 4.4.6.2, 5.3.1, 5.3.13)",
    arguments: [
      (PolicyCommand.abortSession, DiameterBytes.pair(500, 0, is3GPP: true), "bearer_lost", "BEARER_RELEASED"),
      (
        PolicyCommand.abortSession, DiameterBytes.pair(500, 3, is3GPP: true), "continued_elsewhere", "PS_TO_CS_HANDOVER"
      ),
      (PolicyCommand.reAuthorisation, DiameterBytes.pair(513, 2, is3GPP: true), "bearer_lost", "LOSS_OF_BEARER"),
      (
        PolicyCommand.reAuthorisation,
        DiameterBytes.pair(513, 12, is3GPP: true) + DiameterBytes.pair(513, 4, is3GPP: true),
        "bearer_lost", "RELEASE_OF_BEARER"
      ),
      (PolicyCommand.reAuthorisation, DiameterBytes.pair(513, 12, is3GPP: true), "released_by_network", "BYE"),
    ])
  func bearer(command: UInt32, value: [UInt8], rule: String, words: String) throws {
    var core = Core()
    try core.request("INVITE", 1, way: [1], to: 2, Self.charged)
    try core.policy(PolicyCommand.authorisation, by: 2, result: Self.success)
    try answered(&core)
    try core.policy(command, by: 101, result: Self.success, [value])
    try releasedByProxy(&core)
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == rule)
    #expect(cause.text.contains(words))
  }

  @Test("the PCRF's report after the BYE is not its cause") func reportAfterRelease() throws {
    var core = Core()
    try core.request("INVITE", 1, way: [1], to: 2, Self.charged)
    try core.policy(PolicyCommand.authorisation, by: 2, result: Self.success)
    try answered(&core)
    try releasedByProxy(&core)
    try core.policy(
      PolicyCommand.reAuthorisation, by: 101, result: Self.success, [DiameterBytes.pair(513, 2, is3GPP: true)])
    #expect(core.findings().causes.map(\.rule) == ["released_by_network"])
  }

  @Test(
    "CANCEL of the P-CSCF is not the caller's: after the loss of the bearer, and without it", arguments: [true, false])
  func cancelledByNetwork(isBearerLost: Bool) throws {
    var core = Core()
    try core.request("INVITE", 1, way: [1], to: 2, Self.charged)
    try core.policy(PolicyCommand.authorisation, by: 2, result: Self.success)
    for end in 2...4 { try core.request("INVITE", 1, way: Array(Self.way[..<end]), to: Self.way[end], Self.charged) }
    for end in (1...4).reversed() {
      try core.response("180 Ringing", "INVITE", 1, way: Array(Self.way[..<end]), from: Self.way[end])
    }
    if isBearerLost {
      try core.policy(
        PolicyCommand.abortSession, by: 101, result: Self.success, [DiameterBytes.pair(500, 0, is3GPP: true)])
    }
    try core.conversation.send(
      "CANCEL sip:bob@x.example SIP/2.0", from: 2, to: 4,
      [
        "Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKINVITE1-2", "From: <sip:alice@x.example>;tag=a",
        "To: <sip:bob@x.example>", "Call-ID: one", "CSeq: 1 CANCEL", "Reason: SIP;cause=503;text=\"gone\"",
      ])
    for end in (1...4).reversed() {
      try core.response("487 Request Terminated", "INVITE", 1, way: Array(Self.way[..<end]), from: Self.way[end])
    }
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == (isBearerLost ? "bearer_lost" : "cancelled_by_network"))
    #expect(isBearerLost || cause.text.contains(#"Reason SIP 503 (service unavailable) "gone""#))
  }

  @Test("AAA refuses and the P-CSCF answers 580 or 403: the PCRF; STA refuses and the callee is busy: the callee")
  func policyRefused() throws {
    var core = Core()
    try core.request("INVITE", 1, way: [1], to: 2, Self.charged)
    try core.policy(PolicyCommand.authorisation, by: 2, result: DiameterBytes.experimental(5065))
    try core.response("580 Precondition Failure", "INVITE", 1, way: [1], from: 2)
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == "qos_refused")
    #expect(cause.text.contains("no session of the access network for the UE's address"))

    var other = Core()
    try other.request("INVITE", 1, way: [1], to: 2, Self.charged)
    try other.policy(PolicyCommand.authorisation, by: 2, result: Self.success)
    for end in 2...4 { try other.request("INVITE", 1, way: Array(Self.way[..<end]), to: Self.way[end], Self.charged) }
    for end in (1...4).reversed() {
      try other.response("403 Forbidden", "INVITE", 1, way: Array(Self.way[..<end]), from: Self.way[end])
    }
    try other.policy(275, by: 2, result: DiameterBytes.pair(268, 5002))
    #expect(other.findings().causes.map(\.rule) == ["forbidden"])
  }

  @Test("600 of an I-CSCF that the HSS named no S-CSCF to is no busy callee (TS 24.229 section 5.3.2.1)")
  func noServer() throws {
    var core = Core()
    for end in 1...3 { try core.request("INVITE", 1, way: Array(Self.way[..<end]), to: Self.way[end]) }
    try core.ask(302, by: 3, result: DiameterBytes.experimental(2003), identity: "sip:bob@x.example")
    for end in (1...3).reversed() {
      try core.response("600 Busy Everywhere", "INVITE", 1, way: Array(Self.way[..<end]), from: Self.way[end])
    }
    #expect(core.findings().causes.map(\.rule) == ["no_serving_cscf"])
  }

  @Test("a location query refused, then answered, and a callee that rings: not the HSS")
  func madeGood() throws {
    var core = Core()
    for end in 1...3 { try core.request("INVITE", 1, way: Array(Self.way[..<end]), to: Self.way[end]) }
    try core.ask(302, by: 3, result: DiameterBytes.pair(268, 3004), identity: "sip:bob@x.example")
    try core.ask(
      302, by: 3, result: Self.success, answer: [DiameterBytes.pair(602, "sip:s4.x.example", is3GPP: true)],
      identity: "sip:bob@x.example")
    try core.request("INVITE", 1, way: [1, 2, 4, 3], to: 6)
    for end in (1...4).reversed() {
      try core.response("404 Not Found", "INVITE", 1, way: Array(Self.way[..<end]), from: Self.way[end])
    }
    #expect(core.findings().causes.map(\.rule) == ["callee_not_found"])
  }

  @Test(
    "BYE when the session interval runs out without a refresh, and one earlier (RFC 4028 section 10)",
    arguments: [
      (1790, "session_timer_expired"), (1767, "session_timer_expired"), (900, "released_by_network"),
      (1900, "released_by_network"),
    ])
  func sessionTimer(seconds: Int64, rule: String) throws {
    var core = Core()
    try answered(&core, back: ["Session-Expires: 1800;refresher=uas"])
    core.conversation.wait(seconds: seconds)
    try releasedByProxy(&core)
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == rule)
    #expect(rule != "session_timer_expired" || cause.text.contains("refresher uas"))
  }

  @Test("a refresh starts the session interval anew") func refreshed() throws {
    var core = Core()
    try answered(&core, back: ["Session-Expires: 1800;refresher=uac"])
    core.conversation.wait(seconds: 900)
    try core.pass("UPDATE", 2, Self.way, answer: "200 OK", toTag: "b", back: ["Session-Expires: 1800;refresher=uac"])
    core.conversation.wait(seconds: 890)
    try core.pass("BYE", 3, Self.way, answer: "200 OK", toTag: "b")
    #expect(core.findings().causes.isEmpty)
  }

  @Test(
    "407: nobody came back with credentials, or they were refused (RFC 3261 section 22.3)", arguments: [false, true])
  func challenged(comesBack: Bool) throws {
    var core = Core()
    let challenge = [#"Proxy-Authenticate: Digest realm="x",nonce="n1""#]
    try core.pass("INVITE", 1, [1, 2], answer: "407 Proxy Authentication Required", back: challenge)
    if comesBack {
      try core.pass(
        "INVITE", 2, [1, 2], answer: "407 Proxy Authentication Required",
        [#"Proxy-Authorization: Digest username="alice",realm="x",nonce="n1",uri="sip:x",response="r""#],
        back: challenge)
    }
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == (comesBack ? "wrong_credentials" : "challenge_unanswered"))
    #expect(cause.isDetermined == comesBack)
  }

  @Test("the callee's S-CSCF is silent, the HSS is asked for capabilities, another one answers") func replaced() throws
  {
    var core = Core()
    for end in 1...3 { try core.request("INVITE", 1, way: Array([1, 2, 4][..<end]), to: [2, 4, 3][end - 1]) }
    try core.ask(
      302, by: 3, result: Self.success, answer: [DiameterBytes.pair(602, "sip:s5.x.example", is3GPP: true)],
      identity: "sip:bob@x.example")
    try core.request("INVITE", 1, way: [1, 2, 4, 3], to: 5)
    core.conversation.wait(seconds: 4)
    try core.ask(
      302, by: 3, result: Self.success, [DiameterBytes.pair(623, 2, is3GPP: true)], identity: "sip:bob@x.example")
    try core.request("INVITE", 1, way: [1, 2, 4, 3], to: 6, branch: "b")
    for end in (1...4).reversed() {
      try core.response(
        "200 OK", "INVITE", 1, way: Array(Self.way[..<end]), from: Self.way[end], branch: end == 4 ? "b" : "")
    }
    #expect(core.findings().findings.map(\.rule) == ["serving_cscf_replaced"])
  }

  @Test(
    "what a final response says is the cause where nothing else is, with its words",
    arguments: [
      ("433 Anonymity Disallowed", [], "anonymity_disallowed", "anonymous"),
      ("485 Ambiguous", [], "address_ambiguous", "more than one"),
      ("488 Not Acceptable Here", ["Warning: 304 x \"Media type not available\""], "media_not_acceptable", "304 x"),
      ("491 Request Pending", [], "request_pending", "another offer"),
      (
        "500 Server Internal Error", ["Reason: Q.850;cause=38"], "server_error",
        "Reason Q.850 38 (network out of order)"
      ),
      ("501 Not Implemented", [], "method_not_implemented", "501 Not Implemented"),
      ("503 Service Unavailable", ["Retry-After: 30"], "overloaded", "Retry-After 30 s"),
      ("505 Version Not Supported", [], "version_not_supported", "version"),
      ("607 Unwanted", [], "call_unwanted", "RFC 8197"),
      ("499 Whatever", [], "call_refused", "not determined"),
    ] as [(String, [String], String, String)])
  func statuses(line: String, fields: [String], rule: String, words: String) throws {
    var core = Core()
    try core.pass("INVITE", 1, [1, 2, 4], answer: line, back: fields)
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == rule)
    #expect(cause.text.contains(words))
  }
}
