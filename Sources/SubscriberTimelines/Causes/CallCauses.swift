import CaptureFacts

/// Why a call failed. The first row that finds its evidence speaks; a new cause is a new row.
enum CallCauses {
  typealias Rule = CauseRule<CallEvidence>

  /// The cause of a call; nil for one that was answered and ended by a user.
  static func cause(of evidence: CallEvidence) -> (cause: Cause, severity: Finding.Severity)? {
    switch evidence.call.outcome {
    case .inProgress: nil
    case .answered: Rule.first(of: releaseRules, in: evidence)
    default: Rule.first(of: failureRules, in: evidence)
    }
  }

  static let failureRules: [Rule] = cancellationRules + networkRules + calleeRules + statusRules

  /// The call was given up before it was answered.
  private static let cancellationRules: [Rule] = [
    Rule(key: "bearer_lost", severity: .error) { evidence in
      guard evidence.call.outcome == .cancelled, evidence.isCancelledByNetwork, let cancel = evidence.cancel,
        let loss = evidence.lossOfBearer(before: cancel.requestTime)
      else { return nil }
      return .init(
        sentence:
          "\(CauseText.name(loss.exchange.from, evidence.nodes)) sent \(loss.exchange.command) (\(loss.reason)), then "
          + "\(CauseText.name(cancel.from, evidence.nodes)) gave the call up: CANCEL",
        frames: [loss.exchange.requestFrame, cancel.frame, evidence.progress.finalFrame])
    },
    Rule(key: "cancelled_by_network", severity: .warning) { evidence in
      guard evidence.call.outcome == .cancelled, evidence.isCancelledByNetwork, let cancel = evidence.cancel else {
        return nil
      }
      return .init(
        sentence:
          "\(CauseText.name(cancel.from, evidence.nodes)) gave the call up, not the caller: CANCEL"
          + evidence.reasonText(of: [.cancel]),
        frames: [cancel.frame, evidence.progress.finalFrame])
    },
    Rule(key: "cancelled_by_caller", severity: .note) { evidence in
      guard evidence.call.outcome == .cancelled else { return nil }
      let waited = interval(evidence.progress.firstInvite?.requestTime, evidence.cancel?.requestTime)
      return .init(
        sentence:
          "\(evidence.cancel.map { CauseText.name($0.from, evidence.nodes) } ?? "the caller") gave up"
          + (waited.map { " after \(CauseText.duration($0))" } ?? "") + ": CANCEL",
        frames: [evidence.cancel?.frame, evidence.progress.finalFrame])
    },
  ]

  /// A node of the network, or one that it asked, stopped the call.
  private static let networkRules: [Rule] =
    CxRefusal.rows.map { row in
      Rule(key: row.key, severity: row.callSeverity) { evidence in
        guard let exchange = evidence.refusal, CxRefusal.row(of: exchange.result)?.key == row.key else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(CauseText.answerer(exchange), evidence.nodes)) answered \(exchange.command) with "
            + "\(CauseText.answer(exchange))\(CauseText.answerDetails(exchange)): \(row.meaning)"
            + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.progress.finalFrame])
      }
    } + [
      Rule(key: "hss_refused", severity: .error) { evidence in
        guard let exchange = evidence.refusal else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(CauseText.answerer(exchange), evidence.nodes)) answered \(exchange.command) with "
            + CauseText.answer(exchange) + CauseText.answerDetails(exchange)
            + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.progress.finalFrame])
      },
      Rule(key: "qos_refused", severity: .error) { evidence in
        guard let status = evidence.call.status, policyStatuses.contains(status), let exchange = evidence.policyRefusal
        else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(CauseText.answerer(exchange), evidence.nodes)) refused the session's resources with "
            + CauseText.answer(exchange) + CauseText.answerDetails(exchange)
            + PolicyRefusal.meaning(of: CauseText.code(exchange))
            + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.progress.finalFrame])
      },
    ]
    + [
      ("hss_not_answering", CxCommand.application), ("pcrf_not_answering", PolicyCommand.rxApplication),
    ].map { key, application in
      Rule(key: key, severity: .error) { evidence in
        guard let exchange = evidence.unanswered(application: application) else { return nil }
        let waited = (evidence.progress.finalTime ?? evidence.call.end).nanoseconds(since: exchange.start)
        let later = exchange.answerTime.map { ", its answer came after \(CauseText.duration($0))" } ?? ""
        let trouble = evidence.trouble(of: exchange)
        return .init(
          sentence:
            "\(CauseText.name(CauseText.asked(exchange), evidence.nodes)) did not answer \(exchange.command) within "
            + CauseText.duration(waited) + later + (trouble.map { "; \($0.text)" } ?? "")
            + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.progress.finalFrame]
            + (trouble?.frames ?? []))
      }
    } + [
      Rule(key: "serving_cscf_dead", severity: .error) { evidence in
        guard !evidence.hasReachedCallee, let failed = evidence.failedHop, failed.isServingCSCF,
          failed.successor == nil
        else { return nil }
        return .init(
          sentence:
            failed.sentence(.invite, evidence.nodes)
            + "; the HSS was asked for the capabilities of another S-CSCF, and none was chosen"
            + CauseText.consequence(evidence.call.status, "the caller"),
          frames: failed.frames + [evidence.progress.finalFrame])
      },
      Rule(key: "no_serving_cscf", severity: .error) { evidence in
        guard let status = evidence.call.status, noServerStatuses.contains(status), !evidence.hasReachedCallee,
          let exchange = evidence.exchanges.answerWithoutServer(command: CxCommand.locationInfo)
        else { return nil }
        return .init(
          sentence:
            "\(evidence.exchanges.candidates(exchange)), and none was selected for the callee"
            + CauseText.consequence(status, "the caller"),
          frames: [exchange.answerFrame, evidence.progress.finalFrame])
      },
    ]

  /// The callee, or nobody, answered.
  private static let calleeRules: [Rule] =
    [
      Rule(key: "callee_busy", severity: .note) { evidence in
        guard evidence.call.outcome == .busy, let origin = evidence.origin else { return nil }
        return .init(
          sentence: "\(CauseText.name(origin.to, evidence.nodes)) is busy: \(origin.finalStatus)",
          frames: [origin.finalFrame, evidence.progress.finalFrame])
      },
      Rule(key: "callee_declined", severity: .note) { evidence in
        guard evidence.call.outcome == .declined, let origin = evidence.origin else { return nil }
        return .init(
          sentence: "\(CauseText.name(origin.to, evidence.nodes)) declined: \(origin.finalStatus)",
          frames: [origin.finalFrame, evidence.progress.finalFrame])
      },
      Rule(key: "callee_did_not_answer", severity: .note) { evidence in
        guard evidence.call.outcome == .noAnswer else { return nil }
        let rang = interval(evidence.progress.ringingTime, evidence.progress.finalTime)
        return .init(
          sentence:
            "it rang" + (rang.map { " for \(CauseText.duration($0))" } ?? "") + " and was not answered"
            + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [evidence.progress.finalFrame])
      },
      Rule(key: "redirected", severity: .note) { evidence in
        guard evidence.call.outcome == .redirected, evidence.call.status != 380, let origin = evidence.origin else {
          return nil
        }
        return .init(
          sentence: "\(CauseText.name(origin.to, evidence.nodes)) redirected the call: \(origin.finalStatus)",
          frames: [origin.finalFrame])
      },
    ]
    + TransportEvidence.rules.map { key in
      // The INVITE came to a node and did not get on, or not even to it, and the transport shows why.
      Rule(key: key, severity: .error) { evidence in
        let isStopped = [nil, 408, 480, 500, 502, 503, 504].contains(evidence.call.status)
        guard isStopped, evidence.progress.ringingTime == nil, let trouble = evidence.trouble, trouble.rule == key
        else { return nil }
        return .init(
          sentence: trouble.text + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [evidence.farthest?.frame, evidence.progress.finalFrame] + trouble.frames)
      }
    } + [
      Rule(key: "invite_unanswered", severity: .error) { evidence in
        guard evidence.call.outcome == .unanswered || evidence.call.status == 408 || evidence.call.status == 504,
          let farthest = evidence.farthest, farthest.finalStatus == 0, farthest.provisionalTime == nil
        else { return nil }
        let waited = interval(farthest.requestTime, evidence.progress.finalTime ?? evidence.now)
        return .init(
          sentence:
            "\(CauseText.name(farthest.to, evidence.nodes)) did not answer INVITE of "
            + CauseText.name(farthest.from, evidence.nodes)
            + (waited.map { " within \(CauseText.duration($0))" } ?? "") + CauseText.repetitions(farthest)
            + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [farthest.frame, evidence.progress.finalFrame])
      }
    ]

  /// The final response says all that is known.
  private static let statusRules: [Rule] =
    [
      Rule(key: "wrong_credentials", severity: .error) { evidence in
        guard let status = evidence.call.status, status == 401 || status == 407, let origin = evidence.origin,
          evidence.facts.credentialsCSeq == origin.cseq
        else { return nil }
        return .init(
          sentence: evidence.answerText(of: origin)
            + " to the caller's credentials: they are wrong, or their nonce ran out",
          frames: [origin.frame, origin.finalFrame, evidence.progress.finalFrame])
      },
      Rule(key: "challenge_unanswered", severity: .warning) { evidence in
        guard let status = evidence.call.status, status == 401 || status == 407, let origin = evidence.origin else {
          return nil
        }
        return .init(
          sentence:
            "\(CauseText.name(origin.to, evidence.nodes)) asked for credentials with \(status), and no INVITE with them "
            + "followed; not determined: why is not in the capture",
          frames: [origin.frame, origin.finalFrame, evidence.progress.finalFrame], isDetermined: false)
      },
    ]
    + StatusMeaning.ofInvite.map { row in
      Rule(key: row.key, severity: row.severity) { evidence in
        guard evidence.call.status == row.status, let origin = evidence.origin else { return nil }
        return .init(
          sentence:
            evidence.answerText(of: origin) + ": \(row.meaning)" + evidence.refusalDetails
            + evidence.reasonText(of: [.invite]) + evidence.alternativeService,
          frames: [origin.frame, origin.finalFrame, evidence.progress.finalFrame])
      }
    } + [
      Rule(key: "call_refused", severity: .error) { evidence in
        guard let origin = evidence.origin else { return nil }
        return .init(
          sentence:
            evidence.answerText(of: origin) + evidence.refusalDetails + evidence.reasonText(of: [.invite])
            + "; not determined: why is not in the capture",
          frames: [origin.frame, origin.finalFrame], isDetermined: false)
      },
      Rule(key: "no_final_response", severity: .error) { evidence in
        .init(
          sentence: "no final response to INVITE; not determined: what stopped it is not in the capture",
          frames: [evidence.progress.invite?.frame], isDetermined: false)
      },
    ]

  /// What the I-CSCF answers where no S-CSCF can be selected (TS 24.229 section 5.3.2.1).
  private static let noServerStatuses: Set<UInt16> = [404, 480, 500, 503, 504, 600]

  /// What the P-CSCF answers where it gets no resources (TS 24.229 sections 5.2.7.2 and 5.2.7.3, TS 29.214 section 4.4.1).
  private static let policyStatuses: Set<UInt16> = [403, 480, 488, 500, 503, 504, 580, 606]

  static func interval(_ start: Timestamp?, _ end: Timestamp?) -> Int64? {
    guard let start, let end else { return nil }
    return end.nanoseconds(since: start)
  }
}
