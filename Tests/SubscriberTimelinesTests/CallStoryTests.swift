import ByteReading
import CaptureFacts
import Testing

@testable import SubscriberTimelines

/// What happened in a call, read from its messages, by clause.
@Suite struct CallStoryTests {
  private func fields(
    _ callID: String, _ method: String, cseq: Int = 1, from: String = "alice", to: String = "bob", tags: Bool = false,
    others: [String] = []
  ) -> [String] {
    [
      "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK\(callID)\(method)\(cseq)",
      "From: <sip:\(from)@x.example>;tag=\(callID)",
      "To: <sip:\(to)@x.example>\(tags ? ";tag=t" : "")", "Call-ID: \(callID)", "CSeq: \(cseq) \(method)",
    ] + others
  }

  private func invite(
    _ conversation: inout Conversation, _ callID: String, to: String = "bob", uri: String? = nil, others: [String] = []
  ) throws {
    try conversation.send(
      "INVITE \(uri ?? "sip:\(to)@x.example") SIP/2.0", forward: true, fields(callID, "INVITE", to: to, others: others))
  }

  private func calls(_ conversation: inout Conversation) -> [Call] {
    conversation.finish().compactMap { if case .call(let call) = $0 { call } else { nil } }
  }

  @Test("a call of which only requests within the dialog are seen began before the capture (RFC 3261 section 12.2)")
  func beganBefore() throws {
    var conversation = Conversation()
    try conversation.send("BYE sip:bob@x.example SIP/2.0", forward: true, fields("c", "BYE", cseq: 7, tags: true))
    try conversation.send("SIP/2.0 200 OK", forward: false, fields("c", "BYE", cseq: 7, tags: true))
    let call = try #require(calls(&conversation).first)
    #expect(call.beganBeforeCapture && call.outcome == .answered && !call.isOpenAtEnd)
  }

  @Test("a call whose INVITE was lost on its first hop only did not begin before the capture") func lostFirstHop()
    throws
  {
    var conversation = Conversation()
    try conversation.send("SIP/2.0 100 Trying", forward: false, fields("c", "INVITE"))
    try conversation.send(
      "INVITE sip:bob@x.example SIP/2.0", from: 2, to: 3,
      ["Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKsecond"] + fields("c", "INVITE"))
    #expect(calls(&conversation).map(\.beganBeforeCapture) == [false])
  }

  @Test("reasons in words (RFC 3326, ITU-T Q.850)") func reasons() throws {
    var conversation = Conversation()
    try conversation.send(
      "BYE sip:bob@x.example SIP/2.0", forward: true,
      fields(
        "c", "BYE", tags: true,
        others: ["Reason: Q.850;cause=38;text=\"down\", SIP;cause=503", "Reason: preemption;cause=1"]))
    let reasons = try #require(calls(&conversation).first?.reasons)
    #expect(reasons.map(\.protocolName) == ["Q.850", "SIP", "preemption"])
    #expect(reasons.map(\.meaning) == ["network out of order", "service unavailable", nil])
    #expect(reasons.map(\.text) == ["down", nil, nil])
  }

  @Test(
    "what came of a REFER, its answer and NOTIFY tell (RFC 3515 section 2.4.5)",
    arguments: [
      (202, "SIP/2.0 200 OK", CallTransfer.Outcome.succeeded, UInt16(200)),
      (202, "SIP/2.0 486 Busy Here", .failed, 486), (202, "SIP/2.0 100 Trying", .accepted, nil),
      (603, "", .failed, 603),
    ] as [(UInt16, String, CallTransfer.Outcome, UInt16?)])
  func transfer(answer: UInt16, line: String, outcome: CallTransfer.Outcome, status: UInt16?) throws {
    var conversation = Conversation()
    try invite(&conversation, "c")
    let refer = fields("c", "REFER", cseq: 2, tags: true, others: ["Refer-To: <sip:carol@x.example?Subject=x>"])
    try conversation.send("REFER sip:bob@x.example SIP/2.0", forward: true, refer)
    try conversation.send("SIP/2.0 \(answer) Word", forward: false, refer)
    if !line.isEmpty {
      try conversation.send(
        "NOTIFY sip:alice@x.example SIP/2.0", forward: false,
        [
          "Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKn", "From: <sip:bob@x.example>;tag=t",
          "To: <sip:alice@x.example>;tag=c", "Call-ID: c", "CSeq: 1 NOTIFY", "Event: refer;id=2",
          "Subscription-State: active",
        ], type: "message/sipfrag;version=2.0", body: Array("\(line)\r\n".utf8))
    }
    let transfer = try #require(calls(&conversation).first?.transfers.first)
    #expect(transfer.kind == .blind && transfer.by == .caller && transfer.target == "sip:carol@x.example")
    #expect(transfer.outcome == outcome && transfer.status == status)
  }

  @Test("Replaces inside Refer-To makes a transfer attended; escapes are those of URIs (RFC 3891 section 3)")
  func attended() {
    #expect(CallTransfer.replacedCallID(inHeaders: "Replaces=a%40b%3Bto-tag%3Dx&Subject=y") == "a@b")
    #expect(CallTransfer.replacedCallID(inHeaders: "Subject=y") == nil)
    #expect(CallTransfer.replacedCallID(inHeaders: "Replaces=%4") == "%4")
  }

  @Test(
    "Replaces, In-Reply-To and Target-Dialog name other calls, and these name them",
    arguments: [
      ("Replaces: first;to-tag=a;from-tag=b", RelatedRecord.Relation.replacementOf),
      ("In-Reply-To: first", .answerTo), ("Target-Dialog: first;local-tag=a;remote-tag=b", .accessTransferOf),
    ]) func related(header: String, relation: RelatedRecord.Relation) throws
  {
    var conversation = Conversation()
    try invite(&conversation, "first")
    try invite(&conversation, "second", to: "carol", others: [header])
    let calls = calls(&conversation)
    #expect(calls.map { $0.related.map(\.relation) } == [[relation.inverse], [relation]])
    #expect(calls.last?.related.first?.id == calls.first?.id)
  }

  @Test("an INVITE to the number that an ATCF announced moves the session of the user it asserts (TS 24.237)")
  func transferNumber() throws {
    var conversation = Conversation()
    try conversation.send(
      "REGISTER sip:x.example SIP/2.0", from: 4, to: 5,
      fields("r", "REGISTER", to: "alice", others: ["Feature-Caps: *;+g.3gpp.atcf=\"<tel:+4912345>\""]))
    try invite(&conversation, "first")
    try invite(
      &conversation, "second", uri: "tel:+4912345", others: ["P-Asserted-Identity: <sip:alice@x.example>"])
    let calls = calls(&conversation)
    #expect(calls.map { $0.related.map(\.relation) } == [[.accessTransferredBy], [.accessTransferOf]])
    #expect(calls.last?.related.first?.joinedBy == .transferNumber)
  }

  @Test("entries of History-Info with a cause are diversions (RFC 7544), so are Diversion and Contact of 3xx")
  func diversions() throws {
    var conversation = Conversation()
    try invite(
      &conversation, "c",
      others: [
        "History-Info: <sip:a@x.example>;index=1,<sip:b@x.example;cause=486>;index=1.1,<sip:c@10.0.0.1>;index=1.1.1",
        "Diversion: <sip:z@x.example>;reason=no-answer",
      ])
    try conversation.send(
      "SIP/2.0 302 Moved", forward: false, fields("c", "INVITE", tags: true, others: ["Contact: <sip:d@x.example>"]))
    let call = try #require(calls(&conversation).first)
    #expect(call.diversions.map(\.source) == [.historyInfo, .diversion, .redirection])
    #expect(call.diversions.map(\.from) == ["sip:a@x.example", "sip:z@x.example", "sip:bob@x.example"])
    #expect(call.diversions.map(\.to) == ["sip:b@x.example;cause=486", "sip:bob@x.example", "sip:d@x.example"])
    #expect(call.diversions.map(\.reason) == ["busy", "no-answer", nil])
    #expect(call.outcome == .redirected && !call.features.contains("forwarded"))
  }

  @Test("marks of TS 24.237 are found whole, and no others") func marks() {
    let text = Array("<sip:a@b>;+g.3gpp.icsi-ref=\"x\";+G.3gpp.SRVCC;+g.3gpp.srvcc-alerting;+g.3gpp.srvccx".utf8)
    #expect(ContinuityMark.marks(in: text.rawSpan, 0..<text.count) == ["g.3gpp.srvcc-alerting"])
    let lower = Array("*;+g.3gpp.srvcc;+g.3gpp.mid-call=\"1\"".utf8)
    #expect(ContinuityMark.marks(in: lower.rawSpan, 0..<lower.count) == ["g.3gpp.srvcc", "g.3gpp.mid-call"])
  }

  @Test("a 504 that asks for restoration (TS 24.229 section 7.6, TS 23.380)") func restoration() throws {
    var conversation = Conversation()
    try invite(&conversation, "c")
    try conversation.send(
      "SIP/2.0 504 Server Time-out", forward: false, fields("c", "INVITE", tags: true),
      type: "application/3gpp-ims+xml",
      body: Array(
        """
        <ims-3gpp version="1"><alternative-service><type><restoration/></type><reason>lost</reason>\
        <action><initial-registration/></action></alternative-service></ims-3gpp>
        """.utf8))
    #expect(calls(&conversation).first?.features == ["restoration"])
  }

  @Test("a file selector (RFC 5547 section 6)") func selector() {
    let file = CallSession.file(selector: "name:\"my: picture.jpg\" type:image/jpeg size:4092 hash:sha-1:72:24")
    #expect(file.name == "my: picture.jpg" && file.type == "image/jpeg" && file.size == 4092)
    let damaged = CallSession.file(selector: "name:\"open size:x")
    #expect(damaged.name == "open size:x" && damaged.size == nil)
  }
}
