import CaptureFacts

/// What nodes go through that no single record shows. Each row is a rule; a rule is added as a row, with its scenario.
enum NodeTroubles {
  /// Requests without any sign of the asked node from which on it is silent: one may be lost, two may be one user's.
  static let silentRequests = 3

  /// How long it must have been silent: a proxy answers an INVITE within 200 ms (RFC 3261 section 17.2.1), and anything
  /// else long before.
  static let silence: Int64 = 10_000_000_000

  /// Requests sent once more from which on they are a storm: three transactions that time out send 30 (RFC 3261 sections
  /// 17.1.1.2 and 17.1.2.2).
  static let repetitions = 30

  /// Refusals of one kind from which on they are a state of the node, and no single event.
  static let refusals = 3
  static let failures = 5

  /// The share of a node's answers below which refusals are no state of it.
  static let share = 0.01

  static let rules: [NodeTroubleRule] = [
    NodeTroubleRule(
      key: "sip_peer_silent", severity: .error, scope: .pair, quiet: nil, fewest: silentRequests,
      effect: { kind, isSIP in
        guard isSIP else { return .none }
        switch kind {
        case .request: return .counts
        case .repeatedRequest: return .belongs
        // Every message of the asked node is one.
        case .sign: return .ends
        case .status, .result: return .none
        }
      },
      find: { period, words in
        // The last one before it is heard of again is what it answers.
        let unanswered = period.count - (period.endTime == nil ? 0 : 1)
        guard period.wasAnswered, unanswered >= silentRequests, let asker = period.asker,
          period.duration(at: words.now) >= silence
        else { return nil }
        let repeated =
          period.repetitions == 0 ? "" : ", sent again \(NodeTroubleWords.number(period.repetitions, "time")),"
        let end = period.endTime.map { "it was heard of again at \($0.timeOfDay)" } ?? "until the end of the capture"
        return "\(words.name(period.asked)), which had answered before, did not answer \(words.name(asker)) for "
          + "\(CauseText.duration(period.duration(at: words.now))) from \(period.first.timeOfDay) on: "
          + "\(unanswered) requests\(repeated) without an answer; \(end)"
      }),
    NodeTroubleRule(
      key: "retransmission_storm", severity: .warning, scope: .asked, quiet: 10_000_000_000, fewest: repetitions,
      effect: { kind, _ in
        switch kind {
        case .repeatedRequest: .counts
        case .request: .belongs
        default: .none
        }
      },
      find: { period, words in
        guard period.count >= repetitions, period.count >= period.others else { return nil }
        return "\(words.askers(period)) sent \(period.count) requests again to \(words.name(period.asked)), beside "
          + "\(period.others) new ones, \(words.span(period))"
      }),
    NodeTroubleRule(
      key: "node_overloaded", severity: .error, scope: .asked, quiet: 60_000_000_000, fewest: refusals,
      effect: { kind, _ in
        switch kind {
        // RFC 3261 section 21.5.4, RFC 6733 section 7.1.3.
        case .status(503, true, _), .result(3004, true, _): .counts
        case .result(_, true, let reduction?) where reduction > 0: .counts
        case .status, .result: .belongs
        default: .none
        }
      },
      find: { period, words in
        guard isState(period, refusals) else { return nil }
        guard period.statuses > 0 else {
          let reduction = period.reduction == 0 ? "" : ", and asked for \(period.reduction) % less (OC-OLR)"
          let code = period.reduction == 0 ? "3004 TOO_BUSY" : "a report of overload"
          return words.refusals(period, with: code) + reduction
        }
        let wait = period.retryAfter.map { range in
          let seconds =
            range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
          return " (Retry-After \(seconds) s)"
        }
        return words.refusals(period, with: "503 Service Unavailable\(wait ?? "")")
      }),
    NodeTroubleRule(
      key: "node_failing", severity: .error, scope: .asked, quiet: 60_000_000_000, fewest: failures,
      effect: { kind, _ in
        switch kind {
        // RFC 3261 section 21.5.1, RFC 6733 section 7.1.5.
        case .status(500, true, _), .result(5012, true, _): .counts
        case .status, .result: .belongs
        default: .none
        }
      },
      find: { period, words in
        guard isState(period, failures) else { return nil }
        return words.refusals(
          period, with: period.statuses > 0 ? "500 Server Internal Error" : "5012 UNABLE_TO_COMPLY")
      }),
    NodeTroubleRule(
      key: "agent_cannot_deliver", severity: .error, scope: .asked, quiet: 60_000_000_000, fewest: refusals,
      effect: { kind, _ in
        switch kind {
        // RFC 6733 section 7.1.3.
        case .result(3002, true, _): .counts
        case .result: .belongs
        default: .none
        }
      },
      find: { period, words in
        guard isState(period, refusals) else { return nil }
        return words.refusals(period, with: "3002 UNABLE_TO_DELIVER")
      }),
  ]

  /// The places of the rules to which an event of each kind may be something, so that the many that are none cost nothing.
  static let concerned: [[Int]] = {
    let samples: [NodeEvent.Kind] = [
      .request, .repeatedRequest, .status(200, isOwn: true, retryAfter: nil),
      .result(2001, isOwn: true, reduction: nil), .sign,
    ]
    return samples.map { sample in
      rules.indices.filter { rules[$0].effect(sample, true) != .none || rules[$0].effect(sample, false) != .none }
    }
  }()

  private static func isState(_ period: NodeTroublePeriod, _ least: Int) -> Bool {
    period.count >= least && Double(period.count) >= share * Double(period.total)
  }
}
