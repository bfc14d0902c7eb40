import CaptureFacts

extension Stage {
  /// A REGISTER as the UE writes it, and what the nodes have learned about it so far.
  private struct Attempt {
    var text: SIPText
    var nodes: [Node]
    var journey = SIPJourney(nodes: [])
    /// Whether the S-CSCF was reached and every Cx request on the way was granted.
    var isGranted = false
    /// Whether nobody will answer the request.
    var isLost = false
  }

  /// What a registration leaves behind: the later ones of the same UE go on from it.
  struct RegistrationResult {
    var id: String
    var callID: String
    var sequence: Int
    var isAccepted: Bool
  }

  /// Plays one registration with its challenges.
  @discardableResult
  mutating func register(_ plan: RegistrationPlan) -> RegistrationResult {
    let id = newRecord("registration")
    return within(id) { $0.playRegistration(plan, id: id) }
  }

  private mutating func playRegistration(_ plan: RegistrationPlan, id: String) -> RegistrationResult {
    let user = plan.subscriber
    note(user)
    let callID = plan.callID ?? "\(random.hexadecimal(32))@\(user.equipment.addressText)"
    var sequence = plan.firstSequence ?? Int(random.next() % 900) + 1
    var record = RegistrationTruth(id: id, kind: plan.kind)
    record.isEmergency = plan.isEmergency
    record.impi = user.impi
    record.impu = user.registeredIdentity
    record.start = Stage.epoch + clock
    record.cause = plan.cause
    record.callIDs = [callID]
    let tag = random.hexadecimal(8)
    var changes: [(String, String)] = []
    func text(_ stage: Stage, authorization: String) -> SIPText {
      var text = stage.registerText(plan, callID: callID, sequence: sequence, tag: tag, authorization: authorization)
      for change in changes { text.set(change.0, change.1) }
      return text
    }
    changes += offerProtection(plan)
    let empty = digest(user, nonce: "", response: "")
    for negotiation in plan.negotiations {
      var attempt = Attempt(text: text(self, authorization: empty), nodes: nodes(of: plan))
      carry(&attempt, plan: plan, stopsAt: negotiation.node)
      respond(
        to: attempt.journey, status: negotiation.status, phrase: negotiation.phrase, toTag: random.hexadecimal(12),
        fields: negotiation.fields)
      record.status = negotiation.status
      changes += negotiation.better
      sequence += 1
      wait(milliseconds: 5)
    }
    var attempt = Attempt(text: text(self, authorization: empty), nodes: nodes(of: plan))
    carry(&attempt, plan: plan)
    guard attempt.isGranted else {
      finish(&record, refused: attempt, plan: plan)
      return RegistrationResult(id: id, callID: callID, sequence: sequence, isAccepted: false)
    }
    if plan.isIntegrityProtected {
      assign(plan, callID: callID, attempt: attempt, record: &record)
      return RegistrationResult(
        id: id, callID: callID, sequence: sequence, isAccepted: record.outcome == .accepted)
    }
    guard var nonce = challenge(plan, attempt: attempt, resynchronisation: nil, isStale: false) else {
      refuseAtServingNode(attempt, plan: plan, record: &record)
      return RegistrationResult(id: id, callID: callID, sequence: sequence, isAccepted: false)
    }
    record.status = 401
    changes += confirmProtection()
    for answer in plan.answers {
      record.challenges += 1
      if case .silence = answer {
        if plan.reportsFailure {
          wait(milliseconds: 4000)
          serverAssignment(plan, type: 10, callID: callID, at: attempt, result: .success)
        }
        break
      }
      sequence += 1
      wait(milliseconds: 3)
      let token = Base64.text(of: nonce)
      var authorization = digest(user, nonce: token, response: random.hexadecimal(32))
      let resynchronisation = random.bytes(14)
      if case .resynchronise = answer { authorization += ",auts=\"\(Base64.text(of: resynchronisation))\"" }
      attempt = Attempt(text: text(self, authorization: authorization), nodes: attempt.nodes)
      carry(&attempt, plan: plan, isFirst: false)
      guard attempt.isGranted else {
        finish(&record, refused: attempt, plan: plan)
        break
      }
      switch answer {
      case .correct: assign(plan, callID: callID, attempt: attempt, record: &record)
      case .silence: break
      case .resynchronise, .stale:
        var isStale = false
        var token: [UInt8]?
        if case .stale = answer { isStale = true } else { token = Array(nonce.prefix(16)) + resynchronisation }
        guard let next = challenge(plan, attempt: attempt, resynchronisation: token, isStale: isStale) else {
          refuseAtServingNode(attempt, plan: plan, record: &record)
          break
        }
        nonce = next
      case .wrong(let refusal):
        if plan.reportsFailure { serverAssignment(plan, type: 9, callID: callID, at: attempt, result: .success) }
        if refusal == 401 {
          nonce = challenge(plan, attempt: attempt, resynchronisation: nil, isStale: false) ?? nonce
        } else {
          respond(
            to: attempt.journey, status: refusal, phrase: "Authentication Failed", toTag: random.hexadecimal(12),
            fields: [("Server", "SampleTraffic S-CSCF")])
          record.status = refusal
          record.outcome = .rejected
        }
      }
    }
    if case .wrong(401) = plan.answers.last {
      // The last 401 is one more challenge, and the UE gives up.
      record.challenges += 1
      record.outcome = .rejected
    }
    truth.registrations.append(record)
    return RegistrationResult(id: id, callID: callID, sequence: sequence, isAccepted: record.outcome == .accepted)
  }

  private func nodes(of plan: RegistrationPlan) -> [Node] {
    [plan.subscriber.equipment, plan.proxy ?? network.proxy, network.interrogating, network.serving]
  }

  private func digest(_ user: Subscriber, nonce: String, response: String) -> String {
    let extra =
      nonce.isEmpty ? "" : ",algorithm=AKAv1-MD5,qop=auth,nc=00000001,cnonce=\"\(user.number)c\""
    return "Digest username=\"\(user.impi)\",realm=\"\(user.domain)\",uri=\"sip:\(user.domain)\",nonce=\"\(nonce)\","
      + "response=\"\(response)\"\(extra)"
  }

  private func registerText(
    _ plan: RegistrationPlan, callID: String, sequence: Int, tag: String, authorization: String
  ) -> SIPText {
    let user = plan.subscriber
    let sos = plan.isEmergency ? ";sos" : ""
    let contact =
      plan.isContactStar
      ? "*"
      : "<\(user.contact)\(sos)>;+sip.instance=\"<\(user.instance)>\";"
        + "+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel\";+g.3gpp.smsip;audio;expires=\(plan.expires)"
    return SIPText(
      startLine: "REGISTER sip:\(user.domain) SIP/2.0",
      fields: [
        ("Max-Forwards", "70"), ("From", "<\(user.registeredIdentity)>;tag=\(tag)"),
        ("To", "<\(user.registeredIdentity)>"), ("Call-ID", callID), ("CSeq", "\(sequence) REGISTER"),
        ("Contact", contact), ("Expires", "\(plan.expires)"), ("Authorization", authorization),
        ("P-Access-Network-Info", "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=0010100010000001"),
        ("Supported", "path,gruu"),
        ("Allow", "INVITE,ACK,CANCEL,BYE,UPDATE,PRACK,MESSAGE,REFER,NOTIFY,INFO,OPTIONS"),
        ("User-Agent", "SampleUE/1.0"),
      ])
  }

  /// Brings a REGISTER from the UE towards the S-CSCF, with the questions of the I-CSCF on the way.
  private mutating func carry(
    _ attempt: inout Attempt, plan: RegistrationPlan, isFirst: Bool = true, stopsAt last: Int = 3
  ) {
    var isRefused = false
    var isLost = false
    let nodes = Array(attempt.nodes.prefix(last + 1))
    let charging = "icid-value=\(random.hexadecimal(32)); icid-generated-at=\(nodes[1].addressText)"
    var isDead = plan.servingNodeDeath != nil && isFirst
    attempt.journey = relay(attempt.text, along: nodes) { stage, index, text in
      switch plan.hopFailure {
      case .swallowed(let node) where node == index:
        isLost = true
        return false
      case .unansweredConnection(let node) where node == index:
        stage.attemptConnection(from: nodes[index], to: nodes[index + 1], isRefused: false)
        isRefused = true
        return false
      case .refusedConnection(let node) where node == index:
        stage.attemptConnection(from: nodes[index], to: nodes[index + 1], isRefused: true)
        isRefused = true
        return false
      default: break
      }
      if index == 1 {
        stage.addProxyFields(&text, plan: plan, charging: charging)
        return true
      }
      let isAsking = isFirst || stage.network.asksTwice || plan.kind == .deRegistration && plan.isIntegrityProtected
      if isAsking, !stage.authorize(plan, type: plan.kind == .deRegistration ? 1 : 0) {
        isRefused = true
        return false
      }
      text.requestURI = "sip:\(nodes[3].host):\(nodes[3].endpoint.port)"
      if isDead {
        isDead = false
        isLost = true
        return true
      }
      return true
    }
    if plan.servingNodeDeath != nil, isFirst {
      attempt.isGranted = findReplacement(&attempt, plan: plan)
      return
    }
    attempt.isLost = isLost
    attempt.isGranted = !isRefused && !isLost && attempt.journey.hops.count == nodes.count - 1
  }

  /// What the P-CSCF adds to a REGISTER (TS 24.229 section 5.2.2).
  private func addProxyFields(_ text: inout SIPText, plan: RegistrationPlan, charging: String) {
    let proxy = plan.proxy ?? network.proxy
    let user = plan.subscriber
    if let contact = text["Contact"] {
      let end = user.equipment
      text.set(
        "Contact",
        contact.replacing(
          user.contact, with: "\(user.contact);alias=\(end.addressText)~\(end.endpoint.port)~1"))
    }
    for name in ["Security-Client", "Security-Verify"] { text.remove(name) }
    if plan.isIntegrityProtected, let authorization = text["Authorization"] {
      text.set("Authorization", authorization + ",integrity-protected=\"yes\"")
    }
    text.fields.append(("Path", "<sip:term@\(proxy.host);lr>"))
    text.set("Supported", "path")
    text.set("Require", "path")
    text.fields.append(("P-Visited-Network-ID", plan.visitedNetwork ?? network.domain))
    text.fields.append(("P-Charging-Vector", charging))
    if let features = plan.featureCaps { text.fields.append(("Feature-Caps", features)) }
  }

  /// A TCP connection request of a proxy that leads nowhere.
  private mutating func attemptConnection(from: Node, to: Node, isRefused: Bool) {
    think()
    let source = clientEnd(of: from.endpoint, to: to.endpoint, transport: .tcp)
    transmit(
      isRefused ? .refusedConnection : .unansweredConnection(attempts: 3), from: source, to: to.endpoint,
      transport: .tcp)
    forgetConnection(from: from.endpoint, to: to.endpoint, transport: .tcp)
    wait(milliseconds: isRefused ? 2 : 5000)
  }

  /// UAR (TS 29.228 section 6.1.1); whether the REGISTER goes on to an S-CSCF.
  private mutating func authorize(_ plan: RegistrationPlan, type: UInt32) -> Bool {
    think()
    let user = plan.subscriber
    let visited = plan.visitedNetwork ?? network.domain
    var pairs: [AttributeValuePair] = [
      .text(1, user.impi), .text(601, user.registeredIdentity, vendor: AttributeValuePair.vendor3GPP),
      .text(600, visited, vendor: AttributeValuePair.vendor3GPP),
      .number(623, type, vendor: AttributeValuePair.vendor3GPP),
    ]
    // UAR-Flags (TS 29.229 section 6.3.44): the registration is an emergency one.
    if plan.isEmergency { pairs.append(.number(637, 1, vendor: AttributeValuePair.vendor3GPP)) }
    var answerPairs: [AttributeValuePair] = []
    if let result = plan.authorization, result.isSuccess {
      if plan.namesServer { answerPairs.append(serverName) }
      if plan.listsCapabilities { answerPairs.append(Stage.capabilities) }
    }
    if let reduction = plan.overloadReduction {
      // OC-Sequence-Number 624, OC-Report-Type 626 (HOST_REPORT), OC-Reduction-Percentage 627, OC-Validity-Duration 625.
      let sequence = AttributeValuePair.bytes(624, [0, 0, 0, 0, 0, 0, 0, 1], vendor: 0)
      answerPairs.append(.group(623, [sequence, .number(626, 0), .number(627, reduction), .number(625, 30)]))
    }
    exchange(
      .userAuthorization, from: network.interrogating, to: network.homeServer, pairs: pairs,
      answer: plan.authorization.map { DiameterAnswer($0, answerPairs, origin: plan.answeringAgent) })
    return plan.authorization?.isSuccess == true && plan.namesServer
  }

  /// Server-Name of the S-CSCF.
  var serverName: AttributeValuePair {
    .text(
      602, "sip:\(network.serving.host):\(network.serving.endpoint.port)", vendor: AttributeValuePair.vendor3GPP)
  }

  /// Server-Capabilities with one mandatory capability (TS 29.229 section 6.3.4).
  static var capabilities: AttributeValuePair {
    .group(
      603, [.number(604, 7, vendor: AttributeValuePair.vendor3GPP)], vendor: AttributeValuePair.vendor3GPP)
  }

  /// MAR and the 401 that follows (TS 29.228 section 6.3); the nonce, or nil where the HSS gave none.
  private mutating func challenge(
    _ plan: RegistrationPlan, attempt: Attempt, resynchronisation: [UInt8]?, isStale: Bool
  ) -> [UInt8]? {
    think()
    let user = plan.subscriber
    let vendor = AttributeValuePair.vendor3GPP
    let nonce = random.bytes(32)
    let confidentialityKey = random.bytes(16)
    let integrityKey = random.bytes(16)
    let asked =
      [AttributeValuePair.text(608, plan.authenticationScheme, vendor: vendor)]
      + (resynchronisation.map { [.bytes(610, $0)] } ?? [])
    let item: [AttributeValuePair] = [
      .number(613, 1, vendor: vendor), .text(608, plan.authenticationScheme, vendor: vendor), .bytes(609, nonce),
      .bytes(610, random.bytes(8)), .bytes(625, confidentialityKey), .bytes(626, integrityKey),
    ]
    let identities: [AttributeValuePair] = [
      .text(601, user.registeredIdentity, vendor: vendor), .text(1, user.impi),
    ]
    exchange(
      .multimediaAuth, from: network.serving, to: network.homeServer,
      pairs: identities + [.number(607, 1, vendor: vendor), .group(612, asked, vendor: vendor), serverName],
      answer: plan.multimediaAuth.map { result in
        DiameterAnswer(
          result,
          result.isSuccess
            ? identities + [.number(607, 1, vendor: vendor), .group(612, item, vendor: vendor)] : identities,
          delay: 25)
      })
    guard plan.multimediaAuth?.isSuccess == true else { return nil }
    func hexadecimal(_ bytes: [UInt8]) -> String {
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    let stale = isStale ? ", stale=true" : ""
    let token =
      "Digest realm=\"\(user.domain)\", nonce=\"\(Base64.text(of: nonce))\", algorithm=AKAv1-MD5, qop=\"auth\"\(stale)"
    let agreed = offeredProtection.map { $0.parameters(of: $0.proxyIndex) }
    let keys = ", ck=\"\(hexadecimal(confidentialityKey))\", ik=\"\(hexadecimal(integrityKey))\""
    respond(
      to: attempt.journey, status: 401, phrase: "Unauthorized", toTag: random.hexadecimal(12),
      fields: [("WWW-Authenticate", token + keys), ("Server", "SampleTraffic S-CSCF")]
    ) { _, index, text in
      // TS 24.229 section 5.2.2: the P-CSCF takes the keys out before the UE sees the challenge.
      guard index == 1 else { return }
      text.set("WWW-Authenticate", token)
      if let agreed { text.set("Security-Server", agreed) }
    }
    beginProtection(cipherKey: confidentialityKey, integrityKey: integrityKey)
    return nonce
  }

  /// SAR (TS 29.228 section 6.1.2).
  private mutating func serverAssignment(
    _ plan: RegistrationPlan, type: UInt32, callID: String, at attempt: Attempt, result: DiameterResult?
  ) {
    think()
    let user = plan.subscriber
    let vendor = AttributeValuePair.vendor3GPP
    let profile =
      plan.profile
      ?? ServiceProfile.document(
        impi: user.impi, identities: user.identities,
        applicationServer: "sip:\(network.applicationServer.host):\(network.applicationServer.endpoint.port)")
    let hasProfile = result?.isSuccess == true && (1...3).contains(type)
    exchange(
      .serverAssignment, from: attempt.nodes[3], to: network.homeServer,
      pairs: [
        .text(601, user.registeredIdentity, vendor: vendor), serverName, .text(1, user.impi),
        .number(614, type, vendor: vendor), .number(624, 0, vendor: vendor),
      ],
      answer: result.map { result in
        DiameterAnswer(
          result, [.text(1, user.impi)] + (hasProfile ? [.text(606, profile, vendor: vendor)] : []), delay: 18)
      })
  }

  /// SAR for a REGISTER that is accepted, and the 200.
  private mutating func assign(
    _ plan: RegistrationPlan, callID: String, attempt: Attempt, record: inout RegistrationTruth
  ) {
    let type: UInt32 =
      switch plan.kind {
      case .initial: 1
      case .reRegistration, .additionalContact: 2
      default: 5
      }
    serverAssignment(plan, type: plan.assignmentType ?? type, callID: callID, at: attempt, result: plan.assignment)
    guard plan.assignment?.isSuccess == true else {
      refuseAtServingNode(attempt, plan: plan, record: &record)
      return
    }
    let user = plan.subscriber
    var fields: [(String, String)] = []
    if plan.expires > 0 {
      let contact = attempt.text["Contact"] ?? ""
      fields = [
        ("Contact", contact.replacing("expires=\(plan.expires)", with: "expires=\(plan.expires * 9 / 10)")),
        ("P-Associated-URI", user.implicitIdentities.map { "<\($0)>" }.joined(separator: ", ")),
        ("Service-Route", "<sip:orig@\(attempt.nodes[3].host):\(attempt.nodes[3].endpoint.port);lr>"),
      ]
    }
    for path in attempt.journey.arrived.values("Path") { fields.append(("Path", path)) }
    fields.append(("Server", "SampleTraffic S-CSCF"))
    respond(to: attempt.journey, status: 200, phrase: "OK", toTag: random.hexadecimal(12), fields: fields)
    record.status = 200
    record.outcome = .accepted
    if plan.isIntegrityProtected { truth.registrations.append(record) }
    if plan.registersThirdParty { registerThirdParty(user, expires: plan.expires) }
  }

  /// The S-CSCF tells the application server that the user is registered.
  private mutating func registerThirdParty(_ user: Subscriber, expires: Int) {
    let serving = network.serving
    let server = network.applicationServer
    let text = SIPText(
      startLine: "REGISTER sip:\(server.host):\(server.endpoint.port) SIP/2.0",
      fields: [
        ("Max-Forwards", "70"), ("From", "<sip:\(serving.host):\(serving.endpoint.port)>;tag=\(random.hexadecimal(8))"),
        ("To", "<\(user.registeredIdentity)>"), ("Call-ID", "\(random.hexadecimal(24))@\(serving.addressText)"),
        ("CSeq", "10 REGISTER"), ("Contact", "<sip:\(serving.host):\(serving.endpoint.port)>"),
        ("Expires", "\(expires)"), ("P-Visited-Network-ID", network.domain),
        ("P-Charging-Vector", "icid-value=\(random.hexadecimal(32))"),
      ])
    let journey = relay(text, along: [serving, server])
    respond(to: journey, status: 200, phrase: "OK", toTag: random.hexadecimal(8))
  }

  /// The S-CSCF refuses because the HSS did; where the HSS was silent it waited first.
  private mutating func refuseAtServingNode(
    _ attempt: Attempt, plan: RegistrationPlan, record: inout RegistrationTruth
  ) {
    if plan.multimediaAuth == nil || plan.assignment == nil { wait(milliseconds: 2000) }
    respond(
      to: attempt.journey, status: plan.failure.status, phrase: plan.failure.phrase, toTag: random.hexadecimal(12),
      fields: [("Server", "SampleTraffic S-CSCF")])
    record.status = plan.failure.status
    record.outcome = .rejected
    if record.challenges == 0 || plan.isIntegrityProtected { truth.registrations.append(record) }
  }

  /// Ends a REGISTER that did not reach the S-CSCF.
  private mutating func finish(_ record: inout RegistrationTruth, refused attempt: Attempt, plan: RegistrationPlan) {
    let isHomeServerSilent = plan.authorization == nil
    if attempt.isLost, attempt.journey.hops.count == 1 {
      // The P-CSCF itself is dead: the UE repeats (timer E of RFC 3261 section 17.1.2.2) and gives up.
      retransmit(attempt.journey.hops[0], after: [500, 1000, 2000, 4000])
      wait(milliseconds: 4000)
      record.outcome = .unanswered
      record.status = nil
    } else if attempt.isLost || isHomeServerSilent {
      wait(milliseconds: 3000)
      respond(
        to: attempt.journey, status: 504, phrase: "Server Time-out", toTag: random.hexadecimal(12), from: 0)
      wait(milliseconds: 2000)
      if isHomeServerSilent {
        // Too late: the transaction of the P-CSCF is over.
        respond(
          to: attempt.journey, status: 408, phrase: "Request Timeout", toTag: random.hexadecimal(12), from: 1,
          until: 1)
      }
      record.outcome = .rejected
      record.status = 504
    } else {
      respond(
        to: attempt.journey, status: plan.failure.status, phrase: plan.failure.phrase,
        toTag: random.hexadecimal(12), fields: [("Server", "SampleTraffic")])
      record.outcome = .rejected
      record.status = plan.failure.status
    }
    if record.challenges == 0 { truth.registrations.append(record) }
  }

  /// The I-CSCF finds the S-CSCF dead, asks for capabilities and tries another one (TS 29.228 section 6.1.1.1).
  private mutating func findReplacement(_ attempt: inout Attempt, plan: RegistrationPlan) -> Bool {
    guard let hop = attempt.journey.hops.last else { return false }
    if plan.servingNodeDeath == .portUnreachable, hop.transport == .udp {
      clock += 200_000
      transmit(
        .portUnreachable(quoting: hop.sent.bytes), from: hop.to.endpoint, to: hop.from.endpoint, transport: .udp)
    } else {
      retransmit(hop, after: [500, 1000])
      wait(milliseconds: 500)
    }
    attempt.journey.hops.removeLast()
    var second = plan
    second.namesServer = false
    second.listsCapabilities = true
    _ = authorize(second, type: 2)
    guard let replacement = plan.replacement, let arrived = attempt.journey.hops.last?.received else { return false }
    think()
    var text = arrived
    text.requestURI = "sip:\(replacement.host):\(replacement.endpoint.port)"
    attempt.nodes[3] = replacement
    attempt.journey.nodes = attempt.nodes
    attempt.journey.hops.append(send(text, from: attempt.nodes[2], to: replacement))
    network.serving = replacement
    return true
  }
}
