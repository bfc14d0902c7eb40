import CaptureFacts

extension Stage {
  /// The names on the way of an INVITE: the S-CSCF is on it twice, for the caller and for the callee.
  private enum Place {
    static let proxy = 1
    static let serving = 2
    static let interrogating = 3
    static let terminatingServing = 4
    static let terminatingProxy = 5
    static let callee = 6
  }

  /// Plays one call.
  @discardableResult
  mutating func call(_ plan: CallPlan) -> String {
    let id = newRecord("call")
    return within(id) { stage in
      stage.playCall(plan, id: id)
      return id
    }
  }

  /// The SDP of a device, on a port of its own.
  mutating func mediaOffer(of user: Subscriber, hasVideo: Bool) -> SessionDescription {
    SessionDescription(
      address: user.equipment.endpoint.address, port: UInt16(20_000 + random.next() % 10_000) & ~1,
      session: UInt32(truncatingIfNeeded: random.next() >> 33), hasVideo: hasVideo)
  }

  /// The INVITE as the caller's device writes it.
  mutating func inviteText(_ plan: CallPlan, callID: String, media: SessionDescription) -> SIPText {
    let caller = plan.caller
    let dialled = plan.dialled ?? plan.callee.dialledIdentity
    var text = SIPText(
      startLine: "INVITE \(dialled) SIP/2.0",
      fields: [
        ("Max-Forwards", "70"),
        ("Route", "<sip:\(network.proxy.addressText):\(network.proxy.endpoint.port);lr>"),
        ("Route", "<sip:orig@\(network.serving.host):\(network.serving.endpoint.port);lr>"),
        ("From", "<\(caller.registeredIdentity)>;tag=\(random.hexadecimal(8))"), ("To", "<\(dialled)>"),
        ("Call-ID", callID), ("CSeq", "1 INVITE"),
        ("Contact", "<\(caller.contact)>;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel\""),
        ("P-Preferred-Identity", "<\(caller.implicitIdentities[0])>"),
        ("P-Preferred-Service", "urn:urn-7:3gpp-service.ims.icsi.mmtel"),
        ("P-Access-Network-Info", "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=0010100010000001"),
        ("Allow", "INVITE,ACK,CANCEL,BYE,UPDATE,PRACK,MESSAGE,REFER,NOTIFY,INFO,OPTIONS"),
        ("Supported", plan.hasEarlyMedia ? "100rel,precondition,timer" : "timer"), ("Session-Expires", "1800"),
        ("Content-Type", "application/sdp"),
      ], body: media.text)
    for field in plan.fields { text.set(field.0, field.1) }
    if text["P-Asserted-Identity"] != nil { text.remove("P-Preferred-Identity") }
    return text
  }

  /// The way of an INVITE through the core.
  func inviteNodes(_ plan: CallPlan) -> [Node] {
    [
      plan.caller.equipment, network.proxy, network.serving, network.interrogating, network.serving,
      network.proxy, plan.callee.equipment,
    ]
  }

  /// What the nodes change in an INVITE or another request outside a dialog: identities, charging, routes.
  mutating func rewriteInitial(
    _ text: inout SIPText, at index: Int, caller: Subscriber, calleeContact: String, charging: String
  ) {
    func stay(_ user: String, _ node: Node) {
      guard text.method == "INVITE" || text.method == "SUBSCRIBE" else { return }
      text.push("Record-Route", "<sip:\(user)@\(node.addressText):\(node.endpoint.port);lr>")
    }
    switch index {
    case Place.proxy:
      text.pop("Route")
      if let preferred = text["P-Preferred-Identity"] {
        text.remove("P-Preferred-Identity")
        text.fields.append(("P-Asserted-Identity", preferred))
      }
      if text["P-Charging-Vector"] == nil {
        text.fields.append(
          ("P-Charging-Vector", "icid-value=\(charging); icid-generated-at=\(network.proxy.addressText)"))
      }
      text.fields.append(("P-Visited-Network-ID", network.domain))
      stay("mo", network.proxy)
    case Place.serving:
      text.pop("Route")
      stay("mo", network.serving)
      if text.requestURI.hasPrefix("tel:") {
        text.requestURI = "sip:\(text.requestURI.dropFirst(4))@\(network.domain);user=phone"
      }
    case Place.interrogating:
      text.push("Route", "<sip:\(network.serving.host):\(network.serving.endpoint.port);lr>")
    case Place.terminatingServing:
      text.pop("Route")
      text.fields.append(("P-Called-Party-ID", "<\(text.requestURI)>"))
      text.requestURI = calleeContact
      stay("mt", network.serving)
    case Place.terminatingProxy:
      text.remove("P-Charging-Vector")
      text.remove("P-Visited-Network-ID")
      stay("mt", network.proxy)
    default: break
    }
  }

  /// LIR (TS 29.228 section 6.1.4).
  mutating func locate(
    _ identity: String, result: DiameterResult?, pairs: [AttributeValuePair], capabilities: Bool = false
  ) {
    think()
    let vendor = AttributeValuePair.vendor3GPP
    exchange(
      .locationInfo, from: network.interrogating, to: network.homeServer,
      pairs: [.text(601, identity, vendor: vendor)] + (capabilities ? [.number(623, 2, vendor: vendor)] : []),
      answer: result.map { DiameterAnswer($0, pairs) })
  }

  private mutating func playCall(_ plan: CallPlan, id: String) {
    note(plan.caller)
    note(plan.callee)
    let callID = plan.callID ?? "\(random.hexadecimal(32))@\(plan.caller.equipment.addressText)"
    var record = CallTruth(
      id: id, caller: plan.caller.implicitIdentities[0], callee: plan.dialled ?? plan.callee.dialledIdentity)
    record.start = Stage.epoch + clock
    record.cause = plan.cause
    record.features = plan.features
    record.related = plan.related
    record.callIDs = [callID]
    let session = newSession(of: network.proxy)
    let charging = random.hexadecimal(32).uppercased()
    var media = mediaOffer(of: plan.caller, hasVideo: plan.hasVideo)
    if plan.hasEarlyMedia { media.isLocalQualityReady = false }
    media.messages = plan.messages
    media.format = plan.format
    media.suite = plan.suite
    var invite = inviteText(plan, callID: callID, media: media)
    if plan.meetsLongerInterval { negotiateInterval(&invite, plan: plan, charging: charging) }
    var isRefusedByLocation = false
    var isRefusedByPolicy = false
    var last = Place.callee
    if case .silent(let node) = plan.end { last = node }
    if case .refused(_, _, let node, _) = plan.end { last = node }
    let nodes = inviteNodes(plan)
    let journey = relay(invite, along: Array(nodes.prefix(last + 1))) { stage, index, text in
      if index == Place.proxy, case .asked(let result) = plan.policy {
        stage.askPolicy(plan, media: media, charging: charging, session: session, result: result)
        if result?.isSuccess != true {
          isRefusedByPolicy = true
          return false
        }
      }
      if index == Place.interrogating {
        stage.locate(
          plan.callee.dialledIdentity, result: plan.location, pairs: plan.namesServer ? [stage.serverName] : [])
        if plan.location?.isSuccess != true || !plan.namesServer {
          isRefusedByLocation = true
          return false
        }
      }
      stage.rewriteInitial(
        &text, at: index, caller: plan.caller, calleeContact: plan.callee.contact, charging: charging)
      return true
    }
    record.legs = journey.hops.count
    let drawn = random.hexadecimal(8)
    let toTag = plan.calleeTag ?? drawn
    if isRefusedByPolicy || isRefusedByLocation {
      let failure = isRefusedByPolicy ? plan.policyFailure : plan.locationFailure
      if isRefusedByLocation ? plan.location == nil : plan.cause == .policyServerSilent { wait(milliseconds: 2000) }
      respond(to: journey, status: failure.status, phrase: failure.phrase, toTag: toTag)
      record.outcome = .rejected
      record.status = failure.status
      truth.calls.append(record)
      return
    }
    finishCall(plan, journey: journey, media: media, toTag: toTag, session: session, record: &record)
    truth.calls.append(record)
  }

  /// An INVITE that the callee refuses with 422; the next one offers the interval asked for.
  private mutating func negotiateInterval(_ invite: inout SIPText, plan: CallPlan, charging: String) {
    let journey = relay(invite, along: inviteNodes(plan)) { stage, index, text in
      if index == Place.interrogating {
        stage.locate(plan.callee.dialledIdentity, result: .success, pairs: [stage.serverName])
      }
      stage.rewriteInitial(
        &text, at: index, caller: plan.caller, calleeContact: plan.callee.contact, charging: charging)
      return true
    }
    respond(
      to: journey, status: 422, phrase: "Session Interval Too Small", toTag: random.hexadecimal(8),
      fields: [("Min-SE", "3600")])
    wait(milliseconds: 4)
    invite.set("CSeq", "2 INVITE")
    invite.set("Session-Expires", "3600")
    invite.set("Min-SE", "3600")
  }

  private mutating func finishCall(
    _ plan: CallPlan, journey: SIPJourney, media: SessionDescription, toTag: String, session: String,
    record: inout CallTruth
  ) {
    var dialog = dialog(plan, journey: journey, media: media, toTag: toTag)
    let contact: [(String, String)] = [("Contact", "<\(plan.callee.contact)>")]
    switch plan.end {
    case .refused(let status, let phrase, _, let fields):
      if let ringing = plan.ringing, status == 486 || status == 603 || status == 600 {
        ring(journey, toTag: toTag, contact: contact)
        wait(milliseconds: ringing)
      }
      respond(to: journey, status: status, phrase: phrase, toTag: toTag, fields: fields)
      record.status = status
      record.outcome =
        switch status {
        case 300..<400: .redirected
        case 486, 600: .busy
        case 603: .declined
        default: .rejected
        }
      return
    case .silent:
      if let hop = journey.hops.last {
        // Timer A doubles from T1 = 500 ms until timer B ends the transaction after 64*T1.
        retransmit(hop, after: hop.transport == .udp ? [500, 1000, 2000, 4000, 8000, 16000] : [])
        wait(milliseconds: hop.transport == .udp ? 500 : 32_000)
        if journey.hops.count > 1 {
          respond(
            to: journey, status: 408, phrase: "Request Timeout", toTag: toTag, from: journey.hops.count - 2)
          record.status = 408
          record.outcome = .rejected
        }
      }
      return
    default: break
    }
    answerHopFromCallee(journey)
    if plan.hasEarlyMedia { progress(plan, journey: journey, dialog: &dialog, toTag: toTag, contact: contact) }
    if plan.isForwarded {
      respond(
        to: journey, status: 181, phrase: "Call Is Being Forwarded", toTag: toTag,
        fields: [("History-Info", "<\(plan.callee.dialledIdentity)>;index=1,<\(plan.callee.contact)>;index=1.1")])
    }
    if plan.ringing != nil { ring(journey, toTag: toTag, contact: contact) }
    switch plan.end {
    case .cancelled(let delay):
      wait(milliseconds: delay)
      cancel(journey, plan: plan, toTag: toTag)
      record.outcome = .cancelled
      record.status = 487
    case .unanswered(let ringing, let status, let phrase):
      wait(milliseconds: ringing)
      respond(to: journey, status: status, phrase: phrase, toTag: toTag)
      record.outcome = .noAnswer
      record.status = status
    default:
      wait(milliseconds: plan.ringing ?? 300)
      answer(plan, journey: journey, dialog: &dialog, toTag: toTag)
      record.outcome = .answered
      record.status = 200
      talk(plan, dialog: &dialog, session: session, record: &record)
    }
  }

  private mutating func answerHopFromCallee(_ journey: SIPJourney) {
    guard let hop = journey.hops.last, network.sendsTrying else { return }
    clock += 250_000
    answerHop(hop, status: 100, phrase: "Trying")
  }

  private mutating func ring(_ journey: SIPJourney, toTag: String, contact: [(String, String)]) {
    wait(milliseconds: 1)
    respond(to: journey, status: 180, phrase: "Ringing", toTag: toTag, fields: contact)
  }

  private func dialog(
    _ plan: CallPlan, journey: SIPJourney, media: SessionDescription, toTag: String
  ) -> SIPDialog {
    var answer = media
    answer.address = plan.callee.equipment.endpoint.address
    answer.port = media.port ^ 0x0100
    answer.session = media.session ^ 0x00ff_00ff
    let first = journey.hops.first?.sent
    return SIPDialog(
      nodes: [
        plan.caller.equipment, network.proxy, network.serving, network.proxy, plan.callee.equipment,
      ],
      callID: first?["Call-ID"] ?? "", callerField: first?["From"] ?? "",
      calleeField: "\(first?["To"] ?? "");tag=\(toTag)", callerContact: plan.caller.contact,
      calleeContact: plan.callee.contact,
      routes: [
        "sip:mo@\(network.proxy.addressText):\(network.proxy.endpoint.port)",
        "sip:mo@\(network.serving.addressText):\(network.serving.endpoint.port)",
        "sip:mt@\(network.proxy.addressText):\(network.proxy.endpoint.port)",
      ],
      callerSequence: first?["CSeq"].flatMap { Int($0.prefix { $0 != " " }) } ?? 1, callerMedia: media,
      calleeMedia: answer)
  }

  /// 183 with an answer, PRACK, UPDATE when the bearer is there (TS 24.229 section 5.1.3).
  private mutating func progress(
    _ plan: CallPlan, journey: SIPJourney, dialog: inout SIPDialog, toTag: String, contact: [(String, String)]
  ) {
    dialog.calleeMedia.isLocalQualityReady = false
    wait(milliseconds: 5)
    respond(
      to: journey, status: 183, phrase: "Session Progress", toTag: toTag,
      fields: contact + [("Require", "100rel"), ("RSeq", "1"), ("Content-Type", "application/sdp")],
      body: dialog.calleeMedia.text)
    wait(milliseconds: 3)
    requestAndAnswer("PRACK", in: &dialog, by: .caller, fields: [("RAck", "1 1 INVITE")])
    wait(milliseconds: 40)
    dialog.callerMedia.isLocalQualityReady = true
    dialog.callerMedia.version += 1
    dialog.calleeMedia.isLocalQualityReady = true
    requestAndAnswer(
      "UPDATE", in: &dialog, by: .caller, body: dialog.callerMedia, answerBody: dialog.calleeMedia)
  }

  private mutating func answer(_ plan: CallPlan, journey: SIPJourney, dialog: inout SIPDialog, toTag: String) {
    var fields: [(String, String)] = [
      ("Contact", "<\(plan.callee.contact)>"),
      ("Allow", "INVITE,ACK,CANCEL,BYE,UPDATE,PRACK,MESSAGE,REFER,NOTIFY,INFO,OPTIONS"),
      ("Session-Expires", "1800;refresher=uac"),
    ]
    if !plan.hasEarlyMedia { fields.append(("Content-Type", "application/sdp")) }
    respond(
      to: journey, status: 200, phrase: "OK", toTag: toTag, fields: fields,
      body: plan.hasEarlyMedia ? "" : dialog.calleeMedia.text)
    // The CSeq of the INVITE, though PRACK and UPDATE have taken others since (RFC 3261 section 13.2.2.4).
    let sequence = journey.hops[0].sent["CSeq"].flatMap { Int($0.prefix { $0 != " " }) }
    _ = request("ACK", in: &dialog, by: .caller, sequence: sequence)
  }

  private mutating func talk(_ plan: CallPlan, dialog: inout SIPDialog, session: String, record: inout CallTruth) {
    for event in plan.events {
      wait(milliseconds: 300)
      play(event, plan: plan, dialog: &dialog, session: session)
    }
    let reason: [(String, String)] = plan.reason.map { [("Reason", $0)] } ?? []
    switch plan.end {
    case .answered(let talk, let party):
      wait(milliseconds: talk)
      requestAndAnswer("BYE", in: &dialog, by: party, fields: reason)
      record.releasedBy = party.rawValue
    case .lostPeer(let talk):
      wait(milliseconds: talk)
      let journey = request("BYE", in: &dialog, by: .caller, fields: reason)
      if let hop = journey.hops.last, hop.transport == .udp { retransmit(hop, after: [500, 1000, 2000, 4000]) }
      wait(milliseconds: 20_000)
      respond(
        to: journey, status: 408, phrase: "Request Timeout", toTag: nil, from: max(0, journey.hops.count - 2))
      record.releasedBy = CallParty.caller.rawValue
    case .lostDialog(let talk):
      wait(milliseconds: talk)
      requestAndAnswer(
        "BYE", in: &dialog, by: .caller, fields: reason, status: 481, phrase: "Call/Transaction Does Not Exist")
      record.releasedBy = CallParty.caller.rawValue
    default: record.isOpenAtEnd = true
    }
    if case .asked = plan.policy, !record.isOpenAtEnd {
      exchange(
        .sessionTermination, from: network.proxy, to: network.policyServer, pairs: [.number(295, 1)],
        answer: DiameterAnswer(.success), session: session)
    }
  }

  private mutating func play(_ event: CallEvent, plan: CallPlan, dialog: inout SIPDialog, session: String) {
    switch event {
    case .hold(let party): renegotiate(&dialog, by: party) { $0.direction = "sendonly" }
    case .resume(let party): renegotiate(&dialog, by: party) { $0.direction = "sendrecv" }
    case .addVideo(let party): renegotiate(&dialog, by: party) { $0.hasVideo = true }
    case .removeVideo(let party): renegotiate(&dialog, by: party) { $0.hasVideo = false }
    case .refresh(let party):
      requestAndAnswer(
        "UPDATE", in: &dialog, by: party, fields: [("Session-Expires", "1800;refresher=uac"), ("Supported", "timer")])
    case .refer(let party, let target):
      let other: CallParty = party == .caller ? .callee : .caller
      requestAndAnswer(
        "REFER", in: &dialog, by: party,
        fields: [
          ("Refer-To", "<\(target)>"),
          ("Referred-By", "<\((party == .caller ? plan.caller : plan.callee).implicitIdentities[0])>"),
          ("Contact", "<\(party == .caller ? dialog.callerContact : dialog.calleeContact)>"),
        ], status: 202, phrase: "Accepted")
      for (state, line) in [
        ("active;expires=60", "SIP/2.0 100 Trying"), ("terminated;reason=noresource", "SIP/2.0 200 OK"),
      ] {
        wait(milliseconds: 30)
        notifyReferral(in: &dialog, by: other, state: state, line: line)
      }
    case .bearerLost(let command):
      exchange(
        command, from: network.policyServer, to: network.proxy,
        pairs: command == .abortSession
          ? [.number(500, 0, vendor: AttributeValuePair.vendor3GPP)]
          : [.number(513, 2, vendor: AttributeValuePair.vendor3GPP), .number(285, 0)],
        answer: DiameterAnswer(.success), session: session)
    case .pause(let milliseconds): wait(milliseconds: milliseconds)
    case .unknownDialog:
      requestAndAnswer(
        "INFO", in: &dialog, by: .caller, fields: [("Info-Package", "dtmf")], status: 481,
        phrase: "Call/Transaction Does Not Exist")
    case .messages: exchangeMessages(dialog, of: record ?? "")
    case .media(let plan): sendMedia(dialog, plan, of: record ?? "")
    }
  }

  private mutating func notifyReferral(
    in dialog: inout SIPDialog, by party: CallParty, state: String, line: String
  ) {
    let journey = request(
      "NOTIFY", in: &dialog, by: party,
      fields: [("Event", "refer"), ("Subscription-State", state)],
      content: ("message/sipfrag;version=2.0", line + "\r\n"))
    respond(to: journey, status: 200, phrase: "OK", toTag: nil)
  }

  /// CANCEL hop by hop with its 200, and the 487 of the callee (RFC 3261 section 9). The I-CSCF asks the HSS again.
  private mutating func cancel(_ journey: SIPJourney, plan: CallPlan, toTag: String) {
    for (index, hop) in journey.hops.enumerated() {
      if index == Place.interrogating {
        locate(plan.callee.dialledIdentity, result: .success, pairs: [serverName])
      }
      think()
      let cancelled = sendHopByHop("CANCEL", after: hop, to: hop.sent["To"] ?? "", reason: plan.reason)
      clock += 250_000
      sendBack(
        response(to: cancelled.received, status: 200, phrase: "canceling", toTag: toTag), over: cancelled)
    }
    respond(to: journey, status: 487, phrase: "Request Terminated", toTag: toTag)
  }

  /// AAR of the P-CSCF for the media of a session.
  mutating func askPolicy(
    _ plan: CallPlan, media: SessionDescription, charging: String, session: String, result: DiameterResult?
  ) {
    think()
    let vendor = AttributeValuePair.vendor3GPP
    var framed: [UInt8] = []
    framed.append(address: media.address)
    let flow = "permit out 17 from any to \(media.address) \(media.port)"
    exchange(
      .aa, from: network.proxy, to: network.policyServer,
      pairs: [
        media.address.isV4 ? .bytes(8, framed, vendor: 0) : .bytes(97, [0, 128] + framed, vendor: 0),
        .text(505, charging, vendor: vendor),
        .group(
          517,
          [
            .number(518, 1, vendor: vendor), .number(520, 0, vendor: vendor),
            .group(519, [.number(509, 1, vendor: vendor), .text(507, flow, vendor: vendor)], vendor: vendor),
          ], vendor: vendor),
        .group(443, [.number(450, 2), .text(444, plan.caller.implicitIdentities[0])]),
      ],
      answer: result.map { DiameterAnswer($0) }, session: session)
  }
}
