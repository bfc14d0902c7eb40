import CaptureFacts

/// Why a registration failed. The first row that finds its evidence speaks; a new cause is a new row.
enum RegistrationCauses {
  typealias Rule = CauseRule<RegistrationEvidence>

  /// The cause of a registration; nil for one that did not fail.
  static func cause(of evidence: RegistrationEvidence) -> (cause: Cause, severity: Finding.Severity)? {
    switch evidence.registration.outcome {
    case .inProgress: nil
    case .accepted: Rule.first(of: endingRules, in: evidence)
    case .rejected, .unanswered: Rule.first(of: rules, in: evidence)
    }
  }

  static let rules: [Rule] =
    CxRefusal.rows.map { row in
      Rule(key: row.key, severity: .error) { evidence in
        guard let exchange = evidence.refusal, CxRefusal.row(of: exchange.result)?.key == row.key else { return nil }
        return .init(
          sentence: evidence.refusalText(exchange) + ": \(row.meaning)"
            + CauseText.consequence(evidence.status, "the UE"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.tries.finalFrame])
      }
    } + [
      Rule(key: "hss_refused", severity: .error) { evidence in
        guard let exchange = evidence.refusal else { return nil }
        return .init(
          sentence: evidence.refusalText(exchange) + CauseText.consequence(evidence.status, "the UE"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.tries.finalFrame])
      },
      Rule(key: "hss_not_answering", severity: .error) { evidence in
        guard let exchange = evidence.unanswered else { return nil }
        let waited = (evidence.tries.finalTime ?? evidence.registration.end).nanoseconds(since: exchange.start)
        let later = exchange.answerTime.map { ", its answer came after \(CauseText.duration($0))" } ?? ""
        let trouble = evidence.trouble(of: exchange)
        return .init(
          sentence:
            "\(CauseText.name(CauseText.asked(exchange), evidence.nodes)) did not answer \(exchange.command) within "
            + "\(CauseText.duration(waited))\(later)" + (trouble.map { "; \($0.text)" } ?? "")
            + CauseText.consequence(evidence.status, "the UE"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.tries.finalFrame] + (trouble?.frames ?? []))
      },
      Rule(key: "serving_cscf_dead", severity: .error) { evidence in
        guard let failed = evidence.failedHop, failed.isServingCSCF, failed.successor == nil else { return nil }
        return .init(
          sentence:
            failed.sentence(.register, evidence.nodes)
            + "; the HSS was asked for the capabilities of another S-CSCF, and none was chosen"
            + CauseText.consequence(evidence.status, "the UE"),
          frames: failed.frames + [evidence.tries.finalFrame])
      },
      Rule(key: "no_serving_cscf", severity: .error) { evidence in
        guard let status = evidence.status, noServerStatuses.contains(status),
          let exchange = evidence.exchanges.answerWithoutServer(command: CxCommand.userAuthorization)
        else { return nil }
        return .init(
          sentence:
            "\(evidence.exchanges.candidates(exchange)), and none was selected; the UE got \(status)",
          frames: [exchange.answerFrame, evidence.tries.finalFrame])
      },
      Rule(key: "resynchronisation_failed", severity: .error) { evidence in
        // The last try asked for resynchronisation, and what came back was no challenge that the UE could answer.
        guard let last = evidence.lastTry, evidence.facts.resynchronisations.contains(last.cseq),
          let status = evidence.status, status >= 400
        else { return nil }
        return .init(
          sentence:
            "the SIM's sequence number is out of step with the HSS, and resynchronisation (auts) did not mend it after "
            + "\(evidence.registration.challenges) challenges; the UE got \(status)",
          frames: evidence.resynchronisationFrames + [evidence.tries.finalFrame])
      },
      Rule(key: "challenge_unanswered", severity: .warning) { evidence in
        guard let status = evidence.status, status == 401 || status == 407,
          evidence.registration.outcome == .unanswered, let last = evidence.lastTry
        else { return nil }
        let rest = evidence.tries.finalTime.map { evidence.now.nanoseconds(since: $0) } ?? 0
        let waited = rest < 1_000_000_000 ? ", with which the capture ends" : " within \(CauseText.duration(rest))"
        let unseen = last.nearest.finalStatus == 0 ? "; that it reached the UE is not in the capture" : ""
        return .init(
          sentence:
            "the UE did not answer the challenge \(status)\(waited)\(unseen); not determined: "
            + evidence.whatMayHideTheAnswer,
          frames: [last.nearest.frame, evidence.tries.finalFrame], isDetermined: false)
      },
      Rule(key: "nonce_expired", severity: .warning) { evidence in
        guard let status = evidence.answerRefusal, evidence.facts.refusal?.isStale == true,
          let last = evidence.lastTry
        else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(last.farthest.to, evidence.nodes)) took the nonce of the UE's answer for one that had run out: "
            + "\(evidence.facts.refusal?.line ?? String(status)); the UE did not answer the new challenge",
          frames: [last.nearest.frame, evidence.tries.finalFrame])
      },
      Rule(key: "wrong_credentials", severity: .error) { evidence in
        guard let status = evidence.answerRefusal, let refuser = evidence.refuserOfAnswer else { return nil }
        let told = evidence.authenticationFailure
        return .init(
          sentence:
            "\(CauseText.name(refuser.to, evidence.nodes)) refused the UE's answer to the challenge with "
            + "\(evidence.facts.refusal?.line ?? String(status)): wrong credentials (\(evidence.secretInUse))"
            + (told.map { "; it told the HSS of it with \($0.command) AUTHENTICATION_FAILURE" } ?? ""),
          frames: [
            evidence.lastTry?.nearest.frame, refuser.frame, refuser.finalFrame, told?.requestFrame,
            evidence.tries.finalFrame,
          ])
      },
    ]
    + TransportEvidence.rules.map { key in
      // The request came to a node and did not get on, or not even to it, and the transport shows why.
      Rule(key: key, severity: .error) { evidence in
        guard [nil, 408, 480, 500, 502, 503, 504].contains(evidence.status), let trouble = evidence.trouble,
          trouble.rule == key
        else { return nil }
        return .init(
          sentence: trouble.text + CauseText.consequence(evidence.status, "the UE"),
          frames: [evidence.lastTry?.farthest.frame, evidence.tries.finalFrame] + trouble.frames)
      }
    } + [
      Rule(key: "next_hop_silent", severity: .error) { evidence in
        guard let last = evidence.lastTry, [nil, 408, 504, 503].contains(evidence.status),
          last.farthest.finalStatus == 0 || evidence.isLate(last.farthest)
        else { return nil }
        let waited = (evidence.tries.finalTime ?? evidence.now).nanoseconds(
          since: last.farthest.requestTime ?? evidence.registration.start)
        return .init(
          sentence:
            "\(CauseText.name(last.farthest.to, evidence.nodes)) did not answer REGISTER of "
            + "\(CauseText.name(last.farthest.from, evidence.nodes)) within \(CauseText.duration(waited))"
            + CauseText.repetitions(last.farthest) + CauseText.consequence(evidence.status, "the UE"),
          frames: [last.farthest.frame, evidence.tries.finalFrame])
      }
    ]
    + StatusMeaning.ofRegister.map { row in
      Rule(key: row.key, severity: row.severity) { evidence in
        guard evidence.status == row.status, let origin = evidence.origin else { return nil }
        return .init(
          sentence: evidence.answerText(of: origin) + ": \(row.meaning)",
          frames: [origin.frame, origin.finalFrame, evidence.tries.finalFrame])
      }
    } + [
      Rule(key: "registration_refused", severity: .error) { evidence in
        guard let origin = evidence.origin else { return nil }
        return .init(
          sentence: evidence.answerText(of: origin) + "; not determined: why is not in the capture",
          frames: [origin.frame, origin.finalFrame], isDetermined: false)
      },
      Rule(key: "network_de_registration_failed", severity: .warning) { evidence in
        guard evidence.facts.networkKind != nil, let exchange = evidence.registration.diameter.last else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(exchange.to, evidence.nodes)) did not answer \(exchange.command) of "
            + CauseText.name(exchange.from, evidence.nodes),
          frames: [exchange.requestFrame])
      },
      Rule(key: "no_final_response", severity: .error) { evidence in
        .init(
          sentence: "no final response to REGISTER; not determined: what stopped it is not in the capture",
          frames: [evidence.lastTry?.nearest.frame], isDetermined: false)
      },
    ]

  /// What the I-CSCF answers where no S-CSCF can be selected (TS 24.229 sections 5.3.1.2 and 5.3.1.3).
  private static let noServerStatuses: Set<UInt16> = [480, 500, 503, 504, 600]
}
