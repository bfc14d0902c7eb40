extension Scenario {
  /// Calls whose second side has another Call-ID, each with another trace of the first; and calls side by side that tempt
  /// to join them crosswise.
  static let backToBackCalls: [Scenario] =
    BackToBackPlan.Trace.allCases.filter { $0 != .chargingIdentifier }.map { trace in
      pairScenario("b2bua_\(trace.rawValue)", "A call through a back-to-back user agent, joined by \(trace.key) alone")
      {
        stage, caller, callee in
        var plan = BackToBackPlan(caller, callee)
        plan.trace = trace
        stage.callThroughBackToBackAgent(plan)
      }
    } + [
      pairScenario(
        "b2bua_calls_at_once", "Two calls between the same users at once, both offers with the same origin"
      ) { stage, caller, callee in
        let start = stage.clock
        var media = stage.mediaOffer(of: caller, hasVideo: false)
        for index in 0..<2 {
          stage.clock = start + Int64(index) * 20_000_000
          var plan = BackToBackPlan(caller, callee)
          plan.trace = .description
          plan.media = media
          plan.thinking = 60
          stage.callThroughBackToBackAgent(plan)
          media.port += 4
        }
      },
      pairScenario("b2bua_calls_in_turn", "Two calls between the same users, one after the other, joined by them alone")
      {
        stage, caller, callee in
        for _ in 0..<2 {
          var plan = BackToBackPlan(caller, callee)
          plan.trace = .parties
          stage.callThroughBackToBackAgent(plan)
          stage.wait(milliseconds: 400)
        }
      },
      Scenario("forked_calls_at_once", "Two users call a third at once, whose two devices ring for both") { stage in
        stage.openPeers()
        let users = stage.registeredPair()
        var device = users.1
        device.equipment = stage.network.subscriber(3).equipment
        device.instance = stage.network.subscriber(3).instance
        stage.register(RegistrationPlan(device, kind: .additionalContact))
        let other = stage.network.subscriber(4)
        stage.register(RegistrationPlan(other))
        stage.wait(milliseconds: 500)
        let start = stage.clock
        stage.forkedCall(users.0, to: (users.1, device))
        stage.clock = start + 12_000_000
        stage.forkedCall(other, to: (device, users.1))
      },
    ]
}
