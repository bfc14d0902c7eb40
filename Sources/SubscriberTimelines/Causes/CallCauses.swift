import CaptureFacts

/// Why a call failed. The first row that finds its evidence speaks; a new cause is a new row.
enum CallCauses {
  typealias Rule = CauseRule<CallEvidence>

  /// What a final response to INVITE means where nothing else explains it (RFC 3261 section 21, TS 24.229).
  private static let statusMeanings: [(status: UInt16, key: String, severity: Finding.Severity, meaning: String)] = [
    (380, "emergency_redirect", .note, "another service is to be used, as in an emergency call outside of IMS"),
    (403, "forbidden", .error, "the network refuses the session"),
    (404, "callee_not_found", .warning, "the callee is not known or not registered there"),
    (408, "callee_timeout", .warning, "no answer arrived in time"),
    (415, "media_type_not_supported", .error, "the body is of a type that is not understood"),
    (480, "callee_not_reachable", .warning, "the callee is not reachable now"),
    (481, "dialog_lost", .error, "the dialog is not known there any more"),
    (482, "loop_detected", .error, "the request came back to a node that it had passed"),
    (483, "too_many_hops", .error, "Max-Forwards ran out: the request loops"),
    (484, "address_incomplete", .warning, "the dialled number is incomplete"),
    (488, "media_not_acceptable", .error, "the offered media are not acceptable"),
    (500, "server_error", .error, "a node failed inside"),
    (502, "bad_gateway", .error, "the next node's answer was not understood"),
    (503, "overloaded", .error, "a node is overloaded or out of service"),
    (504, "next_hop_timeout", .error, "a node behind it did not answer in time"),
    (580, "precondition_failed", .error, "resources could not be reserved"),
    (604, "callee_does_not_exist", .warning, "the callee does not exist anywhere"),
    (606, "not_acceptable_anywhere", .error, "no terminal of the callee takes the offered session"),
  ]

  /// The cause of a call; nil for one that was answered and ended by a user.
  static func cause(of evidence: CallEvidence) -> (cause: Cause, severity: Finding.Severity)? {
    switch evidence.call.outcome {
    case .inProgress: nil
    case .answered: Rule.first(of: releaseRules, in: evidence)
    default: Rule.first(of: failureRules, in: evidence)
    }
  }

  /// What ended an answered call other than a user's BYE.
  static let releaseRules: [Rule] = [
    Rule(key: "bearer_lost", severity: .error) { evidence in
      guard evidence.call.releasedBy == .network,
        let exchange = evidence.call.diameter.last(where: { $0.command == "ASR" || $0.command == "RAR" })
      else { return nil }
      return .init(
        sentence:
          "\(CauseText.name(exchange.from, evidence.nodes)) sent \(exchange.command), then "
          + "\(evidence.progress.release.map { CauseText.name($0.from, evidence.nodes) } ?? "the network") released the "
          + "call: the bearer was lost",
        frames: [exchange.requestFrame, evidence.progress.release?.frame])
    },
    Rule(key: "dialog_lost", severity: .error) { evidence in
      // RFC 3261 section 12.2.2: whom a request of the dialog is for does not know the dialog any more.
      let lost = evidence.trail.transactions.filter { $0.finalStatus == 481 && $0.isInDialog && $0.method != .cancel }
      guard let first = lost.max(by: { $0.viaCount < $1.viaCount }) else { return nil }
      return .init(
        sentence:
          "\(CauseText.name(first.to, evidence.nodes)) answered \(first.method.name) within the call with 481: it does not "
          + "know the dialog any more",
        frames: [first.frame, first.finalFrame])
    },
    Rule(key: "one_way_media", severity: .error) { evidence in
      guard let stream = MediaFindings.oneWay(evidence.call) else { return nil }
      return .init(
        sentence:
          "audio flows from \(stream.source) to \(stream.destination) only: nothing came back, though both directions were "
          + "agreed on",
        frames: [stream.firstFrame, stream.lastFrame])
    },
    Rule(key: "released_with_reason", severity: .warning) { evidence in
      guard let release = evidence.progress.release, evidence.call.releasedBy != .network,
        let reason = evidence.facts.reason, !CauseText.isNormalRelease(reason)
      else { return nil }
      return .init(
        sentence: "\(CauseText.name(release.from, evidence.nodes)) released the call with BYE, Reason \(reason)",
        frames: [release.frame])
    },
    Rule(key: "released_by_network", severity: .warning) { evidence in
      guard evidence.call.releasedBy == .network, let release = evidence.progress.release else { return nil }
      let reason = evidence.facts.reason.map { ", Reason \($0)" } ?? ""
      return .init(
        sentence: "\(CauseText.name(release.from, evidence.nodes)) released the call with BYE\(reason)",
        frames: [release.frame])
    },
    Rule(key: "release_not_confirmed", severity: .warning) { evidence in
      guard let release = evidence.progress.release else { return nil }
      let nearest = evidence.trail.transactions
        .filter { $0.method == .bye && $0.cseq == release.cseq }.min { $0.viaCount < $1.viaCount }
      guard let nearest, nearest.finalStatus == 0 || nearest.finalStatus >= 300 else { return nil }
      let outcome = nearest.finalStatus == 0 ? "was not answered" : "was answered with \(nearest.finalStatus)"
      let confirmed = evidence.trail.transactions.first {
        $0.method == .bye && $0.cseq == release.cseq && (200..<300).contains($0.finalStatus)
      }
      let lost = confirmed.map {
        ", though \(CauseText.name($0.to, evidence.nodes)) confirmed it: its 200 was lost on the way"
      }
      return .init(
        sentence: "BYE of \(CauseText.name(nearest.from, evidence.nodes)) \(outcome)\(lost ?? "")",
        frames: [nearest.frame, nearest.finalFrame, confirmed?.finalFrame])
    },
  ]

  static let failureRules: [Rule] =
    [
      Rule(key: "cancelled_by_caller", severity: .note) { evidence in
        guard evidence.call.outcome == .cancelled else { return nil }
        let cancel = evidence.trail.transactions.filter { $0.method == .cancel }.min { $0.viaCount < $1.viaCount }
        let waited = interval(evidence.progress.firstInvite?.requestTime, cancel?.requestTime)
        return .init(
          sentence:
            "\(cancel.map { CauseText.name($0.from, evidence.nodes) } ?? "the caller") gave up"
            + (waited.map { " after \(CauseText.duration($0))" } ?? "") + ": CANCEL",
          frames: [cancel?.frame, evidence.progress.finalFrame])
      },
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
        return .init(
          sentence: "it rang and was not answered" + CauseText.consequence(evidence.call.status, "the caller"),
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
    + CxRefusal.rows.map { row in
      Rule(key: row.key, severity: .warning) { evidence in
        guard let exchange = evidence.refusal, exchange.applicationID == CxCommand.application,
          CxRefusal.row(of: exchange.result)?.key == row.key
        else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(exchange.to, evidence.nodes)) answered \(exchange.command) with "
            + "\(CauseText.answer(exchange)): \(row.meaning)"
            + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.progress.finalFrame])
      }
    } + [
      Rule(key: "qos_refused", severity: .error) { evidence in
        guard
          let exchange = evidence.call.diameter.last(where: {
            $0.applicationID == PolicyCommand.rxApplication && CauseText.code($0).map { $0 >= 3000 } ?? false
          })
        else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(exchange.to, evidence.nodes)) refused the session's resources: "
            + CauseText.answer(exchange) + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [exchange.requestFrame, exchange.answerFrame, evidence.progress.finalFrame])
      }
    ]
    + [
      ("hss_not_answering", CxCommand.application), ("pcrf_not_answering", PolicyCommand.rxApplication),
    ].map { key, application in
      Rule(key: key, severity: .error) { evidence in
        guard let exchange = evidence.unanswered, exchange.applicationID == application else { return nil }
        let waited = (evidence.progress.finalTime ?? evidence.call.end).nanoseconds(since: exchange.start)
        let trouble = evidence.trouble(of: exchange)
        return .init(
          sentence:
            "\(CauseText.name(exchange.to, evidence.nodes)) did not answer \(exchange.command) within "
            + CauseText.duration(waited) + (trouble.map { "; \($0.text)" } ?? "")
            + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [exchange.requestFrame, evidence.progress.finalFrame] + (trouble?.frames ?? []))
      }
    } + [
      Rule(key: "no_serving_cscf", severity: .error) { evidence in
        guard let status = evidence.call.status, [480, 503, 600].contains(status),
          let exchange = evidence.call.diameter.last(where: {
            $0.commandCode == CxCommand.locationInfo && $0.answerFrame != nil
          }), !exchange.details.contains(where: { $0.key == "assigned_server_name" })
        else { return nil }
        return .init(
          sentence:
            "\(CauseText.answer(exchange)) names no S-CSCF for the callee, and none with the capabilities it asks for was "
            + "selected" + CauseText.consequence(status, "the caller"),
          frames: [exchange.answerFrame, evidence.progress.finalFrame])
      }
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
        let times = farthest.retransmissions > 0 ? ", sent \(farthest.retransmissions + 1) times" : ""
        return .init(
          sentence:
            "\(CauseText.name(farthest.to, evidence.nodes)) did not answer INVITE of "
            + "\(CauseText.name(farthest.from, evidence.nodes))\(times)"
            + CauseText.consequence(evidence.call.status, "the caller"),
          frames: [farthest.frame, evidence.progress.finalFrame])
      }
    ]
    + statusMeanings.map { row in
      Rule(key: row.key, severity: row.severity) { evidence in
        guard evidence.call.status == row.status, let origin = evidence.origin else { return nil }
        let retry = evidence.facts.retryAfter.map { ", Retry-After \($0) s" } ?? ""
        let reason = evidence.facts.reason.map { ", Reason \($0)" } ?? ""
        return .init(
          sentence:
            "\(CauseText.name(origin.to, evidence.nodes)) answered INVITE with \(row.status): \(row.meaning)"
            + retry + reason + (row.status == 380 ? evidence.alternativeService : ""),
          frames: [origin.frame, origin.finalFrame, evidence.progress.finalFrame])
      }
    } + [
      Rule(key: "call_refused", severity: .error) { evidence in
        guard let origin = evidence.origin else { return nil }
        return .init(
          sentence:
            "\(CauseText.name(origin.to, evidence.nodes)) answered INVITE with \(origin.finalStatus); not determined: why "
            + "is not in the capture",
          frames: [origin.frame, origin.finalFrame], isDetermined: false)
      },
      Rule(key: "no_final_response", severity: .error) { evidence in
        .init(
          sentence: "no final response to INVITE; not determined: what stopped it is not in the capture",
          frames: [evidence.progress.invite?.frame], isDetermined: false)
      },
    ]

  private static func interval(_ start: Timestamp?, _ end: Timestamp?) -> Int64? {
    guard let start, let end else { return nil }
    return end.nanoseconds(since: start)
  }
}
