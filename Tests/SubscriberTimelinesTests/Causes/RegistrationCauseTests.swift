import Testing

@testable import SubscriberTimelines

/// Causes of registrations where one sign may have several reasons: what tells them apart.
@Suite struct RegistrationCauseTests {
  private static let success = DiameterBytes.pair(268, 2001)
  private static let first = DiameterBytes.experimental(2001)
  private static let toServer = [DiameterBytes.pair(602, "sip:s4.x.example", is3GPP: true)]
  private static let answered = [
    #"Authorization: Digest username="alice@x.example",realm="x",nonce="n1",uri="sip:x",response="r""#
  ]
  private static let challenge = [#"WWW-Authenticate: Digest realm="x",nonce="n1",algorithm=AKAv1-MD5"#]
  private static let way: [UInt32] = [1, 2, 3, 4]

  /// REGISTER up to the challenge of the S-CSCF.
  private func challenged(_ core: inout Core, _ cseq: Int = 1, _ fields: [String] = [], nonce: String = "n1") throws {
    for end in 1...2 {
      try core.request("REGISTER", cseq, way: Array(Self.way[..<end]), to: Self.way[end], fields)
    }
    try core.ask(300, by: 3, result: Self.first, answer: Self.toServer)
    try core.request("REGISTER", cseq, way: [1, 2, 3], to: 4, fields)
    try core.ask(303, by: 4, result: Self.success)
    for end in (1...3).reversed() {
      try core.response(
        "401 Unauthorized", "REGISTER", cseq, way: Array(Self.way[..<end]), from: Self.way[end],
        [#"WWW-Authenticate: Digest realm="x",nonce="\#(nonce)",algorithm=AKAv1-MD5"#])
    }
  }

  @Test("403 of the S-CSCF to the answer, and no assignment: wrong credentials (TS 24.229 section 5.4.1.2.3)")
  func wrongCredentials() throws {
    var core = Core()
    try challenged(&core)
    try core.pass("REGISTER", 2, Self.way, answer: "403 Forbidden", Self.answered)
    let (causes, findings) = core.findings()
    #expect(causes.map(\.rule) == ["wrong_credentials"])
    #expect(causes.first?.text.contains("with 403 Forbidden: wrong credentials (K or OPc)") == true)
    #expect(findings.map(\.rule) == ["wrong_credentials"])
  }

  @Test("403 after SAR and SAA succeeded: the UE was authenticated, so its credentials are not the reason")
  func refusedAfterAssignment() throws {
    var core = Core()
    try challenged(&core)
    for end in 1...3 { try core.request("REGISTER", 2, way: Array(Self.way[..<end]), to: Self.way[end], Self.answered) }
    try core.ask(301, by: 4, result: Self.success, [DiameterBytes.pair(614, 1, is3GPP: true)])
    for end in (1...3).reversed() {
      try core.response("403 Forbidden", "REGISTER", 2, way: Array(Self.way[..<end]), from: Self.way[end])
    }
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == "registration_refused")
    #expect(!cause.isDetermined && cause.text.contains("not determined"))
  }

  @Test("403 to the answer by another node than the one that had challenged: not the credentials")
  func refusedByAnother() throws {
    var core = Core()
    try challenged(&core)
    try core.pass("REGISTER", 2, [1, 2, 3], answer: "403 Forbidden", Self.answered)
    #expect(core.findings().causes.map(\.rule) == ["registration_refused"])
  }

  @Test(
    "401 with stale=true to the answer, and no new one: the nonce ran out (RFC 7616 section 3.3)",
    arguments: [
      ("401 Unauthorized", ",stale=true"), ("401 nonce has changed", ",stale=false"),
    ])
  func stale(line: String, mark: String) throws {
    var core = Core()
    try challenged(&core)
    try core.pass(
      "REGISTER", 2, Self.way, answer: line, Self.answered,
      back: [#"WWW-Authenticate: Digest realm="x",nonce="n2",algorithm=AKAv1-MD5"# + mark])
    #expect(core.findings().causes.map(\.rule) == ["nonce_expired"])
  }

  @Test("auts once, then a challenge that is answered wrongly: not the sequence number")
  func wrongAfterResynchronisation() throws {
    var core = Core()
    try challenged(&core)
    try challenged(
      &core, 2,
      [#"Authorization: Digest username="alice@x.example",realm="x",nonce="n1",uri="sip:x",response="",auts="AAAA""#],
      nonce: "n2")
    try core.pass(
      "REGISTER", 3, Self.way, answer: "403 Forbidden",
      [#"Authorization: Digest username="alice@x.example",realm="x",nonce="n2",uri="sip:x",response="r""#])
    #expect(core.findings().causes.map(\.rule) == ["wrong_credentials"])
  }

  @Test("auts again and again, with success in the end: a warning, not the cause of anything")
  func resynchronisedRepeatedly() throws {
    var core = Core()
    try challenged(&core)
    for cseq in 2...3 {
      try challenged(
        &core, cseq,
        [
          #"Authorization: Digest username="alice@x.example",realm="x",nonce="n\#(cseq - 1)",uri="sip:x",response="",auts="AAAA""#
        ], nonce: "n\(cseq)")
    }
    try core.pass(
      "REGISTER", 4, Self.way, answer: "200 OK",
      [#"Authorization: Digest username="alice@x.example",realm="x",nonce="n3",uri="sip:x",response="r""#])
    let (causes, findings) = core.findings()
    #expect(causes.isEmpty)
    #expect(findings.map(\.rule) == ["resynchronised_repeatedly"])
    #expect(findings.first?.frames.count == 2)
  }

  @Test("401 and nothing more: what the UE did cannot be told; with ESP agreed on it may lie in there")
  func unanswered() throws {
    var core = Core()
    try challenged(&core)
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == "challenge_unanswered" && !cause.isDetermined)
    var other = Core()
    try other.pass(
      "REGISTER", 1, Self.way, answer: "401 Unauthorized",
      ["Security-Client: ipsec-3gpp;alg=hmac-md5-96;spi-c=1;spi-s=2;port-c=5061;port-s=5062"],
      back: Self.challenge + ["Security-Server: ipsec-3gpp;alg=hmac-md5-96;spi-c=3;spi-s=4;port-c=5063;port-s=5064"])
    let protected = try #require(other.findings().causes.first)
    #expect(protected.rule == "challenge_unanswered" && protected.text.contains("security association (ipsec-3gpp)"))
  }

  @Test(
    "UAA with capabilities only and 480 without going on: no S-CSCF; after REGISTER went on it is not that",
    arguments: [
      false, true,
    ])
  func noServer(goesOn: Bool) throws {
    var core = Core()
    for end in 1...2 { try core.request("REGISTER", 1, way: Array(Self.way[..<end]), to: Self.way[end]) }
    try core.ask(
      300, by: 3, result: Self.first,
      answer: [DiameterBytes.pair(603, DiameterBytes.pair(604, 7, is3GPP: true), is3GPP: true)])
    if goesOn {
      try core.request("REGISTER", 1, way: [1, 2, 3], to: 4)
      try core.response("480 Temporarily Unavailable", "REGISTER", 1, way: [1, 2, 3], from: 4)
    }
    for end in (1...2).reversed() {
      try core.response(
        "480 Temporarily Unavailable", "REGISTER", 1, way: Array(Self.way[..<end]), from: Self.way[end])
    }
    #expect(core.findings().causes.map(\.rule) == [goesOn ? "registration_refused" : "no_serving_cscf"])
  }

  @Test("the S-CSCF is silent and the HSS is asked for capabilities: dead, or replaced", arguments: [false, true])
  func deadServer(isReplaced: Bool) throws {
    var core = Core()
    for end in 1...2 { try core.request("REGISTER", 1, way: Array(Self.way[..<end]), to: Self.way[end]) }
    try core.ask(300, by: 3, result: DiameterBytes.experimental(2002), answer: Self.toServer)
    try core.request("REGISTER", 1, way: [1, 2, 3], to: 4)
    core.conversation.wait(seconds: 4)
    try core.ask(300, by: 3, result: Self.success, [DiameterBytes.pair(623, 2, is3GPP: true)])
    let line = isReplaced ? "200 OK" : "504 Server Time-out"
    if isReplaced {
      try core.request("REGISTER", 1, way: [1, 2, 3], to: 5, branch: "b")
      try core.response(line, "REGISTER", 1, way: [1, 2, 3], from: 5, branch: "b")
    }
    for end in (1...2).reversed() {
      try core.response(line, "REGISTER", 1, way: Array(Self.way[..<end]), from: Self.way[end])
    }
    let (causes, findings) = core.findings()
    #expect(causes.map(\.rule) == (isReplaced ? [] : ["serving_cscf_dead"]))
    #expect(findings.map(\.rule) == [isReplaced ? "serving_cscf_replaced" : "serving_cscf_dead"])
  }

  @Test("MAR without answer in the capture, but the S-CSCF challenged: its answer was missed, not missing")
  func missedAnswer() throws {
    var core = Core()
    for end in 1...3 { try core.request("REGISTER", 1, way: Array(Self.way[..<end]), to: Self.way[end]) }
    try core.ask(303, by: 4, result: nil)
    for end in (1...3).reversed() {
      try core.response(
        "401 Unauthorized", "REGISTER", 1, way: Array(Self.way[..<end]), from: Self.way[end], Self.challenge)
    }
    try core.pass("REGISTER", 2, Self.way, answer: "403 Forbidden", Self.answered)
    #expect(core.findings().causes.map(\.rule) == ["wrong_credentials"])
  }

  @Test("UAR refused as too busy, and answered when it was asked again: not the cause of a later failure")
  func madeGood() throws {
    var core = Core()
    for end in 1...2 { try core.request("REGISTER", 1, way: Array(Self.way[..<end]), to: Self.way[end]) }
    try core.ask(300, by: 3, result: DiameterBytes.pair(268, 3004))
    try core.ask(300, by: 3, result: Self.first, answer: Self.toServer)
    try core.request("REGISTER", 1, way: [1, 2, 3], to: 4)
    for end in (1...3).reversed() {
      try core.response(
        "503 Service Unavailable", "REGISTER", 1, way: Array(Self.way[..<end]), from: Self.way[end],
        ["Retry-After: 30"])
    }
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == "overloaded" && cause.text.contains("Retry-After 30 s"))
  }

  @Test(
    "results of the base protocol and of Cx, in words (RFC 6733 section 7.1, TS 29.229 section 6.2)",
    arguments: [
      (DiameterBytes.pair(268, 3001), "command_not_supported"), (DiameterBytes.pair(268, 3005), "diameter_loop"),
      (DiameterBytes.pair(268, 3007), "application_not_supported"), (DiameterBytes.pair(268, 3010), "unknown_peer"),
      (DiameterBytes.pair(268, 4001), "authentication_rejected"),
      (DiameterBytes.pair(268, 5001), "attribute_not_supported"), (DiameterBytes.pair(268, 5004), "attribute_invalid"),
      (DiameterBytes.pair(268, 5005), "attribute_missing"),
      (DiameterBytes.experimental(4181), "authentication_data_unavailable"),
      (DiameterBytes.experimental(5012), "serving_node_feature_not_supported"),
      (DiameterBytes.experimental(5999), "hss_refused"),
    ])
  func results(result: [UInt8], rule: String) throws {
    var core = Core()
    for end in 1...2 { try core.request("REGISTER", 1, way: Array(Self.way[..<end]), to: Self.way[end]) }
    try core.ask(300, by: 3, result: result, answer: [DiameterBytes.pair(281, "see the log")])
    for end in (1...2).reversed() {
      try core.response("500 Server Error", "REGISTER", 1, way: Array(Self.way[..<end]), from: Self.way[end])
    }
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == rule)
    #expect(cause.text.contains(#"Error-Message "see the log""#))
  }

  @Test(
    "what a final response says of itself is the cause where nothing else is (RFC 3261 section 21)",
    arguments: [
      ("400 Bad Request", [], "bad_request", "400 Bad Request"),
      ("404 Not Found", [], "address_of_record_not_found", "404 Not Found"),
      ("420 Bad Extension", ["Unsupported: outbound"], "extension_not_supported", "extensions outbound"),
      ("421 Extension Required", ["Require: path"], "extension_required", "extensions path"),
      ("423 Interval Too Brief", ["Min-Expires: 7200"], "interval_too_brief", "at least 7200 s"),
      ("494 Security Agreement Required", [], "security_agreement_required", "RFC 3329"),
      ("500 Server Internal Error", ["Warning: 399 x \"db\""], "server_error", "Warning 399 x \"db\""),
      ("504 Server Time-out", [], "next_hop_timeout", "behind it"),
      ("403 Forbidden", [], "registration_refused", "not determined"),
    ] as [(String, [String], String, String)])
  func statuses(line: String, fields: [String], rule: String, words: String) throws {
    var core = Core()
    try core.pass("REGISTER", 1, [1, 2, 3], answer: line, back: fields)
    let cause = try #require(core.findings().causes.first)
    #expect(cause.rule == rule)
    #expect(cause.text.contains(words))
  }
}
