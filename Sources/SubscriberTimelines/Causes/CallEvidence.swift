import CaptureFacts
import SIPMessages
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

  /// What the body of a 380 or 504 asks the UE to do instead (TS 24.229 section 7.6), as the end of a sentence; empty without one.
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

  /// What its exchanges show.
  var exchanges: ExchangeEvidence {
    ExchangeEvidence(
      exchanges: call.diameter, trail: trail, nodes: nodes, method: .invite, finalTime: progress.finalTime)
  }

  /// The node that did not answer on the way, where another was looked for.
  var failedHop: FailedHop? { FailedHop.find(exchanges, transport, until: progress.finalTime ?? now) }

  /// Whether the callee itself answered in the negative, or was reached at all: then no node on the way is the cause.
  var hasReachedCallee: Bool {
    progress.ringingTime != nil || call.status == 486 || call.status == 603
  }

  /// The exchange over Cx whose answer refuses.
  var refusal: DiameterExchange? { hasReachedCallee ? nil : exchanges.refusal(application: CxCommand.application) }

  /// The question for the resources of the session that the PCRF refused.
  var policyRefusal: DiameterExchange? {
    exchanges.refusal(application: PolicyCommand.rxApplication, command: PolicyCommand.authorisation)
  }

  /// The exchange of an application that was not answered before the final response.
  func unanswered(application: UInt32) -> DiameterExchange? {
    hasReachedCallee ? nil : exchanges.unanswered(application: application)
  }

  /// The CANCEL nearest the caller.
  var cancel: HopTransaction? {
    trail.transactions.filter { $0.method == .cancel }.min { ($0.requestTime ?? now) < ($1.requestTime ?? now) }
  }

  /// Whether a node of the network gave the call up, not the caller: its CANCEL begins behind the first hop of INVITE.
  var isCancelledByNetwork: Bool {
    guard let cancel, let invite = progress.invite, nodes.root(cancel.from) != nodes.root(invite.from) else {
      return false
    }
    return !trail.transactions.contains { $0.method == .cancel && nodes.root($0.from) == nodes.root(invite.from) }
  }

  /// What the PCRF told of the bearer before `time`: that the session's resources are lost (TS 29.214 sections 4.4.6.1
  /// and 4.4.6.2), with the reason in words.
  func lossOfBearer(before time: Timestamp?) -> (exchange: DiameterExchange, reason: String)? {
    guard let time else { return nil }
    for exchange in call.diameter.reversed()
    where exchange.applicationID == PolicyCommand.rxApplication && exchange.start <= time {
      let reason: String?
      switch exchange.commandCode {
      case PolicyCommand.abortSession:
        reason = CauseText.texts(exchange, .abortCause).first ?? "no Abort-Cause"
      case PolicyCommand.reAuthorisation:
        reason = CauseText.texts(exchange, .specificActions).first { CallEvidence.losses.contains($0) }
      default: reason = nil
      }
      if let reason { return (exchange, reason) }
    }
    return nil
  }

  /// The values of Specific-Action that say that the bearer is gone, or could not be had (TS 29.214 section 5.3.13).
  private static let losses: Set<String> = [
    "INDICATION_OF_LOSS_OF_BEARER", "INDICATION_OF_RELEASE_OF_BEARER", "INDICATION_OF_FAILED_RESOURCES_ALLOCATION",
    "INDICATION_OF_OUT_OF_CREDIT",
  ]

  /// `, Reason Q.850 38 (network out of order) "..."` of the message with this method; empty without one.
  func reasonText(of methods: [SIPMethod]) -> String {
    call.reasons.filter { methods.contains($0.method) }.map { reason in
      ", Reason \(reason.protocolName)" + (reason.cause.map { " \($0)" } ?? "")
        + (reason.meaning.map { " (\($0))" } ?? "") + (reason.text.map { " \"\($0)\"" } ?? "")
    }.joined()
  }

  /// `S-CSCF x answered INVITE with 503 Service Unavailable`.
  func answerText(of origin: HopTransaction) -> String {
    let words = facts.refusal.flatMap { $0.status == origin.finalStatus ? $0.line : nil }
    return "\(CauseText.name(origin.to, nodes)) answered INVITE with \(words ?? String(origin.finalStatus))"
  }

  /// What the refusing response says beyond its status.
  var refusalDetails: String {
    facts.refusal.flatMap { $0.status == call.status ? $0.details : nil } ?? ""
  }
}
