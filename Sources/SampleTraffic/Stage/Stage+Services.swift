extension Stage {
  /// A body with its type.
  struct Content {
    var type: String
    var bytes: [UInt8]

    static func text(_ type: String, _ text: String) -> Content { Content(type: type, bytes: Array(text.utf8)) }
  }

  /// The way from a device to the application server.
  func originatingWay(_ user: Subscriber) -> [Node] {
    [user.equipment, network.proxy, network.serving, network.applicationServer]
  }

  /// The way from the application server to a device.
  func terminatingWay(_ user: Subscriber) -> [Node] {
    [network.applicationServer, network.serving, network.proxy, user.equipment]
  }

  /// A request outside any dialog, and its final response. Returns the Call-ID.
  @discardableResult
  mutating func standalone(
    _ method: String, from: String, to: String, uri: String, along nodes: [Node], fields: [(String, String)] = [],
    content: Content? = nil, status: Int = 200, phrase: String = "OK", answerFields: [(String, String)] = [],
    charging: String? = nil, inDialogOf subscription: String? = nil
  ) -> String {
    let callID = subscription ?? "\(random.hexadecimal(24))@\(nodes[0].addressText)"
    // The tags follow from the Call-ID, so that a NOTIFY finds those of its subscription.
    let subscriberTag = "s" + callID.prefix(8)
    let notifierTag = "n" + callID.prefix(8)
    let isOriginating = nodes[0].roles.contains("UE")
    var text = SIPText(
      startLine: "\(method) \(uri) SIP/2.0",
      fields: [("Max-Forwards", "70")]
        + nodes.dropFirst().dropLast(isOriginating ? 1 : 2).map {
          ("Route", "<sip:\($0.addressText):\($0.endpoint.port);lr>")
        } + [
          ("From", "<\(from)>;tag=\(subscription == nil ? subscriberTag : notifierTag)"),
          ("To", subscription == nil ? "<\(to)>" : "<\(to)>;tag=\(subscriberTag)"), ("Call-ID", callID),
          ("CSeq", "\(random.next() % 100 + 1) \(method)"),
          (isOriginating ? "P-Preferred-Identity" : "P-Asserted-Identity", "<\(from)>"),
        ] + fields)
    if let content {
      text.set("Content-Type", content.type)
      text.binaryBody = content.bytes
    }
    let icid = charging ?? random.hexadecimal(32).uppercased()
    let journey = relay(text, along: nodes) { stage, index, text in
      text.pop("Route")
      if let preferred = text["P-Preferred-Identity"] {
        text.remove("P-Preferred-Identity")
        text.fields.append(("P-Asserted-Identity", preferred))
        text.fields.append(("P-Charging-Vector", "icid-value=\(icid)"))
      }
      if nodes[index].roles.contains("I-CSCF") {
        stage.locate(to, result: .success, pairs: [stage.serverName])
      }
      return true
    }
    wait(milliseconds: 2)
    respond(
      to: journey, status: status, phrase: phrase, toTag: subscription == nil ? notifierTag : nil, fields: answerFields)
    return callID
  }

  /// A service record around what `body` plays; `body` returns the Call-IDs. Returns the name of the record.
  @discardableResult
  mutating func service(
    _ kind: ServiceTruth.Kind, from originator: String, to recipient: String, status: Int? = 200,
    isSuccessful: Bool = true, cause: FailureCause? = nil, related: [String] = [],
    _ body: (inout Stage) -> [String]
  ) -> String {
    let id = newRecord("service")
    var record = ServiceTruth(id: id, kind: kind, originator: originator, recipient: recipient)
    record.start = Stage.epoch + clock
    record.status = status
    record.isSuccessful = isSuccessful
    record.cause = cause
    record.related = related
    record.callIDs = within(id, body)
    truth.services.append(record)
    return id
  }

  /// SUBSCRIBE to the registration state and the first NOTIFY (RFC 3680).
  mutating func subscribeRegistrationEvent(_ user: Subscriber) {
    let identity = user.registeredIdentity
    service(.registrationEvent, from: identity, to: identity) { stage in
      let nodes = [user.equipment, stage.network.proxy, stage.network.serving]
      let callID = stage.standalone(
        "SUBSCRIBE", from: identity, to: identity, uri: identity, along: nodes,
        fields: [
          ("Event", "reg"), ("Expires", "600000"), ("Accept", "application/reginfo+xml"),
          ("Contact", "<\(user.contact)>"),
        ],
        answerFields: [
          ("Expires", "600000"),
          ("Contact", "<sip:\(stage.network.serving.host):\(stage.network.serving.endpoint.port)>"),
        ])
      return [stage.notifyRegistration(user, state: "active", event: "registered", inDialogOf: callID)]
    }
  }

  /// NOTIFY with the registration state of a user. Returns its Call-ID.
  @discardableResult
  mutating func notifyRegistration(
    _ user: Subscriber, state: String, event: String, inDialogOf subscription: String? = nil
  ) -> String {
    let document = """
      <?xml version="1.0"?><reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="0" state="full">\
      <registration aor="\(user.registeredIdentity)" id="r\(user.number)" state="\(state)">\
      <contact id="c\(user.number)" state="\(state)" event="\(event)"><uri>\(user.contact)</uri></contact>\
      </registration></reginfo>
      """
    return standalone(
      "NOTIFY", from: user.registeredIdentity, to: user.registeredIdentity, uri: user.contact,
      along: [network.serving, network.proxy, user.equipment],
      fields: [
        ("Event", "reg"),
        ("Subscription-State", state == "active" ? "active;expires=600000" : "terminated;reason=noresource"),
      ], content: .text("application/reginfo+xml", document), inDialogOf: subscription)
  }

  /// The session over Rx by which the P-CSCF learns of the bearer that carries a UE's signalling (TS 29.214 section 4.4.5):
  /// AAR, a RAR that tells of another access (section 4.4.6.7), and at the loss of the bearer ASR with STR (section 4.4.6.1).
  mutating func watchSignalling(of user: Subscriber, record: String) {
    let vendor = AttributeValuePair.vendor3GPP
    let (proxy, server) = (network.proxy, network.policyServer)
    within(record) { stage in
      let session = stage.newSession(of: proxy)
      var framed: [UInt8] = []
      framed.append(address: user.equipment.endpoint.address)
      let flow = "permit out 17 from \(proxy.endpoint.address) \(proxy.endpoint.port) to \(user.equipment.addressText)"
      stage.exchange(
        .aa, from: proxy, to: server,
        pairs: [
          .bytes(8, framed, vendor: 0),
          .group(
            517,
            [
              .number(518, 0, vendor: vendor),
              .group(
                519,
                [
                  .number(509, 1, vendor: vendor), .text(507, flow, vendor: vendor), .number(512, 2, vendor: vendor),
                ], vendor: vendor),
            ], vendor: vendor), .number(513, 2, vendor: vendor), .number(513, 6, vendor: vendor),
        ], answer: DiameterAnswer(.success), session: session)
      stage.wait(milliseconds: 3000)
      stage.exchange(
        .reAuth, from: server, to: proxy, pairs: [.number(513, 6, vendor: vendor), .number(285, 0)],
        answer: DiameterAnswer(.success), session: session)
      stage.wait(milliseconds: 3000)
      stage.exchange(
        .abortSession, from: server, to: proxy, pairs: [.number(500, 0, vendor: vendor)],
        answer: DiameterAnswer(.success), session: session)
      stage.exchange(
        .sessionTermination, from: proxy, to: server, pairs: [.number(295, 1)], answer: DiameterAnswer(.success),
        session: session)
    }
  }

  /// SUBSCRIBE to the state of a conference and the first NOTIFY (RFC 4575, TS 24.147 section 5.3.3.2).
  mutating func subscribeConference(_ user: Subscriber, focus: String, call: String) {
    let identity = user.implicitIdentities[0]
    service(.conferenceEvent, from: identity, to: focus, related: [call]) { stage in
      let way = stage.originatingWay(user)
      let callID = stage.standalone(
        "SUBSCRIBE", from: identity, to: focus, uri: focus, along: way,
        fields: [
          ("Event", "conference"), ("Expires", "3600"), ("Accept", "application/conference-info+xml"),
          ("Contact", "<\(user.contact)>"),
        ], answerFields: [("Expires", "3600"), ("Contact", "<\(focus)>")])
      let document = """
        <?xml version="1.0"?><conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="\(focus)" \
        state="full" version="1"><users><user entity="\(identity)"/></users></conference-info>
        """
      return [
        stage.standalone(
          "NOTIFY", from: focus, to: identity, uri: user.contact, along: way.reversed(),
          fields: [("Event", "conference"), ("Subscription-State", "active;expires=3600")],
          content: .text("application/conference-info+xml", document), inDialogOf: callID)
      ]
    }
  }

  /// RTR and RTA, then NOTIFY terminated (TS 29.228 section 6.1.3; reason codes TS 29.229 section 6.3.17).
  mutating func terminateRegistration(_ user: Subscriber, reason: UInt32, text: String, notifies: Bool = true) {
    let id = newRecord("registration")
    var record = RegistrationTruth(id: id, kind: .networkDeRegistration)
    record.outcome = .accepted
    record.impi = user.impi
    record.impu = user.registeredIdentity
    record.start = Stage.epoch + clock
    record.cause = .registrationTerminatedByNetwork
    within(id) { stage in
      let vendor = AttributeValuePair.vendor3GPP
      stage.exchange(
        .registrationTermination, from: stage.network.homeServer, to: stage.network.serving,
        pairs: [
          .text(293, stage.network.serving.host), .text(1, user.impi),
          .text(601, user.registeredIdentity, vendor: vendor),
          .group(
            615, [.number(616, reason, vendor: vendor), .text(617, text, vendor: vendor)], vendor: vendor),
        ], answer: DiameterAnswer(.success, delay: 3))
      if notifies {
        stage.think()
        record.callIDs = [stage.notifyRegistration(user, state: "terminated", event: "deactivated")]
      }
    }
    truth.registrations.append(record)
  }

  /// The S-CSCF lets a registration run out: SAR TIMEOUT_DEREGISTRATION (TS 29.229 section 6.3.15).
  mutating func timeOutRegistration(_ user: Subscriber) {
    let id = newRecord("registration")
    var record = RegistrationTruth(id: id, kind: .timeout)
    record.outcome = .accepted
    record.impi = user.impi
    record.impu = user.registeredIdentity
    record.start = Stage.epoch + clock
    record.cause = .registrationTimeout
    within(id) { $0.assignServer(user, type: 4) }
    truth.registrations.append(record)
  }

  /// SAR outside a REGISTER.
  mutating func assignServer(_ user: Subscriber, type: UInt32, profile: String? = nil) {
    let vendor = AttributeValuePair.vendor3GPP
    exchange(
      .serverAssignment, from: network.serving, to: network.homeServer,
      pairs: [
        .text(601, user.registeredIdentity, vendor: vendor), serverName, .text(1, user.impi),
        .number(614, type, vendor: vendor), .number(624, 1, vendor: vendor),
      ],
      answer: DiameterAnswer(
        .success, [.text(1, user.impi)] + (profile.map { [.text(606, $0, vendor: vendor)] } ?? [])))
  }

  /// PPR with a changed profile (TS 29.228 section 6.2.1); nil where the S-CSCF never answers.
  mutating func pushProfile(_ user: Subscriber, result: DiameterResult? = .success) {
    let profile = ServiceProfile.document(
      impi: user.impi, identities: user.identities, applicationServer: "sip:\(network.applicationServer.host):5080",
      isBarred: true)
    exchange(
      .pushProfile, from: network.homeServer, to: network.serving,
      pairs: [
        .text(293, network.serving.host), .text(1, user.impi),
        .text(606, profile, vendor: AttributeValuePair.vendor3GPP),
      ], answer: result.map { DiameterAnswer($0, delay: 3) })
  }

  /// An instant message over all hops (RFC 3428).
  mutating func instantMessage(
    _ sender: Subscriber, _ recipient: Subscriber, status: Int = 200, phrase: String = "OK",
    cause: FailureCause? = nil
  ) {
    let from = sender.implicitIdentities[0]
    let to = recipient.dialledIdentity
    service(.instantMessage, from: from, to: to, status: status, isSuccessful: status < 300, cause: cause) { stage in
      let network = stage.network
      return [
        stage.standalone(
          "MESSAGE", from: from, to: to, uri: to,
          along: [
            sender.equipment, network.proxy, network.serving, network.interrogating, network.serving,
            network.proxy, recipient.equipment,
          ], content: .text("text/plain;charset=UTF-8", "See you at eight."), status: status, phrase: phrase)
      ]
    }
  }

  /// A watcher subscribes to the presence of another user, who publishes (RFC 3856, RFC 3903).
  mutating func presence(_ watcher: Subscriber, _ presentity: Subscriber) {
    let from = watcher.implicitIdentities[0]
    let to = presentity.implicitIdentities[0]
    func document(_ basic: String) -> Content {
      .text(
        "application/pidf+xml",
        """
        <?xml version="1.0" encoding="UTF-8"?><presence xmlns="urn:ietf:params:xml:ns:pidf" entity="\(to)">\
        <tuple id="t1"><status><basic>\(basic)</basic></status></tuple></presence>
        """)
    }
    service(.presence, from: from, to: to) { stage in
      let subscription = stage.standalone(
        "SUBSCRIBE", from: from, to: to, uri: to, along: stage.originatingWay(watcher),
        fields: [("Event", "presence"), ("Expires", "3600"), ("Contact", "<\(watcher.contact)>")],
        answerFields: [("Expires", "3600"), ("Contact", "<sip:\(stage.network.applicationServer.host):5080>")])
      func notify(_ stage: inout Stage, _ basic: String) {
        stage.standalone(
          "NOTIFY", from: to, to: from, uri: watcher.contact, along: stage.terminatingWay(watcher),
          fields: [("Event", "presence"), ("Subscription-State", "active;expires=3600")], content: document(basic),
          inDialogOf: subscription)
      }
      notify(&stage, "closed")
      stage.wait(milliseconds: 500)
      let publication = stage.standalone(
        "PUBLISH", from: to, to: to, uri: to, along: stage.originatingWay(presentity),
        fields: [("Event", "presence"), ("Expires", "3600")], content: document("open"),
        answerFields: [("SIP-ETag", "e\(presentity.number)"), ("Expires", "3600")])
      notify(&stage, "open")
      return [subscription, publication]
    }
  }

  /// OPTIONS between two nodes, as keep-alive.
  mutating func keepAlive(_ from: Node, _ to: Node) {
    let uri = "sip:\(to.addressText):\(to.endpoint.port)"
    service(.keepAlive, from: "sip:\(from.host)", to: uri) { stage in
      [stage.standalone("OPTIONS", from: "sip:\(from.host)", to: uri, uri: uri, along: [from, to])]
    }
  }
}
