import CaptureFacts
import SIPMessages

/// A node that a request was for and that did not answer it, after which who had sent it looked for another.
struct FailedHop {
  /// Its name and role, as far as they are known.
  let name: String
  /// Whether it is an S-CSCF.
  let isServingCSCF: Bool
  /// The request that it did not answer; nil where it could not even be sent.
  let hop: HopTransaction?
  /// Who had to send it.
  let sender: NodeHandle
  /// The question to the HSS for capabilities, to choose another S-CSCF (TS 29.228 section 6.1.1.1); nil where nobody asked.
  let inquiry: DiameterExchange?
  /// Whom the request went to then; nil where it went nowhere.
  let successor: HopTransaction?
  /// What the transport showed of it.
  let trouble: TransportEvidence.Trouble?

  /// How much later another one is tried, and is not another branch of a fork: T1 (RFC 3261 section 17.1.1.1).
  private static let patience: Int64 = 500_000_000

  /// Looks for one on the way of the initial requests of a record; nil where there is none.
  static func find(_ evidence: ExchangeEvidence, _ transport: TransportDirectory, until end: Timestamp) -> FailedHop? {
    let (nodes, trail) = (evidence.nodes, evidence.trail)
    // Nearly every record has neither an unanswered request nor such a question.
    guard
      trail.transactions.contains(where: { $0.method == evidence.method && !$0.isInDialog && $0.finalStatus == 0 })
        || evidence.exchanges.contains(where: asksForCapabilities)
    else { return nil }
    let troubles = TransportEvidence(transport: transport, nodes: nodes)
    let requests = trail.transactions.filter { $0.method == evidence.method && !$0.isInDialog && $0.requestTime != nil }
    for hop in requests where hop.finalStatus == 0 && hop.provisionalTime == nil && hop.tryingTime == nil {
      // What sent the request on is alive, whether the capture has its response or not.
      let isAlive = requests.contains { $0.cseq == hop.cseq && evidence.isSame($0.from, hop.to) }
      guard let sent = hop.requestTime, !isAlive else { continue }
      let trouble = troubles.trouble(of: hop, until: end)
      let inquiry = evidence.exchanges.first { isInquiry($0, by: hop.from, after: sent, evidence) }
      let successor = requests.first { other in
        other.cseq == hop.cseq && evidence.isSame(other.from, hop.from) && !evidence.isSame(other.to, hop.to)
          && trail.legs[other.leg].dialog == trail.legs[hop.leg].dialog
          && (other.requestTime ?? sent).nanoseconds(since: sent) >= (trouble == nil ? patience : 1)
      }
      guard inquiry != nil || successor != nil else { continue }
      let isServing = inquiry != nil || nodes.roles(of: hop.to).contains(.servingCSCF)
      let name = CauseText.name(hop.to, nodes)
      return FailedHop(
        name: isServing && nodes.roles(of: hop.to).isEmpty ? "S-CSCF \(name)" : name, isServingCSCF: isServing,
        hop: hop,
        sender: hop.from, inquiry: inquiry, successor: successor, trouble: trouble)
    }
    return unreached(evidence, requests, troubles, until: end)
  }

  /// An S-CSCF that the HSS named and that the request could not even be sent to: the capabilities were asked for next.
  private static func unreached(
    _ evidence: ExchangeEvidence, _ requests: [HopTransaction], _ troubles: TransportEvidence, until end: Timestamp
  ) -> FailedHop? {
    for (place, first) in evidence.exchanges.enumerated() {
      guard let name = CauseText.text(first, .assignedServerName),
        let inquiry = evidence.exchanges[(place + 1)...].first(where: {
          isInquiry($0, by: first.from, after: first.start, evidence)
        }),
        let received = requests.last(where: {
          evidence.isSame($0.to, first.from) && $0.lastRequestTime <= inquiry.start
        }),
        !requests.contains(where: {
          evidence.isSame($0.from, first.from) && $0.requestTime.map { $0 > first.start && $0 < inquiry.start } ?? false
        })
      else { continue }
      let successor = requests.first {
        evidence.isSame($0.from, first.from) && $0.cseq == received.cseq
          && $0.requestTime.map { $0 > inquiry.start } ?? false
      }
      return FailedHop(
        name: "S-CSCF \(name)", isServingCSCF: true, hop: nil, sender: first.from, inquiry: inquiry,
        successor: successor, trouble: troubles.trouble(of: received, until: end))
    }
    return nil
  }

  /// UAR or LIR that asks for capabilities although the user may have an S-CSCF (TS 29.229 section 6.3.24).
  private static func isInquiry(
    _ exchange: DiameterExchange, by node: NodeHandle, after time: Timestamp, _ evidence: ExchangeEvidence
  ) -> Bool {
    asksForCapabilities(exchange) && exchange.start > time && evidence.isSame(exchange.from, node)
  }

  private static func asksForCapabilities(_ exchange: DiameterExchange) -> Bool {
    exchange.details.has(.userAuthorizationType, "REGISTRATION_AND_CAPABILITIES")
  }

  /// `S-CSCF 10.0.0.3:6060 did not answer REGISTER of I-CSCF 10.0.0.2:5060, sent 4 times; ICMP ...`.
  func sentence(_ method: SIPMethod, _ nodes: NodeDirectory) -> String {
    let from = CauseText.name(sender, nodes)
    var text =
      hop.map { hop in
        "\(name) did not answer \(method.name) of \(from)"
          + CauseText.repetitions(hop)
      } ?? "\(from) could not send \(method.name) to \(name)"
    if let trouble { text += "; \(trouble.text)" }
    return text
  }

  /// What is to be said of one in whose place another took the request.
  static func replacementRules<Evidence>(
    _ method: SIPMethod, failedHop: @escaping @Sendable (Evidence) -> FailedHop?,
    nodes: @escaping @Sendable (Evidence) -> NodeDirectory
  ) -> [CauseRule<Evidence>] {
    [
      CauseRule(key: "serving_cscf_replaced", severity: .warning) { evidence in
        guard let failed = failedHop(evidence), failed.isServingCSCF, let successor = failed.successor else {
          return nil
        }
        return .init(
          sentence:
            failed.sentence(method, nodes(evidence))
            + "; \(CauseText.name(successor.to, nodes(evidence))) was chosen in "
            + "its place",
          frames: failed.frames)
      },
      CauseRule(key: "next_hop_replaced", severity: .warning) { evidence in
        guard let failed = failedHop(evidence), let successor = failed.successor else { return nil }
        return .init(
          sentence:
            failed.sentence(method, nodes(evidence))
            + "; \(CauseText.name(successor.to, nodes(evidence))) was tried next",
          frames: failed.frames)
      },
    ]
  }

  /// The frames that show it.
  var frames: [FrameReference?] {
    [hop?.frame, inquiry?.requestFrame, inquiry?.answerFrame, successor?.frame] + (trouble?.frames ?? [])
  }
}
