extension Scenario {
  /// A scenario of two registered users of whom the first calls the second.
  static func callScenario(
    _ name: String, _ summary: String, plan change: @escaping @Sendable (inout CallPlan) -> Void
  ) -> Scenario {
    Scenario(name, summary) { stage in
      stage.openPeers()
      let users = stage.registeredPair()
      var plan = CallPlan(users.0, users.1)
      change(&plan)
      if case .asked = plan.policy {
        stage.connectPeer(stage.network.proxy, to: stage.network.policyServer, application: 16_777_236)
      }
      stage.call(plan)
    }
  }

  /// Calls that are answered, and what happens in them.
  static let calls: [Scenario] = [
    callScenario("answered_call", "A call is answered; the caller hangs up; RTP both ways") {
      $0.events = [.media(MediaPlan(400))]
    },
    callScenario("call_released_by_callee", "A call is answered; the callee hangs up") {
      $0.end = .answered(talk: 1500, releasedBy: .callee)
    },
    callScenario("call_dialled_tel", "A call to a tel URI without ringing") {
      $0.dialled = "tel:+15550000002"
      $0.ringing = nil
    },
    callScenario("call_open_at_end", "A call still goes on when the capture ends") { $0.end = .open },
    callScenario("video_call", "Audio and video from the start") {
      $0.hasVideo = true
      $0.features = ["video"]
    },
    callScenario("video_added", "Video is added and removed again by re-INVITE") {
      $0.events = [.addVideo(.caller), .removeVideo(.callee)]
      $0.features = ["video_added", "video_removed"]
    },
    callScenario("hold", "The caller puts the callee on hold and resumes") {
      $0.events = [.hold(.caller), .resume(.caller)]
      $0.features = ["hold"]
    },
    callScenario("session_refresh", "UPDATE refreshes the session timer") {
      $0.events = [.refresh(.caller)]
      $0.features = ["session_refresh"]
    },
    callScenario("early_media_preconditions", "183 with SDP, PRACK, UPDATE when the bearer is ready, 180, 200") {
      $0.hasEarlyMedia = true
      $0.policy = .asked(.success)
      $0.features = ["early_media", "preconditions"]
    },
    callScenario("forwarded_call", "181 with History-Info, then answered elsewhere") {
      $0.isForwarded = true
      $0.features = ["forwarded"]
    },
    callScenario("rx_session", "The P-CSCF asks the PCRF: AAR, and STR at the end") { $0.policy = .asked(.success) },
    Scenario("emergency_call", "urn:service:sos through P-CSCF and E-CSCF to the emergency centre") { stage in
      stage.openPeers()
      let user = stage.network.subscriber(1)
      var plan = RegistrationPlan(user)
      plan.isEmergency = true
      stage.register(plan)
      stage.wait(milliseconds: 800)
      let server = stage.network.additional("ecscf", role: "E-CSCF", last: 18, port: 5070)
      let gateway = stage.network.additional("mgcf", role: "MGCF", last: 19, port: 5075)
      stage.callServer(
        user, uri: "urn:service:sos", along: [user.equipment, stage.network.proxy, server, gateway],
        contact: "sip:psap@\(gateway.addressText):\(gateway.endpoint.port)", features: ["emergency"],
        fields: [("Geolocation", "<cid:location@\(user.domain)>"), ("Priority", "emergency")])
    },
    Scenario("gateway_call", "A call to the telephone network through BGCF and MGCF; released with Q.850") { stage in
      stage.openPeers()
      let user = stage.network.subscriber(1)
      stage.register(RegistrationPlan(user))
      stage.wait(milliseconds: 800)
      let control = stage.network.additional("bgcf", role: "BGCF", last: 17, port: 5065)
      let gateway = stage.network.additional("mgcf", role: "MGCF", last: 19, port: 5075)
      stage.callServer(
        user, uri: "tel:+442079460000",
        along: [user.equipment, stage.network.proxy, stage.network.serving, control, gateway],
        contact: "sip:\(gateway.addressText):\(gateway.endpoint.port)", features: [], releasedBy: .callee,
        reason: "Q.850;cause=16;text=\"Normal call clearing\"")
    },
    Scenario("conference", "A user calls the conference factory and invites another with REFER") { stage in
      stage.openPeers()
      let users = stage.registeredPair()
      let server = stage.network.applicationServer
      let factory = "sip:mmtel@conf-factory.\(stage.network.domain)"
      let focus = "sip:conf1@\(server.addressText):\(server.endpoint.port)"
      let start = stage.clock
      stage.callServer(
        users.0, uri: factory, along: stage.originatingWay(users.0), contact: focus, features: ["conference"],
        talk: 3000,
        duringTalk: { stage, dialog in
          stage.requestAndAnswer(
            "REFER", in: &dialog, by: .caller, fields: [("Refer-To", "<\(users.1.dialledIdentity);method=INVITE>")],
            status: 202, phrase: "Accepted")
        })
      stage.clock = start + 2_000_000_000
      let call = stage.truth.calls[stage.truth.calls.count - 1].id
      stage.subscribeConference(users.0, focus: focus, call: call)
    },
    Scenario("b2bua_call", "An application server splits the call: two Call-IDs, one ICID") { stage in
      stage.openPeers()
      let users = stage.registeredPair()
      stage.callThroughBackToBackAgent(BackToBackPlan(users.0, users.1))
    },
    Scenario("forked_call", "Two devices of the callee ring; the first answers, the other is cancelled") { stage in
      stage.openPeers()
      let users = stage.registeredPair()
      var device = users.1
      device.equipment = stage.network.subscriber(3).equipment
      device.instance = stage.network.subscriber(3).instance
      stage.register(RegistrationPlan(device, kind: .additionalContact))
      stage.wait(milliseconds: 500)
      stage.forkedCall(users.0, to: (users.1, device))
    },
  ]
}

extension Stage {
  /// Two users that have registered.
  mutating func registeredPair() -> (Subscriber, Subscriber) {
    let users = (network.subscriber(1), network.subscriber(2))
    register(RegistrationPlan(users.0))
    wait(milliseconds: 200)
    register(RegistrationPlan(users.1))
    wait(milliseconds: 1000)
    return users
  }
}
