import ByteReading
import CaptureFacts
import Testing

@testable import SubscriberTimelines

/// Which application servers a profile names for a request, and which of them an S-CSCF asked (TS 24.229 section 5.4.3.2). The
/// nodes: 1 P-CSCF, 2 S-CSCF, 3 and 4 application servers, 5 I-CSCF.
@Suite struct ServiceInvocationTests {
  private static func criteria(_ priority: Int, _ server: String, handling: Int = 0) -> String {
    """
    <InitialFilterCriteria><Priority>\(priority)</Priority><TriggerPoint><ConditionTypeCNF>1</ConditionTypeCNF>\
    <SPT><Group>0</Group><Method>INVITE</Method></SPT><SPT><Group>1</Group><SessionCase>0</SessionCase></SPT>\
    </TriggerPoint><ApplicationServer><ServerName>sip:\(server)</ServerName><DefaultHandling>\(handling)\
    </DefaultHandling></ApplicationServer></InitialFilterCriteria>
    """
  }

  /// A network whose user `alice` has the application servers `a` and `b`, and knows both.
  private func conversation(handling: Int = 0) -> Conversation {
    var conversation = Conversation()
    let roles: [(UInt32, NodeBehaviour)] = [(1, .addsPath), (2, .sendsServerAssignment), (5, .sendsUserAuthorization)]
    for (number, behaviour) in roles {
      let end = Endpoint(address: IPAddress(v4: 0x0a00_0000 + number), port: 5060)
      let node = conversation.timelines.nodes.node(at: end, isOwn: true)
      conversation.timelines.nodes.note(behaviour, of: node, frame: FrameReference(number: 1))
    }
    let profile = """
      <IMSSubscription><PrivateID>alice@x.example</PrivateID><ServiceProfile><PublicIdentity><Identity>\
      sip:alice@x.example</Identity></PublicIdentity>\(Self.criteria(1, "a.x.example", handling: handling))\
      \(Self.criteria(2, "b.x.example"))</ServiceProfile></IMSSubscription>
      """
    let handle = conversation.timelines.subscribers.noteIdentity("sip:alice@x.example", isPrivate: false)
    _ = conversation.timelines.subscribers.note(userData: Array(profile.utf8).rawSpan, of: handle)
    return conversation
  }

  private func invite(
    _ conversation: inout Conversation, _ callID: String, from: UInt32, to: UInt32, vias: Int, route: String?
  ) throws {
    let hops = (0..<vias).reversed().map {
      "Via: SIP/2.0/UDP 10.0.0.\($0 == vias - 1 ? from : 9);branch=z9hG4bK\(callID)\($0)"
    }
    try conversation.send(
      "INVITE sip:bob@x.example SIP/2.0", from: from, to: to,
      hops + [
        "From: <sip:alice@x.example>;tag=\(callID)", "To: <sip:bob@x.example>", "Call-ID: \(callID)", "CSeq: 1 INVITE",
        "P-Asserted-Identity: <sip:alice@x.example>",
      ] + (route.map { ["Route: <sip:\($0);lr>, <sip:own@10.0.0.2;lr>"] } ?? []))
  }

  private func answer(_ conversation: inout Conversation, _ callID: String, status: Int, from: UInt32, vias: Int) throws
  {
    let hops = (0..<vias).reversed().map {
      "Via: SIP/2.0/UDP 10.0.0.\($0 == vias - 1 ? 2 : 9);branch=z9hG4bK\(callID)\($0)"
    }
    try conversation.send(
      "SIP/2.0 \(status) X", from: from, to: 2,
      hops + [
        "From: <sip:alice@x.example>;tag=\(callID)", "To: <sip:bob@x.example>;tag=t", "Call-ID: \(callID)",
        "CSeq: 1 INVITE",
      ])
  }

  /// A call: the way of the request from the S-CSCF on, by the nodes that it goes to; those with a name come back.
  private func call(_ conversation: inout Conversation, _ callID: String, by servers: [(UInt32, String)]) throws {
    try invite(&conversation, callID, from: 1, to: 2, vias: 2, route: "orig@10.0.0.2")
    var vias = 2
    for (node, name) in servers {
      vias += 1
      try invite(&conversation, callID, from: 2, to: node, vias: vias, route: name)
      vias += 1
      try invite(&conversation, callID, from: node, to: 2, vias: vias, route: "own@10.0.0.2")
    }
    try invite(&conversation, callID, from: 2, to: 5, vias: vias + 1, route: nil)
    conversation.timelines.advance(to: conversation.timelines.now)
  }

  private func outcome(_ conversation: inout Conversation) -> (states: [[ServiceInvocation.State]], rules: [String]) {
    let records = conversation.finish()
    return (
      records.compactMap { if case .call(let call) = $0 { call.applicationServers.map(\.state) } else { nil } },
      records.compactMap {
        if case .finding(let finding) = $0, finding.rule.hasPrefix("application_server") { finding.rule } else { nil }
      }
    )
  }

  @Test("servers that were asked in their order are no finding") func asked() throws {
    var conversation = conversation()
    try call(&conversation, "one", by: [(3, "a.x.example"), (4, "b.x.example")])
    let (states, rules) = outcome(&conversation)
    #expect(states == [[.asked, .asked]])
    #expect(rules.filter { $0 != "application_server_failed" }.isEmpty)
  }

  @Test("a server that was passed over is found where the capture shows that S-CSCF and server speak") func passedOver()
    throws
  {
    var conversation = conversation()
    try call(&conversation, "one", by: [(3, "a.x.example"), (4, "b.x.example")])
    try call(&conversation, "two", by: [(3, "a.x.example")])
    let (states, rules) = outcome(&conversation)
    #expect(states == [[.asked, .asked], [.asked, .notAsked]])
    #expect(rules.contains("application_server_not_asked"))
  }

  @Test("where the capture has nothing of a server, nothing is claimed") func outOfSight() throws {
    var conversation = conversation()
    try call(&conversation, "one", by: [])
    let (states, rules) = outcome(&conversation)
    #expect(states == [[.notSeen, .notSeen]])
    #expect(rules.isEmpty)
  }

  @Test("the wrong order is found") func disordered() throws {
    var conversation = conversation()
    try call(&conversation, "one", by: [(4, "b.x.example"), (3, "a.x.example")])
    let (states, rules) = outcome(&conversation)
    #expect(states == [[.asked, .asked]])
    #expect(rules.contains("application_servers_out_of_order"))
  }

  @Test(
    "a server that fails is found, with what the profile says then",
    arguments: [(0, "SESSION_CONTINUED"), (1, "SESSION_TERMINATED")])
  func failed(handling: Int, words: String) throws {
    var conversation = conversation(handling: handling)
    try invite(&conversation, "one", from: 1, to: 2, vias: 2, route: "orig@10.0.0.2")
    try invite(&conversation, "one", from: 2, to: 3, vias: 3, route: "a.x.example")
    try answer(&conversation, "one", status: 503, from: 3, vias: 3)
    let texts = conversation.finish().compactMap {
      if case .finding(let finding) = $0, finding.rule == "application_server_failed" { finding.text } else { nil }
    }
    #expect(texts.count == 1)
    #expect(texts.first?.contains("sip:a.x.example answered INVITE with 503") ?? false)
    #expect(texts.first?.contains(words) ?? false)
  }

  @Test("a refusal by the server's own decision is no failure") func refused() throws {
    var conversation = conversation()
    try invite(&conversation, "one", from: 1, to: 2, vias: 2, route: "orig@10.0.0.2")
    try invite(&conversation, "one", from: 2, to: 3, vias: 3, route: "a.x.example")
    try answer(&conversation, "one", status: 403, from: 3, vias: 3)
    #expect(outcome(&conversation).rules.isEmpty)
  }
}
