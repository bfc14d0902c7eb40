import CaptureFacts
import ServiceDocuments

/// What the causes of a call are read from.
struct CallEvidence {
  let call: Call
  let facts: CallFacts
  let progress: CallProgress
  let trail: MessageTrail
  let nodes: NodeDirectory
  let transport: TransportDirectory
  /// The end of what was seen.
  let now: Timestamp

  /// What the transport showed of the hop at which the INVITE stopped.
  var trouble: TransportEvidence.Trouble? {
    farthest.flatMap {
      TransportEvidence(transport: transport, nodes: nodes).trouble(of: $0, until: progress.finalTime ?? now)
    }
  }

  /// What the transport and the watchdog showed between the ends of an exchange that was not answered.
  func trouble(of exchange: DiameterExchange) -> TransportEvidence.Trouble? {
    TransportEvidence(transport: transport, nodes: nodes)
      .trouble(of: exchange, until: progress.finalTime ?? now)
  }

  /// The hop farthest from the caller whose final response is the one the caller got: who decided.
  var origin: HopTransaction? {
    guard let status = call.status, let invite = progress.invite else { return nil }
    return trail.transactions
      .filter { $0.method == .invite && !$0.isInDialog && $0.cseq == invite.cseq && $0.finalStatus == status }
      .max { $0.viaCount < $1.viaCount }
  }

  /// The hop farthest from the caller that the INVITE reached.
  var farthest: HopTransaction? {
    trail.transactions.filter { $0.method == .invite && !$0.isInDialog }.max { $0.viaCount < $1.viaCount }
  }

  /// What the body of a 380 asks the UE to do instead (TS 24.229 section 7.6), as the end of a sentence; empty without one.
  var alternativeService: String {
    for body in call.bodies {
      guard case .ims(let information) = body.document.content, let service = information.alternativeService else {
        continue
      }
      let parts = [service.type, service.action.map { "action \($0)" }, service.reason.map { "\"\($0)\"" }]
      return ": " + parts.compactMap { $0 }.joined(separator: ", ")
    }
    return ""
  }

  /// The exchange whose answer refuses.
  var refusal: DiameterExchange? {
    call.diameter.last { exchange in CauseText.code(exchange).map { !(2000..<3000).contains($0) } ?? false }
  }

  /// The exchange that was not answered before the final response.
  var unanswered: DiameterExchange? {
    call.diameter.last { exchange in
      guard exchange.requestFrame != nil else { return false }
      guard let answerTime = exchange.answerTime else { return exchange.answerFrame == nil }
      guard let finalTime = progress.finalTime else { return false }
      return exchange.start < finalTime && exchange.start.advanced(byNanoseconds: answerTime) > finalTime
    }
  }
}
