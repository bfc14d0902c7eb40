import CaptureFacts
import Testing

@testable import SubscriberTimelines

/// Rules about nodes, at their edges: 1 asks, 2 is asked.
struct CaptureFindingTests {
  private func options(_ conversation: inout Conversation, _ number: Int, answered: Bool) throws {
    let fields = [
      "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKo\(number)", "From: <sip:a@x.example>;tag=\(number)",
      "To: <sip:b@x.example>", "Call-ID: o\(number)", "CSeq: \(number) OPTIONS",
    ]
    try conversation.send("OPTIONS sip:b@x.example SIP/2.0", forward: true, fields)
    if answered {
      try conversation.send("SIP/2.0 200 OK", forward: false, fields.map { $0.hasPrefix("To") ? $0 + ";tag=t" : $0 })
    }
  }

  private func rules(_ conversation: inout Conversation) -> [String] {
    conversation.finish().compactMap { record in
      guard case .finding(let finding) = record else { return nil }
      return NodeTroubles.rules.contains { $0.key == finding.rule } ? finding.rule : nil
    }
  }

  @Test("a node is silent from the third request in ten seconds on, to the end", arguments: [(2, false), (3, true)])
  func silence(requests: Int, isFound: Bool) throws {
    var conversation = Conversation()
    try options(&conversation, 1, answered: true)
    for number in 0..<requests {
      conversation.wait(seconds: 6)
      try options(&conversation, number + 2, answered: false)
    }
    conversation.wait(seconds: 6)
    #expect(rules(&conversation).contains("sip_peer_silent") == isFound)
  }

  @Test("a node that never answered may be out of sight: nothing is claimed")
  func outOfSight() throws {
    var conversation = Conversation()
    for number in 0..<6 {
      try options(&conversation, number + 1, answered: false)
      conversation.wait(seconds: 6)
    }
    #expect(rules(&conversation) == [])
  }

  @Test("requests that come in a burst and are answered late are no silence")
  func burst() throws {
    var conversation = Conversation()
    try options(&conversation, 1, answered: true)
    for number in 2..<12 { try options(&conversation, number, answered: false) }
    conversation.wait(seconds: 5)
    try options(&conversation, 13, answered: true)
    #expect(rules(&conversation) == [])
  }

  @Test("the events of a rule are bounded, and what finds no room is told")
  func bound() {
    var table = NodeTroubleTable()
    func event(_ number: UInt32) -> NodeEvent {
      NodeEvent(
        kind: .request, asker: NodeHandle(index: number), asked: NodeHandle(index: number + 1),
        time: Timestamp(nanoseconds: Int64(number)), frame: FrameReference(number: UInt64(number)), isSIP: true)
    }
    func isTaken(_ number: UInt32) -> Bool {
      if case .taken = table.take(event(number), .counts, row: 0) { true } else { false }
    }
    for number in 0..<UInt32(NodeTroubleTable.limit) where !isTaken(number) { Issue.record("\(number) found no room") }
    #expect(!isTaken(1 << 20))
    #expect(table.takeAll().count == NodeTroubleTable.limit)
  }
}
