extension Stage {
  /// Sends a request within a dialog along its route.
  mutating func request(
    _ method: String, in dialog: inout SIPDialog, by party: CallParty, fields: [(String, String)] = [],
    body: SessionDescription? = nil, content: (type: String, text: String)? = nil, sequence: Int? = nil
  ) -> SIPJourney {
    let isFromCaller = party != .callee
    let nodes = isFromCaller ? dialog.nodes : dialog.nodes.reversed()
    var number: Int
    if isFromCaller {
      if sequence == nil { dialog.callerSequence += 1 }
      number = dialog.callerSequence
    } else {
      if sequence == nil { dialog.calleeSequence += 1 }
      number = dialog.calleeSequence
    }
    if let sequence { number = sequence }
    let routes = isFromCaller ? dialog.routes : dialog.routes.reversed()
    var text = SIPText(
      startLine: "\(method) \(isFromCaller ? dialog.calleeContact : dialog.callerContact) SIP/2.0",
      fields: [("Max-Forwards", "70")] + routes.map { ("Route", "<\($0);lr>") } + [
        ("From", isFromCaller ? dialog.callerField : dialog.calleeField),
        ("To", isFromCaller ? dialog.calleeField : dialog.callerField), ("Call-ID", dialog.callID),
        ("CSeq", "\(number) \(method)"),
      ] + fields)
    if let body {
      text.set("Contact", "<\(isFromCaller ? dialog.callerContact : dialog.calleeContact)>")
      text.set("Content-Type", "application/sdp")
      text.body = body.text
    }
    if let content {
      text.set("Content-Type", content.type)
      text.body = content.text
    }
    let first = party == .network ? 1 : 0
    if party == .network { text.pop("Route") }
    return relay(text, along: Array(nodes[first...])) { _, _, text in
      text.pop("Route")
      return true
    }
  }

  /// Sends a request within a dialog and its 200.
  mutating func requestAndAnswer(
    _ method: String, in dialog: inout SIPDialog, by party: CallParty, fields: [(String, String)] = [],
    body: SessionDescription? = nil, status: Int = 200, phrase: String = "OK", answerBody: SessionDescription? = nil
  ) {
    let journey = request(method, in: &dialog, by: party, fields: fields, body: body)
    wait(milliseconds: 2)
    respond(
      to: journey, status: status, phrase: phrase, toTag: nil,
      fields: answerBody == nil ? [] : [("Content-Type", "application/sdp")], body: answerBody?.text ?? "")
  }

  /// A re-INVITE with its 200 and ACK.
  mutating func renegotiate(_ dialog: inout SIPDialog, by party: CallParty, change: (inout SessionDescription) -> Void)
  {
    let isFromCaller = party != .callee
    var offer = isFromCaller ? dialog.callerMedia : dialog.calleeMedia
    var answer = isFromCaller ? dialog.calleeMedia : dialog.callerMedia
    offer.version += 1
    answer.version += 1
    change(&offer)
    answer.hasVideo = offer.hasVideo
    answer.direction =
      switch offer.direction {
      case "sendonly": "recvonly"
      case "recvonly": "sendonly"
      default: offer.direction
      }
    let journey = request("INVITE", in: &dialog, by: party, body: offer)
    wait(milliseconds: 20)
    respond(
      to: journey, status: 200, phrase: "OK", toTag: nil,
      fields: [
        ("Contact", "<\(isFromCaller ? dialog.calleeContact : dialog.callerContact)>"),
        ("Content-Type", "application/sdp"),
      ], body: answer.text)
    _ = request(
      "ACK", in: &dialog, by: party, sequence: isFromCaller ? dialog.callerSequence : dialog.calleeSequence)
    dialog.callerMedia = isFromCaller ? offer : answer
    dialog.calleeMedia = isFromCaller ? answer : offer
  }
}
