import CaptureFacts

/// What is to be said of a registration that came to a good end.
extension RegistrationCauses {
  /// Why a registration ended without the user's doing.
  static let endingRules: [Rule] = [
    Rule(key: "network_ended_registration", severity: .note) { evidence in
      guard evidence.registration.kind == .networkDeRegistration,
        let exchange = evidence.registration.diameter.first
      else { return nil }
      let reason = evidence.facts.deRegistrationReason.map { ", reason \($0)" } ?? ""
      let told = evidence.notice
      return .init(
        sentence:
          "\(CauseText.name(exchange.from, evidence.nodes)) ended the registration with \(exchange.command)\(reason)"
          + (told.map { "; NOTIFY told the subscribers: \($0.event)" } ?? ""),
        frames: [exchange.requestFrame, exchange.answerFrame, told?.frame])
    },
    Rule(key: "registration_expired", severity: .note) { evidence in
      guard evidence.registration.kind == .timeout, let exchange = evidence.registration.diameter.first else {
        return nil
      }
      return .init(
        sentence: "\(CauseText.name(exchange.from, evidence.nodes)) told the HSS that the registration expired",
        frames: [exchange.requestFrame, exchange.answerFrame])
    },
  ]

  /// What went wrong on the way to a success: a finding, not the cause of anything.
  static let detourRules: [Rule] =
    FailedHop.replacementRules(.register, failedHop: { $0.failedHop }, nodes: { $0.nodes }) + [
      Rule(key: "resynchronised_repeatedly", severity: .warning) { evidence in
        let count = evidence.facts.resynchronisations.count
        guard count > 1 else { return nil }
        return .init(
          sentence:
            "the SIM's sequence number was out of step with the HSS: \(count) resynchronisations (auts) before the "
            + "challenge fitted",
          frames: evidence.resynchronisationFrames)
      }
    ]
}
