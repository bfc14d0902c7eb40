extension Stage {
  /// One side of a call through a back-to-back user agent.
  private struct Side {
    var journey: SIPJourney
    var callID: String
    var tag: String
    var media: SessionDescription
  }

  /// A call through an application server that acts as back-to-back user agent: the second side has another Call-ID and
  /// other tags.
  mutating func callThroughBackToBackAgent(_ plan: BackToBackPlan) {
    let id = newRecord("call")
    note(plan.caller)
    note(plan.callee)
    var record = CallTruth(id: id, caller: plan.caller.implicitIdentities[0], callee: plan.callee.dialledIdentity)
    record.start = Stage.epoch + clock
    record.features = ["b2bua"]
    record.joins = ["call_id", plan.trace.key]
    within(id) { stage in
      let charging = stage.random.hexadecimal(32).uppercased()
      let sessions = (0..<3).map { _ in stage.random.hexadecimal(32) }
      let first = stage.firstSide(plan, charging: charging, sessions: sessions)
      stage.wait(milliseconds: plan.thinking)
      let second = stage.secondSide(plan, of: first, charging: charging, sessions: sessions)
      record.callIDs = [first.callID, second.callID]
      record.legs = first.journey.hops.count + second.journey.hops.count
      stage.finishBackToBackCall(plan, first, second, sessions: sessions)
    }
    record.outcome = .answered
    record.status = 200
    record.releasedBy = CallParty.caller.rawValue
    truth.calls.append(record)
  }

  private var agentContact: String {
    "sip:\(network.applicationServer.addressText):\(network.applicationServer.endpoint.port)"
  }

  private static let unknownSession = String(repeating: "0", count: 32)

  private mutating func firstSide(_ plan: BackToBackPlan, charging: String, sessions: [String]) -> Side {
    let callID = "\(random.hexadecimal(32))@\(plan.caller.equipment.addressText)"
    let media = plan.media ?? mediaOffer(of: plan.caller, hasVideo: false)
    var text = inviteText(CallPlan(plan.caller, plan.callee), callID: callID, media: media)
    if plan.trace == .sessionID || plan.trace == .swappedSessionID {
      text.set("Session-ID", "\(sessions[0]);remote=\(Stage.unknownSession)")
    }
    let journey = relay(text, along: originatingWay(plan.caller)) { stage, index, text in
      stage.rewriteInitial(
        &text, at: index, caller: plan.caller, calleeContact: stage.agentContact, charging: charging)
      return true
    }
    answerHop(journey.hops[journey.hops.count - 1], status: 100, phrase: "Trying")
    return Side(journey: journey, callID: callID, tag: random.hexadecimal(8), media: media)
  }

  private mutating func secondSide(
    _ plan: BackToBackPlan, of first: Side, charging: String, sessions: [String]
  ) -> Side {
    let server = network.applicationServer
    let callID = "\(random.hexadecimal(20))@\(server.addressText)"
    var media = first.media
    if plan.trace != .descriptionOrigin, plan.trace != .description { media.session ^= 0x5555 }
    if plan.trace != .mediaAddress, plan.trace != .description, plan.trace != .chargingIdentifier {
      media.origin = media.origin ?? media.address
      media.address = server.endpoint.address
      media.port ^= 0x0200
    }
    if plan.trace != .descriptionOrigin, plan.trace != .description { media.origin = server.endpoint.address }
    var text = first.journey.arrived
    for name in ["Via", "Record-Route", "Route", "Max-Forwards"] { text.remove(name) }
    text.set("Call-ID", callID)
    text.set("From", "<\(plan.caller.implicitIdentities[0])>;tag=\(random.hexadecimal(8))")
    text.set("Contact", "<\(agentContact)>")
    text.fields.insert(("Max-Forwards", "70"), at: 0)
    text.fields.insert(("Route", "<sip:orig@\(network.serving.host):\(network.serving.endpoint.port);lr>"), at: 1)
    text.body = media.text
    switch plan.trace {
    case .chargingIdentifier: break
    case .relatedChargingIdentifier:
      let own = random.hexadecimal(32).uppercased()
      text.set("P-Charging-Vector", "icid-value=\(own);related-icid=\(charging)")
    case .callIDHeader:
      text.remove("P-Charging-Vector")
      text.set("X-Call-ID", first.callID)
    case .swappedSessionID:
      text.remove("P-Charging-Vector")
      text.set("Session-ID", "\(sessions[2]);remote=\(sessions[0])")
    default: text.remove("P-Charging-Vector")
    }
    let journey = relay(
      text,
      along: [
        server, network.serving, network.interrogating, network.serving, network.proxy, plan.callee.equipment,
      ]
    ) { stage, index, text in
      if index == 2 { stage.locate(plan.callee.dialledIdentity, result: .success, pairs: [stage.serverName]) }
      // The way begins at the application server, where that of a plain call is at the P-CSCF.
      stage.rewriteInitial(
        &text, at: index + 1, caller: plan.caller, calleeContact: plan.callee.contact, charging: charging)
      return true
    }
    return Side(journey: journey, callID: callID, tag: random.hexadecimal(8), media: media)
  }

  private mutating func finishBackToBackCall(
    _ plan: BackToBackPlan, _ first: Side, _ second: Side, sessions: [String]
  ) {
    var answer = first.media
    answer.address = plan.callee.equipment.endpoint.address
    answer.origin = nil
    answer.session ^= 0x7777
    let session =
      plan.trace == .sessionID || plan.trace == .swappedSessionID
      ? [("Session-ID", "\(sessions[1]);remote=\(sessions[0])")] : []
    for (status, phrase) in [(180, "Ringing"), (200, "OK")] {
      wait(milliseconds: status == 180 ? 2 : 900)
      let body = status == 200 ? answer.text : ""
      let type = session + (status == 200 ? [("Content-Type", "application/sdp")] : [])
      respond(
        to: second.journey, status: status, phrase: phrase, toTag: second.tag,
        fields: [("Contact", "<\(plan.callee.contact)>")] + type, body: body)
      respond(
        to: first.journey, status: status, phrase: phrase, toTag: first.tag,
        fields: [("Contact", "<\(agentContact)>")] + type, body: body)
    }
    func uri(_ user: String, _ node: Node) -> String { "sip:\(user)@\(node.addressText):\(node.endpoint.port)" }
    func dialog(_ side: Side, nodes: [Node], contacts: (String, String), routes: [String]) -> SIPDialog {
      SIPDialog(
        nodes: nodes, callID: side.callID, callerField: side.journey.arrived["From"] ?? "",
        calleeField: "\(side.journey.arrived["To"] ?? "");tag=\(side.tag)", callerContact: contacts.0,
        calleeContact: contacts.1, routes: routes, callerSequence: 1, callerMedia: side.media, calleeMedia: answer)
    }
    var near = dialog(
      first, nodes: originatingWay(plan.caller), contacts: (plan.caller.contact, agentContact),
      routes: [uri("mo", network.proxy), uri("mo", network.serving)])
    var far = dialog(
      second, nodes: terminatingWay(plan.callee), contacts: (agentContact, plan.callee.contact),
      routes: [uri("mt", network.serving), uri("mt", network.proxy)])
    _ = request("ACK", in: &near, by: .caller, sequence: 1)
    _ = request("ACK", in: &far, by: .caller, sequence: 1)
    wait(milliseconds: 1800)
    requestAndAnswer("BYE", in: &near, by: .caller)
    requestAndAnswer("BYE", in: &far, by: .caller)
  }
}
