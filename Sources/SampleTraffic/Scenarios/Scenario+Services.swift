extension Scenario {
  /// Services that are not sessions.
  static let services: [Scenario] = [
    pairScenario("sms_over_ip", "A short message: submit, delivery, status report, each RP message a MESSAGE") {
      $0.shortMessage(ShortMessagePlan($1, $2))
    },
    pairScenario("sms_rejected", "The centre refuses a short message: RP-ERROR 21") {
      var plan = ShortMessagePlan($1, $2)
      plan.error = 21
      $0.shortMessage(plan)
    },
    pairScenario("sms_delivered_later", "The recipient gets a short message ten minutes later, the sender the report") {
      var plan = ShortMessagePlan($1, $2)
      plan.namesTime = true
      plan.delay = 600_000
      plan.reportDelay = 602_000
      $0.shortMessage(plan)
      $0.expectServerPassedOver(registrations: 2)
    },
    Scenario("sms_same_text", "Two users send the same text to one, one to two, and one twice to the same") { stage in
      stage.openPeers()
      let users = (1...4).map { stage.network.subscriber($0) }
      for user in users {
        stage.register(RegistrationPlan(user))
        stage.wait(milliseconds: 200)
      }
      stage.expectServerPassedOver(registrations: 4)
      let start = stage.clock + 1_000_000_000
      let pairs = [(0, 2), (1, 2), (1, 3), (3, 0), (3, 0)]
      for (index, pair) in pairs.enumerated() {
        stage.clock = start + Int64(index) * 1_300_000_000
        var plan = ShortMessagePlan(users[pair.0], users[pair.1])
        plan.reference = UInt8(20 + 2 * index)
        plan.deliveryReference = UInt8(60 + index)
        plan.namesTime = true
        plan.delay = 3_000 - 500 * index
        plan.reportDelay = 3_400
        stage.shortMessage(plan)
      }
    },
    pairScenario("instant_message", "A MESSAGE over all hops, and one that the recipient's side does not know") {
      stage, sender, recipient in
      stage.instantMessage(sender, recipient)
      stage.wait(milliseconds: 500)
      stage.instantMessage(sender, recipient, status: 480, phrase: "Temporarily Unavailable", cause: .deliveryFailed)
    },
    pairScenario("presence", "SUBSCRIBE, NOTIFY, PUBLISH, NOTIFY of presence") { $0.presence($1, $2) },
    pairScenario("keep_alives", "OPTIONS between CSCFs and Diameter watchdogs beside a call") {
      stage, caller, callee in
      stage.keepAlive(stage.network.proxy, stage.network.interrogating)
      stage.watchdog(stage.network.interrogating, to: stage.network.homeServer)
      stage.watchdog(stage.network.serving, to: stage.network.homeServer)
      stage.call(CallPlan(caller, callee))
    },
  ]

  /// A scenario of two registered users.
  static func pairScenario(
    _ name: String, _ summary: String, _ script: @escaping @Sendable (inout Stage, Subscriber, Subscriber) -> Void
  ) -> Scenario {
    Scenario(name, summary) { stage in
      stage.openPeers()
      let users = stage.registeredPair()
      script(&stage, users.0, users.1)
    }
  }
}
