import CaptureFacts
import Testing

@testable import SubscriberTimelines

/// What joins the two sides of a back-to-back user agent, the node 2 between 1 and 3; and what must not.
@Suite struct CallJoinTests {
  private static let unknown = String(repeating: "0", count: 32)

  /// An INVITE of one side. `user` calls bob, on a way that begins anew.
  private func invite(
    _ conversation: inout Conversation, _ callID: String, from: UInt32, to: UInt32, user: String = "alice",
    callee: String = "bob", others: [String] = [], origin: String? = nil, port: Int = 4000
  ) throws {
    let description = origin.map {
      "v=0\r\no=\($0)\r\ns=-\r\nc=IN IP4 10.9.9.9\r\nt=0 0\r\nm=audio \(port) RTP/AVP 8\r\n"
    }
    try conversation.send(
      "INVITE sip:\(callee)@x.example SIP/2.0", from: from, to: to,
      [
        "Via: SIP/2.0/UDP 10.0.0.\(from);branch=z9hG4bK\(callID)\(from)", "From: <sip:\(user)@x.example>;tag=\(callID)",
        "To: <sip:\(callee)@x.example>", "Call-ID: \(callID)", "CSeq: 1 INVITE",
      ] + others, type: description == nil ? nil : "application/sdp", body: Array((description ?? "").utf8))
  }

  private func answer(_ conversation: inout Conversation, _ callID: String, from: UInt32, to: UInt32) throws {
    try conversation.send(
      "SIP/2.0 200 OK", from: to, to: from,
      [
        "Via: SIP/2.0/UDP 10.0.0.\(from);branch=z9hG4bK\(callID)\(from)", "From: <sip:alice@x.example>;tag=\(callID)",
        "To: <sip:bob@x.example>;tag=t", "Call-ID: \(callID)", "CSeq: 1 INVITE",
      ])
  }

  private func keys(_ conversation: inout Conversation) -> [[Dialog.JoinKey]] {
    conversation.finish().compactMap { if case .call(let call) = $0 { call.dialogs.map(\.joinedBy) } else { nil } }
  }

  /// Headers of the first side, of the second side, and the key that they give.
  static let pairs: [([String], [String], Dialog.JoinKey)] = [
    (["P-Charging-Vector: icid-value=a1"], ["P-Charging-Vector: icid-value=a1"], .chargingIdentifier),
    (
      ["P-Charging-Vector: icid-value=a1"], ["P-Charging-Vector: icid-value=b2;related-icid=\"a1\""],
      .relatedChargingIdentifier
    ),
    (
      ["Session-ID: \(String(repeating: "A", count: 32));remote=\(unknown)"],
      ["Session-ID: \(String(repeating: "a", count: 32));remote=\(unknown)"], .sessionID
    ),
    (
      ["Session-ID: \(String(repeating: "a", count: 32));remote=\(unknown)"],
      ["Session-ID: \(String(repeating: "c", count: 32));remote=\(String(repeating: "a", count: 32))"], .sessionID
    ),
    ([], ["X-CID: first"], .callIDHeader), ([], ["P-Orig-Call-ID: first;x=y"], .callIDHeader), ([], [], .parties),
  ]

  @Test("each key joins", arguments: pairs) func joined(first: [String], second: [String], key: Dialog.JoinKey) throws {
    var conversation = Conversation()
    try invite(&conversation, "first", from: 1, to: 2, others: first)
    try invite(&conversation, "second", from: 2, to: 3, others: second)
    #expect(keys(&conversation) == [[.callID, key]])
  }

  @Test("no key joins what its sender never received, but where another user begins it")
  func unreached() throws {
    for (first, second, key) in Self.pairs where key != .parties {
      var conversation = Conversation()
      try invite(&conversation, "first", from: 1, to: 2, others: first)
      try invite(&conversation, "second", from: 4, to: 3, others: second)
      #expect(keys(&conversation) == [[.callID], [.callID]])
    }
  }

  @Test("a session without a name joins nothing (RFC 7989 section 5)") func unknownSession() throws {
    var conversation = Conversation()
    let header = "Session-ID: \(Self.unknown);remote=\(Self.unknown)"
    try invite(&conversation, "first", from: 1, to: 2, others: [header])
    try invite(&conversation, "second", from: 2, to: 3, callee: "carol", others: [header])
    #expect(keys(&conversation) == [[.callID], [.callID]])
  }

  @Test("who was called makes another call later: its half of Session-ID joins nothing") func laterCall() throws {
    var conversation = Conversation()
    let (a, b) = (String(repeating: "a", count: 32), String(repeating: "b", count: 32))
    try invite(&conversation, "first", from: 1, to: 2, others: ["Session-ID: \(a);remote=\(b)"])
    try answer(&conversation, "first", from: 1, to: 2)
    try invite(
      &conversation, "second", from: 2, to: 3, callee: "carol", others: ["Session-ID: \(b);remote=\(Self.unknown)"])
    #expect(keys(&conversation) == [[.callID], [.callID]])
  }

  @Test("the description joins by origin and media address, by the latter, by the former to the same user only")
  func descriptions() throws {
    func keys(_ origin: String, _ port: Int, callee: String) throws -> [[Dialog.JoinKey]] {
      var conversation = Conversation()
      try invite(&conversation, "first", from: 1, to: 2, user: "u1", origin: "- 1 1 IN IP4 10.0.0.1")
      try invite(&conversation, "second", from: 2, to: 3, user: "u2", callee: callee, origin: origin, port: port)
      return self.keys(&conversation)
    }
    #expect(try keys("- 1 7 IN IP4 10.0.0.1", 4000, callee: "other") == [[.callID, .descriptionOrigin]])
    #expect(try keys("- 9 9 IN IP4 10.0.0.2", 4000, callee: "other") == [[.callID, .mediaAddress]])
    #expect(try keys("- 1 1 IN IP4 10.0.0.1", 5000, callee: "bob") == [[.callID, .descriptionOrigin]])
    #expect(try keys("- 1 1 IN IP4 10.0.0.1", 5000, callee: "other") == [[.callID], [.callID]])
    #expect(try keys("- 9 9 IN IP4 10.0.0.2", 5000, callee: "bob") == [[.callID], [.callID]])
  }

  @Test("two calls between the same users at once: without another key neither second side is joined")
  func ambiguous() throws {
    var conversation = Conversation()
    try invite(&conversation, "first", from: 1, to: 2)
    try invite(&conversation, "other", from: 1, to: 2)
    try invite(&conversation, "second", from: 2, to: 3)
    try invite(&conversation, "fourth", from: 2, to: 3)
    #expect(keys(&conversation) == [[.callID], [.callID], [.callID], [.callID]])
  }

  @Test("the users alone join nothing after two seconds, and nothing that was answered") func tooLate() throws {
    var conversation = Conversation()
    try invite(&conversation, "first", from: 1, to: 2)
    conversation.wait(seconds: 3)
    try invite(&conversation, "second", from: 2, to: 3)
    #expect(keys(&conversation).count == 2)
    conversation = Conversation()
    try invite(&conversation, "first", from: 1, to: 2)
    try answer(&conversation, "first", from: 1, to: 2)
    try invite(&conversation, "second", from: 2, to: 3)
    #expect(keys(&conversation).count == 2)
  }

  @Test("an icid that only the response names joins, too") func response() throws {
    var conversation = Conversation()
    try invite(&conversation, "first", from: 1, to: 2)
    try conversation.send(
      "SIP/2.0 183 Session Progress", from: 2, to: 1,
      [
        "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKfirst1", "From: <sip:alice@x.example>;tag=first",
        "To: <sip:bob@x.example>;tag=t", "Call-ID: first", "CSeq: 1 INVITE", "P-Charging-Vector: icid-value=a1",
      ])
    conversation.wait(seconds: 5)
    try invite(&conversation, "second", from: 2, to: 3, others: ["P-Charging-Vector: icid-value=a1"])
    #expect(keys(&conversation) == [[.callID, .chargingIdentifier]])
  }
}
