import CaptureFacts
import SIPMessages
import ServiceDocuments

/// What the causes of a registration are read from.
struct RegistrationEvidence {
  let registration: Registration
  let facts: RegistrationFacts
  let tries: RegistrationTries
  let trail: MessageTrail
  let nodes: NodeDirectory
  let transport: TransportDirectory
  /// The end of what was seen.
  let now: Timestamp

  /// What its exchanges show.
  var exchanges: ExchangeEvidence {
    ExchangeEvidence(
      exchanges: registration.diameter, trail: trail, nodes: nodes, method: .register, finalTime: tries.finalTime)
  }

  /// What the transport showed of the hop at which the last try stopped.
  var trouble: TransportEvidence.Trouble? {
    guard let last = lastTry else { return nil }
    return TransportEvidence(transport: transport, nodes: nodes).trouble(
      of: last.farthest, until: tries.finalTime ?? now)
  }

  /// What the transport and the watchdog showed between the ends of an exchange that was not answered.
  func trouble(of exchange: DiameterExchange) -> TransportEvidence.Trouble? {
    TransportEvidence(transport: transport, nodes: nodes)
      .trouble(of: exchange, until: tries.finalTime ?? now)
  }

  /// The node that did not answer on the way, where another was looked for.
  var failedHop: FailedHop? { FailedHop.find(exchanges, transport, until: tries.finalTime ?? now) }

  /// The last try.
  var lastTry: RegistrationTries.Try? { tries.tries.last }

  /// Whether the UE ended with this status.
  var status: UInt16? { registration.status }

  /// The exchange over Cx whose answer refuses, the last one.
  var refusal: DiameterExchange? { exchanges.refusal(application: CxCommand.application) }

  /// The exchange over Cx that was not answered, or not before the final response. A challenge or a success came after an
  /// answer, whether the capture has it or not.
  var unanswered: DiameterExchange? {
    status == 401 || status == 407 ? nil : exchanges.unanswered(application: CxCommand.application)
  }

  /// The hop farthest from the UE whose final response is the one the UE got: who decided.
  var origin: HopTransaction? {
    guard let status, let last = lastTry else { return nil }
    return trail.transactions.filter { $0.method == .register && $0.cseq == last.cseq && $0.finalStatus == status }
      .max { $0.viaCount < $1.viaCount }
  }

  /// Whether a hop was answered only when the UE had its final response.
  func isLate(_ hop: HopTransaction) -> Bool {
    guard let answered = hop.finalTime, let finalTime = tries.finalTime else { return false }
    return answered > finalTime
  }

  /// The status with which the UE's answer to a challenge was refused; nil where it was not.
  var answerRefusal: UInt16? {
    guard let status, [401, 403, 407].contains(status), let last = lastTry, facts.answeringCSeq == last.cseq,
      !hasAssignment
    else { return nil }
    return status
  }

  /// Who refused the answer, if that is who had challenged: another node refuses for another reason.
  var refuserOfAnswer: HopTransaction? {
    guard let origin, tries.tries.count > 1 else { return nil }
    let challenges = trail.transactions.filter {
      $0.method == .register && $0.cseq < origin.cseq && ($0.finalStatus == 401 || $0.finalStatus == 407)
    }
    guard let challenger = challenges.max(by: { ($0.cseq, $0.viaCount) < ($1.cseq, $1.viaCount) }) else { return nil }
    return nodes.root(challenger.to) == nodes.root(origin.to) ? origin : nil
  }

  /// Whether the S-CSCF had itself assigned to the user: it does so once it has authenticated the UE (TS 29.228 section
  /// 6.1.2.1).
  private var hasAssignment: Bool {
    registration.diameter.contains {
      ["REGISTRATION", "RE_REGISTRATION"].contains(CauseText.text($0, .serverAssignmentType))
        && CauseText.code($0).map { (2000..<3000).contains($0) } ?? false
    }
  }

  /// What the S-CSCF told the HSS of the failed authentication; nil where it did not.
  var authenticationFailure: DiameterExchange? {
    registration.diameter.first { CauseText.text($0, .serverAssignmentType) == "AUTHENTICATION_FAILURE" }
  }

  /// What may be wrong with an answer to this kind of challenge.
  var secretInUse: String {
    guard let scheme = registration.authenticationScheme?.uppercased() else { return "K, OPc or password" }
    return scheme.contains("AKA") ? "K or OPc" : "password"
  }

  /// Why the answer to a challenge may be missing.
  var whatMayHideTheAnswer: String {
    guard let security = registration.security else {
      return "whether it rejected the network's authentication token or gave up is not in the capture"
    }
    return
      "its next REGISTER would come through a security association (\(security.mechanism)), and the capture has no "
      + "packet of it that could be opened; else it rejected the network's authentication token or gave up"
  }

  /// The REGISTERs that asked for resynchronisation.
  var resynchronisationFrames: [FrameReference?] {
    tries.tries.filter { facts.resynchronisations.contains($0.cseq) }.map(\.nearest.frame)
  }

  /// What NOTIFY told the subscribers of the end of the registration, and its frame; nil where the capture has none.
  var notice: (event: String, frame: FrameReference)? {
    for body in registration.bodies {
      guard case .registrationInformation(let information) = body.document.content else { continue }
      let events = information.events.joined(separator: ", ")
      return (events.isEmpty ? "terminated" : events, body.frame)
    }
    return nil
  }

  /// `HSS x answered UAR with UAA 5001 DIAMETER_ERROR_USER_UNKNOWN`.
  func refusalText(_ exchange: DiameterExchange) -> String {
    "\(CauseText.name(CauseText.answerer(exchange), nodes)) answered \(exchange.command) with "
      + CauseText.answer(exchange) + CauseText.answerDetails(exchange)
  }

  /// `S-CSCF x answered REGISTER with 403 Forbidden, Retry-After 30 s`.
  func answerText(of origin: HopTransaction) -> String {
    let words = facts.refusal.flatMap { $0.status == origin.finalStatus ? $0.line + $0.details : nil }
    return "\(CauseText.name(origin.to, nodes)) answered REGISTER with \(words ?? String(origin.finalStatus))"
  }
}
