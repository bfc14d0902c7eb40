extension Scenario {
  /// Registrations that fail for reasons outside the HSS's answers.
  static let registrationFailures: [Scenario] = [
    registrationScenario("wrong_credentials", "Wrong key: 403 after the response, no SAR") {
      $0.answers = [.wrong(refusal: 403)]
      $0.cause = .wrongCredentials
    },
    registrationScenario("wrong_credentials_reported", "Wrong key: SAR AUTHENTICATION_FAILURE, then 403") {
      $0.answers = [.wrong(refusal: 403)]
      $0.reportsFailure = true
      $0.cause = .wrongCredentials
    },
    registrationScenario("wrong_credentials_challenged_again", "Wrong key: another 401, and the UE gives up") {
      $0.answers = [.wrong(refusal: 401)]
      $0.cause = .wrongCredentials
    },
    Scenario("resynchronisation_loop", "auts again and again: the SQN never fits") { stage in
      stage.openPeers()
      var plan = RegistrationPlan(stage.network.subscriber(1))
      plan.answers = [.resynchronise, .resynchronise, .resynchronise, .silence]
      plan.cause = .sequenceNumberOutOfStep
      stage.register(plan)
      stage.expect(.resynchronisationLoop, at: plan.subscriber.equipment, count: 3)
    },
    registrationScenario("challenge_unanswered", "401, then nothing from the UE") {
      $0.answers = [.silence]
      $0.cause = .challengeUnanswered
    },
    registrationScenario("challenge_unanswered_reported", "401, then nothing; SAR AUTHENTICATION_TIMEOUT") {
      $0.answers = [.silence]
      $0.reportsFailure = true
      $0.cause = .challengeUnanswered
    },
    registrationScenario("hss_silent_uar", "UAR without answer: 504 by the P-CSCF, 408 too late by the I-CSCF") {
      $0.authorization = nil
      $0.cause = .homeServerSilent
    },
    registrationScenario("hss_silent_mar", "MAR without answer: 504") {
      $0.multimediaAuth = nil
      $0.failure = (504, "Server Time-out")
      $0.cause = .homeServerSilent
    },
    registrationScenario("hss_silent_sar", "SAR without answer: 480") {
      $0.assignment = nil
      $0.failure = (480, "Temporarily Unavailable")
      $0.cause = .homeServerSilent
    },
    Scenario("hss_down", "UAR and DWR without answer: the peer is down") { stage in
      stage.openPeers()
      var plan = RegistrationPlan(stage.network.subscriber(1))
      plan.authorization = nil
      plan.cause = .homeServerSilent
      stage.register(plan)
      stage.watchdog(stage.network.interrogating, to: stage.network.homeServer, isAnswered: false)
    },
    registrationScenario("no_server_selectable", "UAA without Server-Name and with capabilities nobody has: 480") {
      $0.namesServer = false
      $0.listsCapabilities = true
      $0.failure = (480, "Temporarily Unavailable")
      $0.cause = .servingNodeNotSelectable
    },
    registrationScenario("no_server_named", "UAA without Server-Name and without capabilities: 600") {
      $0.namesServer = false
      $0.failure = (600, "Busy Everywhere")
      $0.cause = .servingNodeNotSelectable
    },
    registrationScenario("stopped_at_pcscf", "The P-CSCF does not answer: the UE repeats and gives up") {
      $0.hopFailure = .swallowed(node: 1)
      $0.cause = .noResponse
    },
    registrationScenario("stopped_at_icscf", "REGISTER reaches the I-CSCF and does not leave it: 504") {
      $0.hopFailure = .swallowed(node: 2)
      $0.cause = .stoppedAtHop
    },
    registrationScenario("connection_unanswered", "The P-CSCF's TCP SYN towards the I-CSCF is not answered: 504") {
      $0.hopFailure = .unansweredConnection(node: 1)
      $0.failure = (504, "Server Time-out")
      $0.cause = .connectionUnanswered
    },
    registrationScenario("connection_refused", "The I-CSCF refuses the P-CSCF's TCP connection: 504") {
      $0.hopFailure = .refusedConnection(node: 1)
      $0.failure = (504, "Server Time-out")
      $0.cause = .connectionRefused
    },
    deadServerScenario("server_dead_replaced", "ICMP unreachable from the S-CSCF, capabilities, another S-CSCF") {
      $0.servingNodeDeath = .portUnreachable
    },
    deadServerScenario("server_silent_replaced", "The S-CSCF is silent, capabilities, another S-CSCF") {
      $0.servingNodeDeath = .silent
    },
    deadServerScenario("server_dead", "ICMP unreachable from the S-CSCF and no other: 504") {
      $0.servingNodeDeath = .portUnreachable
      $0.replacement = nil
      $0.failure = (504, "Server Time-out")
      $0.cause = .servingNodeDead
    },
  ]

  private static func deadServerScenario(
    _ name: String, _ summary: String, plan change: @escaping @Sendable (inout RegistrationPlan) -> Void
  ) -> Scenario {
    Scenario(name, summary) { stage in
      stage.network.sipTransport = .datagrams
      let replacement = stage.network.additional("scscf2", role: "S-CSCF", last: 22, port: 6060)
      stage.openPeers()
      stage.connectPeer(replacement, to: stage.network.homeServer)
      var plan = RegistrationPlan(stage.network.subscriber(1))
      plan.replacement = replacement
      change(&plan)
      stage.register(plan)
    }
  }

  /// The step of a registration at which the HSS answers with a failure.
  private enum Step {
    case authorization, multimediaAuth, assignment
  }

  /// Registrations that fail by an answer of the HSS, or of an agent before it: one for each code and command.
  static let homeServerResults: [Scenario] = resultRows.map { row in
    let words = row.name.dropFirst(4).replacing("_", with: " ")
    let summary = "\(row.name.prefix(3).uppercased()) \(row.result.code), \(words): \(row.status)"
    return registrationScenario(row.name, summary) { plan in
      switch row.step {
      case .authorization: plan.authorization = row.result
      case .multimediaAuth: plan.multimediaAuth = row.result
      case .assignment: plan.assignment = row.result
      }
      plan.failure = (row.status, phrases[row.status] ?? "Forbidden")
      plan.cause = row.cause
      if row.cause == .roamingNotAllowed { plan.visitedNetwork = "ims.mnc002.mcc262.3gppnetwork.org" }
    }
  }

  /// An answer of the HSS, and the code with which the core refuses.
  private struct ResultRow: Sendable {
    var name: String
    var step: Step
    var result: DiameterResult
    var status: Int
    var cause: FailureCause

    init(_ name: String, _ step: Step, _ result: DiameterResult, _ status: Int, _ cause: FailureCause) {
      self.name = name
      self.step = step
      self.result = result
      self.status = status
      self.cause = cause
    }
  }

  private static let resultRows: [ResultRow] = [
    ResultRow("uaa_user_unknown", .authorization, .experimental(5001), 403, .subscriberNotProvisioned),
    ResultRow("uaa_identities_dont_match", .authorization, .experimental(5002), 403, .identitiesDoNotMatch),
    ResultRow("uaa_identity_not_registered", .authorization, .experimental(5003), 403, .identityNotRegistered),
    ResultRow("uaa_roaming_not_allowed", .authorization, .experimental(5004), 403, .roamingNotAllowed),
    ResultRow("uaa_identity_already_registered", .authorization, .experimental(5005), 403, .identityAlreadyRegistered),
    ResultRow("uaa_unable_to_deliver", .authorization, .base(3002), 504, .diameterUnableToDeliver),
    ResultRow("uaa_too_busy", .authorization, .base(3004), 503, .diameterTooBusy),
    ResultRow("uaa_authorization_rejected", .authorization, .base(5003), 403, .authorizationRejected),
    ResultRow("uaa_unable_to_comply", .authorization, .base(5012), 500, .diameterUnableToComply),
    ResultRow("maa_user_unknown", .multimediaAuth, .experimental(5001), 403, .subscriberNotProvisioned),
    ResultRow("maa_identities_dont_match", .multimediaAuth, .experimental(5002), 403, .identitiesDoNotMatch),
    ResultRow("maa_scheme_not_supported", .multimediaAuth, .experimental(5006), 403, .authenticationSchemeNotSupported),
    ResultRow("maa_unable_to_comply", .multimediaAuth, .base(5012), 500, .diameterUnableToComply),
    ResultRow("maa_too_busy", .multimediaAuth, .base(3004), 503, .diameterTooBusy),
    ResultRow("saa_identity_already_registered", .assignment, .experimental(5005), 403, .identityAlreadyRegistered),
    ResultRow("saa_assignment_type", .assignment, .experimental(5007), 403, .assignmentTypeInError),
    ResultRow("saa_too_much_data", .assignment, .experimental(5008), 500, .tooMuchData),
    ResultRow("saa_not_supported_user_data", .assignment, .experimental(5009), 500, .notSupportedUserData),
    ResultRow("saa_feature_unsupported", .assignment, .experimental(5011), 500, .featureUnsupported),
    ResultRow("saa_unable_to_comply", .assignment, .base(5012), 500, .diameterUnableToComply),
  ]

  private static let phrases = [
    403: "Forbidden", 500: "Server Internal Error", 503: "Service Unavailable", 504: "Server Time-out",
  ]
}
