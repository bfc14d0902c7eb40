extension Scenario {
  /// Many things at once.
  static let collections: [Scenario] = [
    Scenario("many_failures", "Nine failing registrations and calls of different users, interleaved") { stage in
      stage.openPeers()
      let changes: [(inout RegistrationPlan) -> Void] = [
        { _ in }, { _ in },
        {
          $0.authorization = .experimental(5001)
          $0.cause = .subscriberNotProvisioned
        },
        {
          $0.authorization = .experimental(5004)
          $0.cause = .roamingNotAllowed
        },
        {
          $0.answers = [.wrong(refusal: 403)]
          $0.cause = .wrongCredentials
        },
        {
          $0.answers = [.silence]
          $0.cause = .challengeUnanswered
        },
        {
          $0.multimediaAuth = .base(5012)
          $0.failure = (500, "Server Internal Error")
          $0.cause = .diameterUnableToComply
        },
        {
          $0.assignment = nil
          $0.failure = (504, "Server Time-out")
          $0.cause = .homeServerSilent
        },
      ]
      for (index, change) in changes.enumerated() {
        stage.clock = 100_000_000 + Int64(index) * 11_000_000
        var plan = RegistrationPlan(stage.network.subscriber(index + 1))
        change(&plan)
        stage.register(plan)
      }
      let ends: [(CallEnd, FailureCause)] = [
        (.refused(status: 486, phrase: "Busy Here", node: 6, fields: []), .busy),
        (.cancelled(after: 1500), .callerGaveUp),
        (.refused(status: 503, phrase: "Service Unavailable", node: 4, fields: [("Retry-After", "30")]), .overloaded),
      ]
      for (index, end) in ends.enumerated() {
        stage.clock = 8_000_000_000 + Int64(index) * 400_000_000
        var plan = CallPlan(stage.network.subscriber(1), stage.network.subscriber(2))
        plan.end = end.0
        plan.cause = end.1
        stage.call(plan)
      }
    },
    Scenario("hundred_subscribers", "100 subscribers register and call, interleaved") { $0.playLoad(subscribers: 100) },
    Scenario("thousand_subscribers", "1,000 subscribers register and call, interleaved") {
      $0.playLoad(subscribers: 1000)
    },
  ]
}

extension Stage {
  /// Registrations 9 ms apart; every fourth subscriber then calls the next one, with different ends; every tenth
  /// de-registers.
  mutating func playLoad(subscribers count: Int) {
    openPeers()
    let start = clock
    let ends: [(CallEnd, FailureCause?)] = [
      (.answered(talk: 1500, releasedBy: .caller), nil), (.answered(talk: 700, releasedBy: .callee), nil),
      (.refused(status: 486, phrase: "Busy Here", node: 6, fields: []), .busy),
      (.cancelled(after: 900), .callerGaveUp),
      (.refused(status: 603, phrase: "Decline", node: 6, fields: []), .declined),
    ]
    for index in 0..<count {
      clock = start + Int64(index) * 9_000_000
      let user = network.subscriber(index + 1)
      let registration = register(RegistrationPlan(user))
      if index % 4 == 0 {
        clock = start + Int64(index) * 9_000_000 + 2_000_000_000
        var plan = CallPlan(user, network.subscriber(index + 2))
        (plan.end, plan.cause) = ends[index / 4 % ends.count]
        call(plan)
      }
      if index % 10 == 9 {
        clock = start + Int64(index) * 9_000_000 + 9_000_000_000
        var plan = RegistrationPlan(user, kind: .deRegistration)
        plan.callID = registration.callID
        plan.firstSequence = registration.sequence + 1
        plan.isIntegrityProtected = true
        register(plan)
      }
    }
  }

  /// REGISTER and its answers over a troubled TCP connection.
  mutating func sendTroubled(_ user: Subscriber) {
    for manner in [Transmission.Manner.outOfOrder, .repeatedSegment] {
      wait(milliseconds: 300)
      self.manner = manner
      keepAlive(network.proxy, network.interrogating)
    }
    self.manner = .smooth
    // Two requests leave the P-CSCF in one segment.
    think()
    let (from, to) = (network.proxy, network.interrogating)
    for _ in 0..<2 {
      service(.keepAlive, from: "sip:\(from.host)", to: "sip:\(to.host)", status: nil) { stage in
        _ = stage.send(stage.optionsText(from: from, to: to), from: from, to: to)
        return []
      }
    }
    coalesceLastTwo()
  }

  private mutating func optionsText(from: Node, to: Node) -> SIPText {
    SIPText(
      startLine: "OPTIONS sip:\(to.addressText):\(to.endpoint.port) SIP/2.0",
      fields: [
        ("Max-Forwards", "70"), ("From", "<sip:\(from.host)>;tag=\(random.hexadecimal(8))"), ("To", "<sip:\(to.host)>"),
        ("Call-ID", random.hexadecimal(20)), ("CSeq", "1 OPTIONS"),
      ])
  }
}
