extension Scenario {
  /// A scenario of one registration by the first subscriber.
  static func registrationScenario(
    _ name: String, _ summary: String, plan change: @escaping @Sendable (inout RegistrationPlan) -> Void
  ) -> Scenario {
    Scenario(name, summary) { stage in
      stage.openPeers()
      var plan = RegistrationPlan(stage.network.subscriber(1))
      change(&plan)
      stage.register(plan)
    }
  }

  /// A scenario that goes on from one accepted registration.
  static func registeredScenario(
    _ name: String, _ summary: String,
    then script: @escaping @Sendable (inout Stage, Subscriber, Stage.RegistrationResult) -> Void
  ) -> Scenario {
    Scenario(name, summary) { stage in
      stage.openPeers()
      let user = stage.network.subscriber(1)
      let result = stage.register(RegistrationPlan(user))
      stage.wait(milliseconds: 2000)
      script(&stage, user, result)
    }
  }

  /// Registrations that succeed, in all their kinds, and the ends of registrations.
  static let registrations: [Scenario] = [
    registrationScenario("register", "One UE registers with AKA over UDP: challenge, profile, Service-Route") { _ in },
    Scenario("register_asked_twice", "The I-CSCF asks the HSS for both REGISTERs; registration-state event package") {
      stage in
      stage.network.asksTwice = true
      stage.openPeers()
      let user = stage.network.subscriber(1)
      stage.register(RegistrationPlan(user))
      stage.subscribeRegistrationEvent(user)
    },
    registrationScenario("register_third_party", "The S-CSCF registers the user with the application server") {
      $0.registersThirdParty = true
    },
    registrationScenario("register_emergency", "An emergency registration: contact with sos, UAR-Flags") {
      $0.isEmergency = true
      $0.expires = 600
    },
    registrationScenario("register_profile_without_server", "SAA 2001; the UAA says SUBSEQUENT_REGISTRATION") {
      $0.authorization = .subsequentRegistration
    },
    registrationScenario("register_identity_known", "The HSS says DIAMETER_SUCCESS to UAR with a server") {
      $0.authorization = .success
    },
    registrationScenario("register_server_name_not_stored", "SAA with 2004 SERVER_NAME_NOT_STORED is a success") {
      $0.assignment = .experimental(2004)
    },
    registrationScenario("register_unregistered_service", "UAA 2003 UNREGISTERED_SERVICE names the S-CSCF kept") {
      $0.authorization = .experimental(2003)
    },
    registrationScenario("register_digest", "SIP Digest instead of AKA") {
      $0.authenticationScheme = "SIP Digest"
    },
    registrationScenario("register_trusted_access", "Early IMS: accepted without a challenge") {
      $0.isIntegrityProtected = true
    },
    registrationScenario("register_resynchronisation", "SQN out of step: auts, MAR with SIP-Authorization, accepted") {
      $0.answers = [.resynchronise, .correct]
    },
    registrationScenario("register_stale_nonce", "A stale nonce is challenged again; not a failure") {
      $0.answers = [.stale, .correct]
    },
    registrationScenario("register_interval_too_brief", "423 with Min-Expires, then a longer one") {
      $0.negotiations = [.intervalTooBrief]
    },
    registrationScenario("register_security_agreement", "494 with Security-Server, then Security-Client") {
      $0.negotiations = [.securityAgreement]
    },
    registrationScenario("register_bad_extension", "420 with Unsupported, then without it") {
      $0.negotiations = [.badExtension]
    },
    registrationScenario("register_extension_required", "421 with Require, then with it") {
      $0.negotiations = [.extensionRequired]
    },
    registeredScenario("reregister", "The UE refreshes its registration; the P-CSCF vouches for it") {
      stage, user, first in
      var plan = RegistrationPlan(user, kind: .reRegistration)
      plan.callID = first.callID
      plan.firstSequence = first.sequence + 1
      plan.isIntegrityProtected = true
      stage.register(plan)
    },
    registeredScenario("reregister_challenged", "The refresh is challenged again") { stage, user, first in
      var plan = RegistrationPlan(user, kind: .reRegistration)
      plan.callID = first.callID
      plan.firstSequence = first.sequence + 1
      stage.register(plan)
    },
    registeredScenario("deregister", "The UE de-registers with Expires 0") { stage, user, first in
      var plan = RegistrationPlan(user, kind: .deRegistration)
      plan.callID = first.callID
      plan.firstSequence = first.sequence + 1
      plan.isIntegrityProtected = true
      stage.register(plan)
    },
    registeredScenario("deregister_star", "The UE de-registers all its contacts with *") { stage, user, first in
      var plan = RegistrationPlan(user, kind: .deRegistration)
      plan.callID = first.callID
      plan.firstSequence = first.sequence + 1
      plan.isContactStar = true
      plan.isIntegrityProtected = true
      stage.register(plan)
    },
    networkScenario("rtr_permanent_termination", reason: 0, "Permanent termination of the subscription"),
    networkScenario("rtr_new_server_assigned", reason: 1, "A new S-CSCF was assigned"),
    networkScenario("rtr_server_change", reason: 2, "The S-CSCF is to be changed"),
    networkScenario("rtr_remove_server", reason: 3, "The S-CSCF is to be removed"),
    registeredScenario("timeout_deregistration", "The registration runs out: SAR TIMEOUT_DEREGISTRATION") {
      stage, user, _ in
      stage.timeOutRegistration(user)
    },
    registeredScenario("push_profile", "The HSS pushes a changed profile and the S-CSCF accepts it") {
      stage, user, _ in
      stage.pushProfile(user)
    },
    registeredScenario("push_profile_unanswered", "The S-CSCF never answers PPR") { stage, user, _ in
      stage.pushProfile(user, result: nil)
    },
    registeredScenario("push_profile_rejected", "PPA 5009 NOT_SUPPORTED_USER_DATA, then 5008 TOO_MUCH_DATA") {
      stage, user, _ in
      stage.pushProfile(user, result: .experimental(5009))
      stage.wait(milliseconds: 100)
      stage.pushProfile(user, result: .experimental(5008))
    },
  ]

  private static func networkScenario(_ name: String, reason: UInt32, _ text: String) -> Scenario {
    registeredScenario(name, "RTR: \(text.lowercased()); NOTIFY terminated") { stage, user, _ in
      stage.subscribeRegistrationEvent(user)
      stage.wait(milliseconds: 1000)
      stage.terminateRegistration(user, reason: reason, text: text)
    }
  }
}
