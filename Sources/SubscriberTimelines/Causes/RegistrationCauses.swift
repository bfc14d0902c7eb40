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

  /// Why a registration ended without the user's doing.
  static let endingRules: [Rule] = [
    Rule(key: "network_ended_registration", severity: .note) { evidence in
      guard evidence.registration.kind == .networkDeRegistration,
        let exchange = evidence.registration.diameter.first
      else { return nil }
      let reason = evidence.facts.deRegistrationReason.map { ", reason \($0)" } ?? ""
      return .init(
        sentence:
          "\(CauseText.name(exchange.from, evidence.nodes)) ended the registration with \(exchange.command)\(reason)",
        frames: [exchange.requestFrame, exchange.answerFrame])
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

  static let rules: [Rule] =
    CxRefusal.rows.map { row in
      Rule(key: row.key, severity: .error) { evidence in
        guard let exchange = evidence.refusal, CxRefusal.row(of: exchange.result)?.key == row.key else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(exchange.to, evidence.nodes)) answered \(exchange.command) with "
            + "\(CauseText.answer(exchange)): \(row.meaning)" + CauseText.consequence(evidence.status, "the UE"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.tries.finalFrame])
      }
    } + [
      Rule(key: "hss_refused", severity: .error) { evidence in
        guard let exchange = evidence.refusal else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(exchange.to, evidence.nodes)) answered \(exchange.command) with "
            + CauseText.answer(exchange) + CauseText.consequence(evidence.status, "the UE"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.tries.finalFrame])
      },
      Rule(key: "hss_not_answering", severity: .error) { evidence in
        guard let exchange = evidence.unanswered else { return nil }
        let waited = (evidence.tries.finalTime ?? evidence.registration.end).nanoseconds(since: exchange.start)
        let later = exchange.answerTime.map { ", its answer came after \(CauseText.duration($0))" } ?? ""
        let trouble = evidence.trouble(of: exchange)
        return .init(
          sentence:
            "\(CauseText.name(exchange.to, evidence.nodes)) did not answer \(exchange.command) within "
            + "\(CauseText.duration(waited))\(later)" + (trouble.map { "; \($0.text)" } ?? "")
            + CauseText.consequence(evidence.status, "the UE"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.tries.finalFrame] + (trouble?.frames ?? []))
      },
      Rule(key: "no_serving_cscf", severity: .error) { evidence in
        guard let status = evidence.status, [480, 600, 503].contains(status),
          let exchange = evidence.registration.diameter.last(where: {
            $0.commandCode == CxCommand.userAuthorization && $0.answerFrame != nil
          }), !exchange.details.contains(where: { $0.key == "assigned_server_name" })
        else { return nil }
        return .init(
          sentence:
            "\(CauseText.answer(exchange)) names no S-CSCF, and none with the capabilities it asks for was selected; "
            + "the UE got \(status)",
          frames: [exchange.answerFrame, evidence.tries.finalFrame])
      },
      Rule(key: "resynchronisation_failed", severity: .error) { evidence in
        guard evidence.facts.askedForResynchronisation, let status = evidence.status, status >= 400 else { return nil }
        return .init(
          sentence:
            "the SIM's sequence number is out of step with the HSS, and resynchronisation (auts) did not mend it after "
            + "\(evidence.registration.challenges) challenges; the UE got \(status)",
          frames: [evidence.lastTry?.nearest.frame, evidence.tries.finalFrame])
      },
      Rule(key: "challenge_unanswered", severity: .warning) { evidence in
        guard let status = evidence.status, status == 401 || status == 407,
          evidence.registration.outcome == .unanswered
        else { return nil }
        return .init(
          sentence:
            "the UE did not answer the challenge \(status): it rejected the network's authentication token, gave up, or "
            + "went on where the capture does not show it",
          frames: [evidence.tries.finalFrame])
      },
      Rule(key: "wrong_credentials", severity: .error) { evidence in
        guard evidence.facts.answeringCSeq != nil, let status = evidence.status,
          [401, 403, 407].contains(status), evidence.tries.tries.count > 1, let last = evidence.lastTry
        else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(last.farthest.to, evidence.nodes)) refused the UE's answer to the challenge with \(status): "
            + "wrong credentials (K, OPc or password)",
          frames: [last.nearest.frame, last.farthest.frame, last.farthest.finalFrame, evidence.tries.finalFrame])
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
          last.farthest.finalStatus == 0 || last.farthest.viaCount > (last.answered?.viaCount ?? 0)
        else { return nil }
        let waited = (evidence.tries.finalTime ?? evidence.registration.end).nanoseconds(
          since: last.farthest.requestTime ?? evidence.registration.start)
        let again = last.farthest.retransmissions
        return .init(
          sentence:
            "\(CauseText.name(last.farthest.to, evidence.nodes)) did not answer REGISTER of "
            + "\(CauseText.name(last.farthest.from, evidence.nodes)) within \(CauseText.duration(waited))"
            + (again > 0 ? ", sent \(again + 1) times" : "") + CauseText.consequence(evidence.status, "the UE"),
          frames: [last.farthest.frame, evidence.tries.finalFrame])
      },
      Rule(key: "registration_refused", severity: .error) { evidence in
        guard let status = evidence.status, let last = evidence.lastTry else { return nil }
        let origin = evidence.trail.transactions
          .filter { $0.cseq == last.cseq && $0.finalStatus == status }.max { $0.viaCount < $1.viaCount }
        guard let origin else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(origin.to, evidence.nodes)) answered REGISTER with \(status); not determined: why is not in "
            + "the capture",
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
}
