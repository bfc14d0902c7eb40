import ByteReading
import SIPMessages
import SharedCaptures
import Testing

@Suite(
  "tshark as a peer: SIP over UDP of the captures", .needsSharedCaptures, .needsTshark)
struct PeerComparisonTests {
  @Test("start line, Call-ID, CSeq, From, To, branches and contacts are those that tshark reads")
  func fields() throws {
    #expect(CapturedMessage.all.count > 400)
    for captured in CapturedMessage.all {
      let place = "\(captured.place)"
      guard let message = try? parse(captured.bytes) else {
        Issue.record("\(place): no SIP")
        continue
      }
      let text = { message.text($0) }
      let some = { (range: ByteRange) in range.isEmpty ? [] : [text(range)] }
      #expect((message.isRequest ? some(message.methodText) : []) == captured.values("sip.Method"), "\(place)")
      #expect((message.isRequest ? [] : ["\(message.status)"]) == captured.values("sip.Status-Code"), "\(place)")
      #expect(some(message.callID) == captured.values("sip.Call-ID"), "\(place)")
      #expect(["\(message.cseqNumber)"] == captured.values("sip.CSeq.seq"), "\(place)")
      #expect(
        [message.first(.cseq).map(text)?.split(separator: " ").last.map(String.init)]
          == captured.values("sip.CSeq.method").map { $0 }, "\(place)")
      #expect(some(message.from.tag) == captured.values("sip.from.tag"), "\(place)")
      #expect(some(message.to.tag) == captured.values("sip.to.tag"), "\(place)")
      #expect(address(message, message.from) == captured.values("sip.from.addr").first, "\(place)")
      #expect(address(message, message.to) == captured.values("sip.to.addr").first, "\(place)")
      #expect(
        message.vias().map { text($0.branch) }.filter { !$0.isEmpty } == captured.values("sip.Via.branch"), "\(place)")
      #expect(message.contacts().map { text($0.address.uri) } == captured.values("sip.contact.uri"), "\(place)")
    }
  }

  /// The URI up to its parameters.
  private func address(_ message: SIPMessage, _ address: SIPNameAddress) -> String? {
    message.text(address.uri)
  }
}
