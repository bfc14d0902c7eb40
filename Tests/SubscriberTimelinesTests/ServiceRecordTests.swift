import ByteReading
import CaptureFacts
import SIPMessages
import ServiceDocuments
import Testing

@testable import SubscriberTimelines

/// Short messages, publications and bodies: what is joined, what is not, and what is kept.
@Suite struct ServiceRecordTests {
  private static let sms = "application/vnd.3gpp.sms"
  /// RP-DATA of a UE with SMS-SUBMIT, TP-Message-Reference 7.
  private static func submit(_ reference: UInt8) -> [UInt8] {
    [0, reference, 0, 2, 0x91, 0x44, 10, 0x21, 7, 3, 0x81, 0x21, 0xf3, 0, 0, 1, 0x41]
  }
  /// RP-DATA to a UE with SMS-STATUS-REPORT about TP-Message-Reference 7: validity period expired.
  private static let report: [UInt8] =
    [1, 9, 2, 0x91, 0x44, 0, 21, 6, 7, 3, 0x81, 0x21, 0xf3] + [UInt8](repeating: 0, count: 14) + [0x46]

  private func fields(
    _ callID: String, _ method: String, from: String, to: String, others: [String] = []
  ) -> [String] {
    [
      "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK\(callID)\(method)", "From: <\(from)>;tag=\(callID)f", "To: <\(to)>",
      "Call-ID: \(callID)", "CSeq: 1 \(method)",
    ] + others
  }

  private func message(
    _ conversation: inout Conversation, _ callID: String, fromUE: Bool, user: String = "sip:alice@x.example",
    _ body: [UInt8], others: [String] = []
  ) throws {
    let centre = "sip:smsc@x.example"
    let fields = fields(
      callID, "MESSAGE", from: fromUE ? user : centre, to: fromUE ? centre : user, others: others)
    try conversation.send(
      "MESSAGE sip:x@x.example SIP/2.0", forward: fromUE, fields, type: Self.sms, body: body)
    try conversation.send("SIP/2.0 202 Accepted", forward: !fromUE, fields)
  }

  private func messaging(_ records: [TimelineRecord]) -> [MessagingRecord] {
    records.compactMap { if case .messaging(let record) = $0 { record } else { nil } }
  }

  @Test("submission, confirmation and status report are one record, each join with its key") func whole() throws {
    var conversation = Conversation()
    try message(&conversation, "c1", fromUE: true, Self.submit(5))
    try message(&conversation, "c2", fromUE: false, [3, 5])
    try message(&conversation, "c3", fromUE: false, Self.report)
    try message(&conversation, "c4", fromUE: true, [2, 9])
    let records = messaging(conversation.finish())
    #expect(records.count == 1)
    let record = try #require(records.first)
    #expect(record.dialogs.map(\.joinedBy) == [.callID, .relayReference, .transferReference, .relayReference])
    #expect(record.shortMessage?.kind == .submit && record.shortMessage?.relayOutcome == .acknowledged)
    #expect(record.shortMessage?.statusName == "validity period expired" && record.outcome == .accepted)
    #expect(record.bodies.map(\.frame.number) == [1, 3, 5, 7])
  }

  @Test("a refusal is the outcome, and a finding that names the cause (TS 24.011 section 8.2.5.4)") func refused()
    throws
  {
    var conversation = Conversation()
    try message(&conversation, "c1", fromUE: true, Self.submit(5))
    try message(&conversation, "c2", fromUE: false, [5, 5, 1, 0x26])
    let records = conversation.finish()
    #expect(messaging(records).map(\.outcome) == [.rejected])
    let findings = records.compactMap { if case .finding(let finding) = $0 { finding } else { nil } }
    #expect(findings.map(\.rule) == ["sms_refused"] && findings.map(\.frames.count) == [2])
    #expect(findings.first?.text.hasSuffix("with RP-ERROR 38 (network out of order)") ?? false)
  }

  @Test("In-Reply-To joins where the reference does not (TS 24.341)") func inReplyTo() throws {
    var conversation = Conversation()
    try message(&conversation, "c1", fromUE: true, Self.submit(5))
    try message(&conversation, "c2", fromUE: false, [3, 99], others: ["In-Reply-To: c1"])
    let records = messaging(conversation.finish())
    #expect(records.map { $0.dialogs.map(\.joinedBy) } == [[.callID, .inReplyTo]])
  }

  @Test("another user, another reference, the same direction, or a minute later: nothing is joined")
  func notJoined() throws {
    var conversation = Conversation()
    try message(&conversation, "c1", fromUE: true, Self.submit(5))
    try message(&conversation, "c2", fromUE: false, user: "sip:bob@x.example", [3, 5])
    try message(&conversation, "c3", fromUE: false, [3, 6])
    try message(&conversation, "c4", fromUE: true, [2, 5])
    conversation.wait(seconds: 100)
    try message(&conversation, "c5", fromUE: false, [3, 5])
    #expect(messaging(conversation.finish()).count == 5)
  }

  @Test("a publication joins the one subscription that watches its user, and none of two", arguments: [1, 2])
  func publication(watchers: Int) throws {
    var conversation = Conversation()
    for watcher in 0..<watchers {
      try conversation.send(
        "SUBSCRIBE sip:bob@x.example SIP/2.0", forward: true,
        fields(
          "s\(watcher)", "SUBSCRIBE", from: "sip:w\(watcher)@x.example", to: "sip:bob@x.example",
          others: ["Event: presence"]))
    }
    try conversation.send(
      "PUBLISH sip:bob@x.example SIP/2.0", forward: true,
      fields("p", "PUBLISH", from: "sip:bob@x.example", to: "sip:bob@x.example", others: ["Event: presence"]))
    #expect(messaging(conversation.finish()).count == (watchers == 1 ? 1 : 3))
  }

  @Test("the cause of a 380 says what the UE is to do (TS 24.229 section 7.6)") func alternativeService() throws {
    var conversation = Conversation()
    let fields = fields("c", "INVITE", from: "sip:a@x.example", to: "tel:112")
    try conversation.send("INVITE tel:112 SIP/2.0", forward: true, fields)
    try conversation.send(
      "SIP/2.0 380 Alternative Service", forward: false, fields, type: "application/3gpp-ims+xml",
      body: Array(
        """
        <ims-3gpp version="1"><alternative-service><type>emergency</type><reason>dial there</reason>\
        <action>emergency-registration</action></alternative-service></ims-3gpp>
        """.utf8))
    let calls = conversation.finish().compactMap { if case .call(let call) = $0 { call } else { nil } }
    let text = calls.first?.cause?.text ?? ""
    #expect(text.hasSuffix(": emergency, action emergency-registration, \"dial there\""), "\(text)")
  }

  @Test("bodies are kept once, bounded, and never what people write to each other") func bodies() throws {
    var conversation = Conversation()
    let fields = fields("m", "MESSAGE", from: "sip:a@x.example", to: "sip:b@x.example")
    try conversation.send(
      "MESSAGE sip:b@x.example SIP/2.0", forward: true, fields, type: "text/plain", body: Array("secret".utf8))
    var number = 0
    func notify(_ body: [UInt8]) throws {
      number += 1
      try conversation.send(
        "NOTIFY sip:b@x.example SIP/2.0", forward: true,
        self.fields(
          "n", "NOTIFY", from: "sip:a@x.example", to: "sip:b@x.example", others: ["X: \(number)", "Event: reg"]
        )
        .map { $0.replacing("z9hG4bK", with: "z9hG4bK\(number)").replacing("CSeq: 1", with: "CSeq: \(number)") },
        type: "application/reginfo+xml", body: body)
    }
    for _ in 0..<3 { try notify(Array("<reginfo version='0'/>".utf8)) }
    for version in 1..<40 { try notify(Array("<reginfo version='\(version)'/>".utf8)) }
    try notify([UInt8](repeating: 0x20, count: RecordedBody.longest + 1))
    let records = messaging(conversation.finish())
    #expect(records.map(\.bodies.count).sorted() == [0, RecordedBody.kept])
    #expect(conversation.timelines.anomalies.count(of: .stateEvicted) > 0)
    #expect(conversation.timelines.bodyBytes == 0)
  }

  @Test("no message brings more than there is room for") func room() throws {
    let type = "application/reginfo+xml"
    let text = "NOTIFY sip:a@x SIP/2.0\r\nContent-Type: \(type)\r\nContent-Length: 10\r\n\r\n<reginfo/>"
    let end = Endpoint(address: IPAddress(v4: 1), port: 5060)
    let observed = Observed(
      message: try SIPMessage(parsing: Array(text.utf8).rawSpan), time: Timestamp(nanoseconds: 0),
      frame: FrameReference(number: 1), flow: Flow(source: end, destination: end, transport: .udp))
    var collection = BodyCollection()
    collection.add(observed, key: HashKey(first: 1, second: 2), room: 9)
    #expect(collection.bodies.isEmpty && collection.dropped == 1)
    collection.add(observed, key: HashKey(first: 1, second: 2), room: 10)
    #expect(collection.byteCount == 10)
  }
}
