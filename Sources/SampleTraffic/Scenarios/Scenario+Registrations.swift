extension Scenario {
  /// Registrations that succeed, in all their kinds.
  static let registrations: [Scenario] = [
    Scenario("register", "One UE registers: challenge, profile, Service-Route") { stage in
      stage.openPeers()
      stage.register(RegistrationPlan(stage.network.subscriber(1)))
    }
  ]
}
