extension Scenario {
  /// Services that are not sessions.
  static let services: [Scenario] = [
    pairScenario("sms_over_ip", "A short message: submit, delivery, status report, each RP message a MESSAGE") {
      $0.shortMessage($1, $2)
    },
    pairScenario("sms_rejected", "The centre refuses a short message: RP-ERROR 21") {
      $0.shortMessage($1, $2, error: 21)
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
