import CaptureFacts
import Testing

@testable import SubscriberTimelines

/// What a node is to which the S-CSCF sends a session: an application server, or what stands before the telephone network
/// (TS 24.229 sections 5.4.3.2 and 5.4.3.3). The nodes: 1 P-CSCF, 2 S-CSCF, 3 the one in question.
struct SessionRoleTests {
  private func roles(uri: String, dialled: String, route: String?, contact: String = "sip:10.0.0.3") throws -> [String]
  {
    var conversation = Conversation()
    for (number, behaviour) in [(1, .addsPath), (2, .sendsServerAssignment)] as [(UInt32, NodeBehaviour)] {
      let end = Endpoint(address: IPAddress(v4: 0x0a00_0000 + number), port: 5060)
      let node = conversation.timelines.nodes.node(at: end, isOwn: true)
      conversation.timelines.nodes.note(behaviour, of: node, frame: FrameReference(number: 1))
    }
    let own = "Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKb"
    let fields = [
      "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa", "From: <sip:alice@x.example>;tag=f", "Call-ID: c", "CSeq: 1 INVITE",
    ]
    try conversation.send(
      "INVITE \(dialled) SIP/2.0", from: 1, to: 2, fields + ["To: <\(dialled)>"])
    try conversation.send(
      "INVITE \(uri) SIP/2.0", from: 2, to: 3,
      [own] + fields + ["To: <\(dialled)>", "Record-Route: <sip:s.x.example;lr>"]
        + (route.map { ["Route: \($0)"] } ?? []))
    try conversation.send(
      "SIP/2.0 200 OK", from: 3, to: 2, [own] + fields + ["To: <\(dialled)>;tag=t", "Contact: <\(contact)>"])
    _ = conversation.finish()
    let end = Endpoint(address: IPAddress(v4: 0x0a00_0003), port: 5060)
    let node = conversation.timelines.nodes.node(at: end, isOwn: true)
    return conversation.timelines.nodes.roles(of: node).map(\.name)
  }

  @Test(
    "the Route back to the S-CSCF is an application server's, whatever was dialled",
    arguments: [
      "<sip:as.x.example;lr>, <sip:token@10.0.0.2;lr>", "<sip:as.x.example;lr>, <sip:token@S.x.example:5060;lr>",
    ])
  func applicationServer(route: String) throws {
    #expect(try roles(uri: "tel:+15550001", dialled: "tel:+15550001", route: route) == ["AS"])
  }

  @Test("a Route through two others is none back")
  func otherRoute() throws {
    #expect(
      try roles(uri: "tel:+15550001", dialled: "tel:+15550001", route: "<sip:b.x.example;lr>, <sip:c.y.example;lr>")
        == ["MGCF"])
  }

  @Test(
    "the Request-URI of the hop tells a gateway, not what was dialled",
    arguments: [
      ("tel:+15550001", "sip:bob@x.example", "MGCF"),
      ("sip:+15550001@gw.x.example;user=phone", "sip:bob@x.example", "MGCF"),
      ("sip:mailbox@x.example", "tel:+15550001", "AS"), ("sip:bob@x.example", "sip:bob@x.example", "AS"),
    ])
  func gateway(uri: String, dialled: String, role: String) throws {
    #expect(try roles(uri: uri, dialled: dialled, route: nil) == [role])
  }
}
