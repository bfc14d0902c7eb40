extension Scenario {
  /// Networks and identities that tempt to join what does not belong together, or to miss what does.
  static let structures: [Scenario] = [
    Scenario("same_call_ids", "Two UEs use the same Call-ID, for REGISTER and for INVITE, at the same time") { stage in
      stage.openPeers()
      let users = (1...4).map { stage.network.subscriber($0) }
      for (index, user) in users.enumerated() {
        stage.clock = 60_000_000 + Int64(index) * 7_000_000
        var plan = RegistrationPlan(user)
        plan.callID = "1234567890@ue"
        plan.firstSequence = 1
        stage.register(plan)
      }
      for (index, pair) in [(users[0], users[1]), (users[2], users[3])].enumerated() {
        stage.clock = 3_000_000_000 + Int64(index) * 20_000_000
        var plan = CallPlan(pair.0, pair.1)
        plan.callID = "abcdef@ue"
        stage.call(plan)
      }
    },
    Scenario("shared_identity", "Two private identities share their public identities") { stage in
      stage.openPeers()
      let first = stage.network.subscriber(1)
      var second = stage.network.subscriber(2)
      second.registeredIdentity = first.registeredIdentity
      second.implicitIdentities = first.implicitIdentities
      stage.register(RegistrationPlan(first))
      stage.wait(milliseconds: 400)
      stage.register(RegistrationPlan(second))
    },
    Scenario("second_contact", "A second device of one private identity registers beside the first, then a third later")
    {
      stage in
      stage.openPeers()
      let phone = stage.network.subscriber(1)
      var tablet = phone
      tablet.equipment = stage.network.subscriber(2).equipment
      tablet.instance = stage.network.subscriber(2).instance
      stage.register(RegistrationPlan(phone))
      stage.wait(milliseconds: 40_000)
      stage.register(RegistrationPlan(tablet, kind: .additionalContact))
      for device in [phone, tablet] {
        stage.wait(milliseconds: 40_000)
        stage.register(RegistrationPlan(device, kind: .deRegistration))
      }
      // Nobody is registered any more: what comes now is no addition.
      stage.wait(milliseconds: 40_000)
      var watch = phone
      watch.equipment = stage.network.subscriber(3).equipment
      watch.instance = stage.network.subscriber(3).instance
      stage.register(RegistrationPlan(watch))
    },
    Scenario("roaming", "A UE registers through the P-CSCF of another network") { stage in
      let visited = "ims.mnc002.mcc262.3gppnetwork.org"
      let other = CoreNetwork.separateNodes(base: 0x0a3c_0000, domain: visited)
      stage.openPeers()
      var plan = RegistrationPlan(stage.network.subscriber(1))
      plan.proxy = other.proxy
      plan.visitedNetwork = visited
      stage.register(plan)
    },
    Scenario("relay_agent", "A Diameter agent stands between the CSCFs and the HSS") { stage in
      stage.network.relayAgents = [stage.network.additional("dra", role: "DRA", last: 20, port: 3868)]
      stage.openPeers()
      let users = stage.registeredPair()
      stage.call(CallPlan(users.0, users.1))
      stage.terminateRegistration(users.0, reason: 0, text: "Administrative")
    },
    Scenario("relay_agent_unable_to_deliver", "The Diameter agent answers 3002 itself") { stage in
      let agent = stage.network.additional("dra", role: "DRA", last: 20, port: 3868)
      stage.network.relayAgents = [agent]
      stage.openPeers()
      var plan = RegistrationPlan(stage.network.subscriber(1))
      plan.authorization = .base(3002)
      plan.answeringAgent = agent
      plan.failure = (504, "Server Time-out")
      plan.cause = .diameterUnableToDeliver
      stage.register(plan)
    },
    Scenario("relay_agent_of_all", "A Diameter agent stands before the HSS and the PCRF: Cx and Rx have two hops each")
    {
      stage in
      stage.network.relayAgents = [stage.network.additional("dra", role: "DRA", last: 20, port: 3868)]
      stage.network.relayedApplications.insert(16_777_236)
      stage.openPeers()
      let users = stage.registeredPair()
      var plan = CallPlan(users.0, users.1)
      plan.policy = .asked(.success)
      stage.call(plan)
    },
    Scenario("relay_agents_of_two_networks", "Two Diameter agents stand between the CSCFs and the HSS") { stage in
      stage.network.relayAgents = [
        stage.network.additional("dra1", role: "DRA", last: 20, port: 3868),
        stage.network.additional("dra2", role: "DRA", last: 22, port: 3868),
      ]
      stage.openPeers()
      let users = stage.registeredPair()
      stage.call(CallPlan(users.0, users.1))
      stage.terminateRegistration(users.0, reason: 0, text: "Administrative")
    },
    Scenario("rx_registration", "The P-CSCF watches the bearer of a registered UE's signalling: AAR, RAR, ASR, STR") {
      stage in
      stage.openPeers()
      stage.connectPeer(stage.network.proxy, to: stage.network.policyServer, application: 16_777_236)
      let users = (stage.network.subscriber(1), stage.network.subscriber(2))
      let registration = stage.register(RegistrationPlan(users.0)).id
      stage.register(RegistrationPlan(users.1))
      stage.wait(milliseconds: 200)
      stage.watchSignalling(of: users.0, record: registration)
    },
    Scenario("subscription_locator", "An SLF redirects the I-CSCF to the HSS: 3006 with Redirect-Host") { stage in
      stage.network.subscriptionLocator = stage.network.additional("slf", role: "SLF", last: 21, port: 3868)
      stage.openPeers()
      let users = stage.registeredPair()
      stage.call(CallPlan(users.0, users.1))
    },
    Scenario("subscription_locator_behind_agent", "The Diameter agent hands the SLF's redirection on to the I-CSCF") {
      stage in
      stage.network.relayAgents = [stage.network.additional("dra", role: "DRA", last: 20, port: 3868)]
      stage.network.subscriptionLocator = stage.network.additional("slf", role: "SLF", last: 21, port: 3868)
      stage.openPeers()
      let users = stage.registeredPair()
      stage.call(CallPlan(users.0, users.1))
    },
    Scenario("subscription_locator_asked_by_agent", "The Diameter agent follows the SLF's redirection by itself") {
      stage in
      stage.network.relayAgents = [stage.network.additional("dra", role: "DRA", last: 20, port: 3868)]
      stage.network.subscriptionLocator = stage.network.additional("slf", role: "SLF", last: 21, port: 3868)
      stage.network.agentFollowsLocator = true
      stage.openPeers()
      let users = stage.registeredPair()
      stage.call(CallPlan(users.0, users.1))
    },
    Scenario("single_address", "All core nodes share one address and differ by port") { stage in
      stage.network = .singleAddress()
      stage.openPeers()
      let users = stage.registeredPair()
      stage.call(CallPlan(users.0, users.1))
    },
    Scenario("all_cx_commands", "All six Cx commands with their answers, and the Sh question of the AS") { stage in
      stage.openPeers()
      let users = stage.registeredPair()
      stage.subscribeRegistrationEvent(users.0)
      stage.call(CallPlan(users.0, users.1))
      stage.pushProfile(users.1)
      let server = stage.network.applicationServer
      stage.connectPeer(server, to: stage.network.homeServer, application: 16_777_217)
      stage.exchange(
        .userData, from: server, to: stage.network.homeServer,
        pairs: [
          .group(
            700, [.text(601, users.0.registeredIdentity, vendor: AttributeValuePair.vendor3GPP)],
            vendor: AttributeValuePair.vendor3GPP), .number(703, 0, vendor: AttributeValuePair.vendor3GPP),
        ], answer: DiameterAnswer(.success))
      stage.terminateRegistration(users.0, reason: 0, text: "Administrative")
      stage.timeOutRegistration(users.1)
    },
    Scenario("two_taps", "Two capture points with clocks 350 ms apart: one at the P-CSCF, one behind it") { stage in
      let network = stage.network
      stage.capture.taps = [
        CaptureSettings.Tap(addresses: [network.proxy.endpoint.address]),
        CaptureSettings.Tap(
          addresses: [
            network.interrogating.endpoint.address, network.serving.endpoint.address,
            network.homeServer.endpoint.address,
          ], clockOffset: 350_000_000),
      ]
      stage.network.sipTransport = .datagrams
      stage.openPeers()
      let users = stage.registeredPair()
      stage.call(CallPlan(users.0, users.1))
      stage.truth.findings.append(FindingTruth(kind: .clockOffset, node: "by at least 349.", count: nil))
    },
    Scenario("two_taps_of_all", "Two capture points see everything, the clock of one is 40 ms behind") { stage in
      stage.capture.taps = [CaptureSettings.Tap(), CaptureSettings.Tap(clockOffset: -40_000_000)]
      stage.network.sipTransport = .datagrams
      stage.openPeers()
      let users = stage.registeredPair()
      stage.call(CallPlan(users.0, users.1))
      stage.truth.findings.append(
        FindingTruth(kind: .clockOffset, node: "two capture points have different clocks", count: nil))
    },
    Scenario("mirror_copies", "Each frame is captured twice within a millisecond") { stage in
      stage.capture.hasCopies = true
      stage.network.sipTransport = .datagrams
      stage.openPeers()
      let users = stage.registeredPair()
      stage.call(CallPlan(users.0, users.1))
    },
  ]
}
