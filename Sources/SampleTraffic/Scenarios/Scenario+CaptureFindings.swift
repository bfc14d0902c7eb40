extension Scenario {
  /// What only many records together show: nodes that stop answering, storms, loops, overload.
  static let captureFindings: [Scenario] = [
    Scenario("icscf_stops_answering", "The I-CSCF is silent for half a minute, then answers again") { stage in
      stage.openPeers()
      stage.registerUsers(1...3, every: 1000) { _ in }
      stage.clock = 10_000_000_000
      stage.network.sendsTrying = false
      stage.registerUsers(4...8, every: 4000) {
        $0.hopFailure = .swallowed(node: 2)
        $0.cause = .stoppedAtHop
      }
      stage.clock = 45_000_000_000
      stage.registerUsers(9...9, every: 1000) { _ in }
      stage.expect(.sipPeerSilent, at: stage.network.interrogating, count: 5)
    },
    Scenario("hss_stops_answering", "The HSS is silent for half a minute, then answers again") { stage in
      stage.openPeers()
      stage.registerUsers(1...3, every: 1000) { _ in }
      stage.clock = 10_000_000_000
      stage.registerUsers(4...8, every: 4000) {
        $0.authorization = nil
        $0.cause = .homeServerSilent
      }
      stage.clock = 45_000_000_000
      stage.registerUsers(9...9, every: 1000) { _ in }
      // It is told after the fourth.
      stage.expect(.diameterPeerSilent, at: stage.network.homeServer, count: 4)
      stage.expect(.diameterPeerBack, at: stage.network.homeServer, count: 5)
    },
    Scenario("retransmission_storm", "Ten UEs repeat REGISTER to a P-CSCF that answers nothing") { stage in
      stage.openPeers()
      stage.registerUsers(1...10, every: 700) {
        $0.hopFailure = .swallowed(node: 1)
        $0.cause = .noResponse
      }
      stage.expect(.retransmissionStorm, at: stage.network.proxy, count: 40)
    },
    Scenario("registration_loop", "A UE without subscription registers every five seconds") { stage in
      stage.openPeers()
      for attempt in 0..<7 {
        stage.clock = Int64(attempt) * 5_000_000_000
        var plan = RegistrationPlan(stage.network.subscriber(1))
        plan.authorization = .experimental(5001)
        plan.cause = .subscriberNotProvisioned
        stage.register(plan)
      }
      stage.expect(.registrationLoop, at: stage.network.subscriber(1).equipment, count: 7)
    },
    Scenario("registration_loop_accepted", "A UE registers every ten seconds though an hour is granted") { stage in
      stage.openPeers()
      for attempt in 0..<6 {
        stage.clock = Int64(attempt) * 10_000_000_000
        stage.register(
          RegistrationPlan(stage.network.subscriber(1), kind: attempt == 0 ? .initial : .reRegistration))
      }
      stage.expect(.registrationLoop, at: stage.network.subscriber(1).equipment, count: 6)
    },
    Scenario("scscf_overloaded", "The S-CSCF refuses five of eight calls with 503") { stage in
      stage.openPeers()
      for attempt in 0..<8 {
        stage.clock = 1_000_000_000 + Int64(attempt) * 4_000_000_000
        var plan = CallPlan(stage.network.subscriber(attempt * 2 + 1), stage.network.subscriber(attempt * 2 + 2))
        plan.end = .answered(talk: 500, releasedBy: .caller)
        if attempt > 1, attempt < 7 {
          plan.end = .refused(
            status: 503, phrase: "Service Unavailable", node: 4, fields: [("Retry-After", "\(10 + attempt)")])
          plan.cause = .overloaded
        }
        stage.call(plan)
      }
      stage.expect(.nodeOverloaded, at: stage.network.serving, count: 5)
    },
    Scenario("hss_too_busy", "The HSS answers four of six UARs with 3004") { stage in
      stage.openPeers()
      stage.registerUsers(1...1, every: 1000) { _ in }
      stage.registerUsers(2...5, every: 1000) {
        $0.authorization = .base(3004)
        $0.failure = (480, "Temporarily Unavailable")
        $0.cause = .diameterTooBusy
      }
      stage.registerUsers(6...6, every: 1000) { _ in }
      stage.expect(.nodeOverloaded, at: stage.network.homeServer, count: 4)
    },
    Scenario("hss_asks_for_less", "The HSS asks for 40 % fewer requests (OC-OLR) and answers what comes") { stage in
      stage.openPeers()
      stage.registerUsers(1...4, every: 1000) { $0.overloadReduction = 40 }
      stage.expect(.nodeOverloaded, at: stage.network.homeServer, count: 4)
    },
    Scenario("hss_failing", "The HSS answers five UARs with 5012") { stage in
      stage.openPeers()
      stage.registerUsers(1...5, every: 1000) {
        $0.authorization = .base(5012)
        $0.failure = (480, "Temporarily Unavailable")
        $0.cause = .diameterUnableToComply
      }
      stage.expect(.nodeFailing, at: stage.network.homeServer, count: 5)
    },
    Scenario("agent_without_route", "The Diameter agent answers 3002 itself, three times") { stage in
      let agent = stage.network.additional("dra", role: "DRA", last: 20, port: 3868)
      stage.network.relayAgents = [agent]
      stage.openPeers()
      stage.registerUsers(1...3, every: 1000) {
        $0.authorization = .base(3002)
        $0.answeringAgent = agent
        $0.failure = (504, "Server Time-out")
        $0.cause = .diameterUnableToDeliver
      }
      stage.expect(.agentCannotDeliver, at: agent, count: 3)
    },
  ]
}

extension Stage {
  /// Registers the users with these numbers one after the other, beginning every so many milliseconds.
  fileprivate mutating func registerUsers(
    _ numbers: ClosedRange<Int>, every milliseconds: Int, _ change: (inout RegistrationPlan) -> Void
  ) {
    let start = clock
    for (index, number) in numbers.enumerated() {
      clock = start + Int64(index * milliseconds) * 1_000_000
      var plan = RegistrationPlan(network.subscriber(number))
      change(&plan)
      register(plan)
    }
  }

  /// States what an analyser must find beyond single records.
  mutating func expect(_ kind: FindingTruth.Kind, at node: Node, count: Int? = nil) {
    truth.findings.append(FindingTruth(kind: kind, node: node.endpoint.description, count: count))
  }
}
