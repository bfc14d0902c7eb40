extension Scenario {
  /// Calls through the application servers that the profile of the caller, or of a callee who is not registered, names.
  static let filterCriteria: [Scenario] = [
    Scenario("application_servers_asked", "The S-CSCF asks both application servers of the caller's profile, in order")
    {
      stage in
      let services = stage.openServices()
      services.call(&stage, through: [0, 1], states: ["asked", "asked"])
    },
    Scenario(
      "application_server_not_asked", "The second of two calls passes the caller's second application server over"
    ) {
      stage in
      let services = stage.openServices()
      services.call(&stage, through: [0, 1], states: ["asked", "asked"])
      stage.wait(milliseconds: 1000)
      services.call(&stage, through: [0], states: ["asked", "not_asked"])
      stage.expect(.applicationServerNotAsked, named: services.names[1])
    },
    Scenario("application_servers_out_of_order", "The S-CSCF asks the second application server before the first") {
      stage in
      let services = stage.openServices()
      services.call(&stage, through: [1, 0], states: ["asked", "asked"])
      stage.expect(.applicationServersOutOfOrder, named: services.names[1])
    },
    Scenario(
      "application_server_failed", "The first application server answers 503; SESSION_CONTINUED: the call goes on"
    ) {
      stage in
      let services = stage.openServices()
      services.call(&stage, through: [0, 1], states: ["asked", "asked"])
      stage.wait(milliseconds: 1000)
      services.call(&stage, through: [1], failing: 0, states: ["asked", "asked"])
      stage.expect(.applicationServerFailed, named: services.names[0])
    },
    Scenario(
      "unregistered_service", "A callee who is not registered: LIA 2003, SAR UNREGISTERED_USER, the mailbox answers"
    ) {
      $0.playMailbox(isAsked: true)
    },
    Scenario(
      "unregistered_service_passed_over",
      "Of two calls to a callee who is not registered the second goes to a gateway, not to the mailbox"
    ) { stage in
      stage.playMailbox(isAsked: true)
      stage.wait(milliseconds: 1500)
      let gateway = stage.network.additional("mgcf", role: "MGCF", last: 19, port: 5075)
      stage.callServer(
        stage.network.subscriber(1), uri: "tel:+442079460000",
        along: [stage.network.subscriber(1).equipment, stage.network.proxy, stage.network.serving, gateway],
        contact: "sip:\(gateway.addressText):\(gateway.endpoint.port)", features: [], talk: 500)
      stage.wait(milliseconds: 1500)
      stage.playMailbox(isAsked: false)
      stage.expect(
        .applicationServerNotAsked, named: "sip:\(stage.network.applicationServer.host)")
    },
  ]
}

/// A user with two application servers.
private struct Services {
  let user: Subscriber
  let servers: [Node]
  let gateway: Node

  /// As the profile has them.
  var names: [String] { servers.map { "sip:\($0.host):\($0.endpoint.port)" } }

  /// A call that passes these servers, after one that fails.
  func call(_ stage: inout Stage, through order: [Int], failing: Int? = nil, states: [String]) {
    let serving = stage.network.serving
    let asked = order.map { servers[$0] }
    let way = [user.equipment, stage.network.proxy, serving] + asked.flatMap { [$0, serving] } + [gateway]
    stage.callServer(
      user, uri: "tel:+442079460000", along: way, contact: "sip:\(gateway.addressText):\(gateway.endpoint.port)",
      features: [], talk: 800, servers: Dictionary(uniqueKeysWithValues: zip(names, states)),
      rewrite: { stage, index, text in
        guard way[index].name == serving.name else { return }
        let back = "<sip:back\(index)@\(serving.addressText):\(serving.endpoint.port);lr>"
        if index == 2, let failing {
          var request = text
          request.push("Route", back)
          request.push("Route", "<\(names[failing]);lr>")
          let hop = stage.send(request, from: serving, to: servers[failing])
          stage.wait(milliseconds: 20)
          stage.respond(
            to: SIPJourney(nodes: [serving, servers[failing]], hops: [hop]), status: 503, phrase: "Service Unavailable",
            toTag: "failed")
        }
        guard let next = servers.firstIndex(where: { $0.name == way[index + 1].name }) else { return }
        text.push("Route", back)
        text.push("Route", "<\(names[next]);lr>")
      })
    if failing != nil { stage.truth.calls[stage.truth.calls.count - 1].legs += 1 }
  }
}

extension Stage {
  /// A user who registers and whose profile names two application servers; the first one's failure ends no session.
  fileprivate mutating func openServices() -> Services {
    openPeers()
    let services = Services(
      user: network.subscriber(1),
      servers: [
        network.additional("anti-spam", role: "AS", last: 31, port: 5080),
        network.additional("telephony", role: "AS", last: 32, port: 5080),
      ], gateway: network.additional("mgcf", role: "MGCF", last: 19, port: 5075))
    var plan = RegistrationPlan(services.user)
    plan.profile = ServiceProfile.document(
      impi: services.user.impi, identities: services.user.identities,
      servers: [
        ServiceProfile.Server(name: services.names[0], priority: 1),
        ServiceProfile.Server(name: services.names[1], priority: 2, endsSession: true),
      ])
    register(plan)
    wait(milliseconds: 800)
    return services
  }

  /// A call to a user who is not registered and whose profile names a mailbox for that case.
  fileprivate mutating func playMailbox(isAsked: Bool) {
    let isFirst = truth.calls.isEmpty
    let caller = network.subscriber(1)
    let callee = network.subscriber(2)
    if isFirst {
      openPeers()
      var plan = RegistrationPlan(caller)
      plan.profile = ServiceProfile.document(impi: caller.impi, identities: caller.identities, servers: [])
      register(plan)
      wait(milliseconds: 800)
    }
    let mailbox = network.applicationServer
    let gateway = network.additional("mgcf", role: "MGCF", last: 19, port: 5075)
    let last = isAsked ? mailbox : gateway
    let profile = ServiceProfile.document(
      impi: callee.impi, identities: callee.identities + [callee.dialledIdentity],
      servers: [
        ServiceProfile.Server(name: "sip:\(mailbox.host):\(mailbox.endpoint.port)", priority: 0, sessionCase: 2)
      ])
    let way = [caller.equipment, network.proxy, network.serving, network.interrogating, network.serving, last]
    note(callee)
    callServer(
      caller, uri: callee.dialledIdentity, along: way, contact: "sip:\(last.addressText):\(last.endpoint.port)",
      features: [], talk: 800,
      servers: ["sip:\(mailbox.host):\(mailbox.endpoint.port)": isAsked ? "asked" : "not_asked"],
      rewrite: { stage, index, text in
        if index == 3 {
          stage.locate(callee.dialledIdentity, result: .experimental(2003), pairs: [stage.serverName])
          text.push("Route", "<sip:\(stage.network.serving.host):\(stage.network.serving.endpoint.port);lr>")
        }
        guard index == 4 else { return }
        stage.assignServer(callee, type: 3, profile: profile)
        // The number that the callee has chosen for calls that find it away.
        if !isAsked { text.requestURI = "tel:+442079460001" }
        if isAsked { text.push("Route", "<sip:\(mailbox.host):\(mailbox.endpoint.port);lr>") }
      })
  }

  /// States what an analyser must find about a server of a profile, so many times.
  mutating func expect(_ kind: FindingTruth.Kind, named name: String, times: Int = 1) {
    for _ in 0..<times { truth.findings.append(FindingTruth(kind: kind, node: name, count: nil)) }
  }

  /// The profile names the application server for REGISTER of its users, too, and the S-CSCF tells it nothing, nor of these
  /// calls.
  mutating func expectServerPassedOver(registrations: Int, calls: Int = 0) {
    let server = network.applicationServer
    expect(
      .applicationServerNotAsked, named: "sip:\(server.host):\(server.endpoint.port)", times: registrations + calls)
  }
}
