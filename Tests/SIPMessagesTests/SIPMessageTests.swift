import ByteReading
import SIPMessages
import Testing

@Suite("SIP messages: the parts of one message")
struct SIPMessageTests {
  static let invite = """
    INVITE sip:+49301234567@ims.mnc001.mcc001.3gppnetwork.org;user=phone SIP/2.0
    Via: SIP/2.0/TCP [2001:db8::1]:5064;branch=z9hG4bKabc;rport, SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKdef
    v: SIP / 2.0 / UDP first.example.com: 4000;received=192.0.2.9;rport=4001;branch=z9hG4bKa7c6a8dlze.1
    Max-Forwards: 70
    f: "Quoted \\"Name\\", with <tricks>;tag=no" <sip:alice@example.com;lr>;x="a;tag=no";tag=1928
    To: <tel:+49-30-1234567>
    i: a84b4c76e66710@pc33.example.com
    CSeq: 314159 INVITE
    P-Charging-Vector: icid-value="AyretyU0dm+6O2IrT5tAFrbHLso=023551024";orig-ioi=home1.net
    Subject: folded
      value
    X-Unknown: kept
    Content-Type: application/sdp
    Content-Length: 5

    v=0
    """.replacing("\n", with: "\r\n") + "\r\n"

  @Test("every part of a request is where RFC 3261 section 7 says")
  func request() throws {
    let message = try parse(Self.invite)
    #expect(message.isRequest && message.method == .invite && message.status == 0)
    #expect(message.text(message.methodText) == "INVITE")
    #expect(message.identity(message.requestURI) == "sip:+49301234567@ims.mnc001.mcc001.3gppnetwork.org")
    #expect(message.viaCount == 3)
    #expect(message.text(message.topVia.transport) == "TCP")
    #expect(message.text(message.topVia.sentByHost) == "[2001:db8::1]")
    #expect(message.topVia.sentByPort == 5064)
    #expect(message.text(message.topVia.branch) == "z9hG4bKabc")
    let vias = message.vias()
    #expect(vias.map { message.text($0.branch) } == ["z9hG4bKabc", "z9hG4bKdef", "z9hG4bKa7c6a8dlze.1"])
    #expect(message.text(vias[2].sentByHost) == "first.example.com" && vias[2].sentByPort == 4000)
    #expect(message.text(vias[2].received) == "192.0.2.9" && message.text(vias[2].rport) == "4001")
    #expect(message.text(message.from.displayName) == "Quoted \\\"Name\\\", with <tricks>;tag=no")
    #expect(message.text(message.from.uri) == "sip:alice@example.com;lr")
    #expect(message.text(message.from.tag) == "1928")
    #expect(message.identity(message.to.uri) == "tel:+49301234567" && message.to.tag.isEmpty)
    #expect(message.text(message.callID) == "a84b4c76e66710@pc33.example.com")
    #expect(message.cseqNumber == 314159)
    #expect(
      message.parameter("icid-value", of: .pChargingVector).map(message.text)
        == "AyretyU0dm+6O2IrT5tAFrbHLso=023551024")
    #expect(message.first(.subject).map(message.text) == "folded\r\n  value")
    #expect(message.fields.first { $0.name == .other }.map { message.text($0.nameRange) } == "X-Unknown")
    #expect(message.contentLength == 5 && message.text(message.body) == "v=0\r\n")
    #expect(message.flaws.names == [])
  }

  @Test("every registered name is found in any letter case, and by its compact form")
  func names() throws {
    for name in SIPHeaderName.allCases where name != .other {
      for spelled in [name.name, name.name.lowercased(), name.name.uppercased()] {
        let message = try parse("OPTIONS sip:a SIP/2.0\r\n\(spelled) : value\r\n\r\n")
        #expect(message.fields.map(\.name) == [name], "\(spelled)")
      }
    }
    let compact: [(String, SIPHeaderName)] = [
      ("a", .acceptContact), ("b", .referredBy), ("c", .contentType), ("d", .requestDisposition),
      ("e", .contentEncoding), ("f", .from), ("i", .callID), ("j", .rejectContact), ("k", .supported),
      ("l", .contentLength), ("m", .contact), ("n", .identityInfo), ("o", .event), ("r", .referTo), ("s", .subject),
      ("t", .to), ("u", .allowEvents), ("v", .via), ("x", .sessionExpires), ("y", .identity),
    ]
    for (letter, name) in compact {
      for spelled in [letter, letter.uppercased()] {
        let message = try parse("OPTIONS sip:a SIP/2.0\r\n\(spelled): value\r\n\r\n")
        #expect(message.fields.map(\.name) == [name], "\(spelled)")
      }
    }
  }
}
