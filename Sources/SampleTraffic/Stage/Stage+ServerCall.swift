extension Stage {
  /// A call to a node of the network: a conference focus, an emergency centre, a gateway.
  ///
  /// `nodes` is the way from the caller; the last one answers with `contact`.
  mutating func callServer(
    _ caller: Subscriber, uri: String, along nodes: [Node], contact: String, features: [String],
    fields: [(String, String)] = [], related: [String] = [], talk: Int = 1500, releasedBy: CallParty = .caller,
    reason: String? = nil, servers: [String: String] = [:],
    rewrite: (inout Stage, Int, inout SIPText) -> Void = { _, _, _ in },
    duringTalk: (inout Stage, inout SIPDialog) -> Void = { _, _ in }
  ) {
    let id = newRecord("call")
    note(caller)
    var record = CallTruth(id: id, caller: caller.implicitIdentities[0], callee: uri)
    record.start = Stage.epoch + clock
    record.features = features
    record.related = related
    record.applicationServers = servers
    within(id) { stage in
      var plan = CallPlan(caller, caller)
      plan.dialled = uri
      plan.fields = fields
      let callID = "\(stage.random.hexadecimal(32))@\(caller.equipment.addressText)"
      record.callIDs = [callID]
      let media = stage.mediaOffer(of: caller, hasVideo: false)
      let charging = stage.random.hexadecimal(32).uppercased()
      let journey = stage.relay(
        stage.inviteText(plan, callID: callID, media: media), along: nodes
      ) { stage, index, text in
        let target = text.requestURI
        stage.rewriteInitial(&text, at: min(index, 2), caller: caller, calleeContact: contact, charging: charging)
        text.requestURI = target
        rewrite(&stage, index, &text)
        return true
      }
      record.legs = journey.hops.count
      let target = "<\(contact)>" + (features.contains("conference") ? ";isfocus" : "")
      let tag = stage.random.hexadecimal(8)
      stage.wait(milliseconds: 20)
      stage.respond(
        to: journey, status: 180, phrase: "Ringing", toTag: tag, fields: [("Contact", target)])
      stage.wait(milliseconds: 600)
      var answer = media
      answer.address = nodes[nodes.count - 1].endpoint.address
      stage.respond(
        to: journey, status: 200, phrase: "OK", toTag: tag,
        fields: [("Contact", target), ("Content-Type", "application/sdp")], body: answer.text)
      var dialog = SIPDialog(
        nodes: nodes, callID: callID, callerField: journey.arrived["From"] ?? "",
        calleeField: "\(journey.arrived["To"] ?? "");tag=\(tag)", callerContact: caller.contact,
        calleeContact: contact,
        routes: nodes.dropFirst().dropLast().map { "sip:mo@\($0.addressText):\($0.endpoint.port)" },
        callerSequence: 1, callerMedia: media, calleeMedia: answer)
      _ = stage.request("ACK", in: &dialog, by: .caller, sequence: 1)
      duringTalk(&stage, &dialog)
      stage.wait(milliseconds: talk)
      stage.requestAndAnswer(
        "BYE", in: &dialog, by: releasedBy, fields: reason.map { [("Reason", $0)] } ?? [])
    }
    record.outcome = .answered
    record.status = 200
    record.releasedBy = releasedBy.rawValue
    truth.calls.append(record)
  }

  /// A call that the S-CSCF forks to two devices of the callee (RFC 3261 section 16.7): both ring, the first
  /// answers, the other is cancelled.
  mutating func forkedCall(_ caller: Subscriber, to devices: (Subscriber, Subscriber)) {
    let id = newRecord("call")
    note(caller)
    note(devices.0)
    note(devices.1)
    var record = CallTruth(id: id, caller: caller.implicitIdentities[0], callee: devices.0.dialledIdentity)
    record.start = Stage.epoch + clock
    record.features = ["forked"]
    within(id) { stage in
      let network = stage.network
      let plan = CallPlan(caller, devices.0)
      let callID = "\(stage.random.hexadecimal(32))@\(caller.equipment.addressText)"
      record.callIDs = [callID]
      let charging = stage.random.hexadecimal(32).uppercased()
      let media = stage.mediaOffer(of: caller, hasVideo: false)
      let trunk = stage.relay(
        stage.inviteText(plan, callID: callID, media: media),
        along: [
          caller.equipment, network.proxy, network.serving, network.interrogating, network.serving,
        ]
      ) { stage, index, text in
        if index == 3 { stage.locate(devices.0.dialledIdentity, result: .success, pairs: [stage.serverName]) }
        stage.rewriteInitial(&text, at: index, caller: caller, calleeContact: "", charging: charging)
        return true
      }
      func branch(_ stage: inout Stage, to device: Subscriber) -> SIPJourney {
        var text = trunk.arrived
        stage.rewriteInitial(&text, at: 4, caller: caller, calleeContact: device.contact, charging: charging)
        let tail = stage.relay(text, along: [network.serving, network.proxy, device.equipment]) {
          stage, _, text in
          stage.rewriteInitial(&text, at: 5, caller: caller, calleeContact: device.contact, charging: charging)
          return true
        }
        return SIPJourney(nodes: trunk.nodes + tail.nodes.dropFirst(), hops: trunk.hops + tail.hops)
      }
      let first = branch(&stage, to: devices.0)
      let second = branch(&stage, to: devices.1)
      record.legs = first.hops.count + 2
      let tags = (stage.random.hexadecimal(8), stage.random.hexadecimal(8))
      stage.respond(
        to: first, status: 180, phrase: "Ringing", toTag: tags.0, fields: [("Contact", "<\(devices.0.contact)>")])
      stage.respond(
        to: second, status: 180, phrase: "Ringing", toTag: tags.1, fields: [("Contact", "<\(devices.1.contact)>")])
      stage.wait(milliseconds: 1200)
      var answer = media
      answer.address = devices.0.equipment.endpoint.address
      stage.respond(
        to: first, status: 200, phrase: "OK", toTag: tags.0,
        fields: [("Contact", "<\(devices.0.contact)>"), ("Content-Type", "application/sdp")], body: answer.text)
      for hop in second.hops.suffix(2) {
        stage.think()
        let cancelled = stage.sendHopByHop(
          "CANCEL", after: hop, to: hop.sent["To"] ?? "", reason: "SIP;cause=200;text=\"Call completed elsewhere\"")
        stage.clock += 250_000
        stage.sendBack(
          stage.response(to: cancelled.received, status: 200, phrase: "OK", toTag: tags.1), over: cancelled)
      }
      stage.respond(to: second, status: 487, phrase: "Request Terminated", toTag: tags.1, until: 4)
      func uri(_ user: String, _ node: Node) -> String { "sip:\(user)@\(node.addressText):\(node.endpoint.port)" }
      var dialog = SIPDialog(
        nodes: [caller.equipment, network.proxy, network.serving, network.proxy, devices.0.equipment],
        callID: callID, callerField: first.arrived["From"] ?? "",
        calleeField: "\(first.arrived["To"] ?? "");tag=\(tags.0)", callerContact: caller.contact,
        calleeContact: devices.0.contact,
        routes: [uri("mo", network.proxy), uri("mo", network.serving), uri("mt", network.proxy)],
        callerSequence: 1, callerMedia: media, calleeMedia: answer)
      _ = stage.request("ACK", in: &dialog, by: .caller, sequence: 1)
      stage.wait(milliseconds: 1500)
      stage.requestAndAnswer("BYE", in: &dialog, by: .callee)
    }
    record.outcome = .answered
    record.status = 200
    record.releasedBy = CallParty.callee.rawValue
    truth.calls.append(record)
  }
}
