import CaptureFacts
import DiameterMessages
import SIPMessages

extension SubscriberTimelines {
  /// Notes that a SIP message shows its sender alive, to whoever asked it.
  mutating func noteSign(of observed: Observed<SIPMessage>, from: NodeHandle, to: NodeHandle) {
    note(
      NodeEvent(
        kind: .sign, asker: nodes.root(to), asked: nodes.root(from), time: observed.time, frame: observed.frame,
        isSIP: true))
  }

  /// Notes what a SIP message shows of its nodes. ACK has no answer (RFC 3261 section 17).
  mutating func noteNodes(
    of observed: Observed<SIPMessage>, _ facts: SIPFacts, record place: Int, transaction: Int?
  ) {
    let message = observed.message
    let kind: NodeEvent.Kind
    if message.isRequest {
      guard message.method != .ack else { return }
      kind = transaction == nil ? .repeatedRequest : .request
    } else {
      guard let transaction, message.status >= 200 else { return }
      let status = message.status
      let mayPassOn = status == 500 || status == 503
      let isOwn = mayPassOn && open[place]?.trail.isPassedOn(transaction, nodes) == false
      kind = .status(
        status, isOwn: isOwn, retryAfter: mayPassOn ? message.retryAfter?.seconds : nil)
    }
    let (asker, asked) = message.isRequest ? (facts.from, facts.to) : (facts.to, facts.from)
    note(
      NodeEvent(
        kind: kind, asker: nodes.root(asker), asked: nodes.root(asked), time: observed.time, frame: observed.frame,
        isSIP: true))
  }

  /// Notes what a Diameter message shows of its nodes; `isLastHop` where no agent passed the request on further. The base
  /// protocol has rules of its own.
  mutating func noteNodes(
    of observed: Observed<DiameterMessage>, from: NodeHandle, to: NodeHandle, isRepeated: Bool, isLastHop: Bool
  ) {
    let message = observed.message
    guard message.header.applicationID != 0 else { return }
    let kind: NodeEvent.Kind
    if message.isRequest {
      kind = isRepeated ? .repeatedRequest : .request
    } else {
      guard !isRepeated else { return }
      kind = .result(
        message.resultCode ?? 0, isOwn: isLastHop, reduction: SubscriberTimelines.requestedReduction(of: message))
    }
    let (asker, asked) = message.isRequest ? (from, to) : (to, from)
    note(
      NodeEvent(
        kind: kind, asker: nodes.root(asker), asked: nodes.root(asked), time: observed.time, frame: observed.frame,
        isSIP: false))
  }

  /// OC-Reduction-Percentage 627 in OC-OLR 623: by how much its sender asks for less (RFC 7683 sections 7.3 and 7.7).
  private static func requestedReduction(of message: DiameterMessage) -> UInt32? {
    message.first(623).flatMap { message.members(of: $0).unsigned32(627) }
  }

  /// Takes an event for each rule about nodes.
  private mutating func note(_ event: NodeEvent) {
    for over in troubles.takeOver(at: event.time) { tell(over.period, row: over.row) }
    for row in NodeTroubles.concerned[event.kind.place] {
      let effect = NodeTroubles.rules[row].effect(event.kind, event.isSIP)
      guard effect != .none, effect == .counts || troubles.isCounting(row),
        concernsNetwork(event, NodeTroubles.rules[row].scope)
      else { continue }
      switch troubles.take(event, effect, row: row) {
      case .taken: continue
      case .ended(let period): tell(period, row: row)
      case .noRoom: anomalies.record(.stateEvicted, at: event.isSIP ? .sip : .diameter, frame: event.frame)
      }
    }
  }

  /// Whether an event is about nodes of the network: users come and go.
  private func concernsNetwork(_ event: NodeEvent, _ scope: NodeTroubleRule.Scope) -> Bool {
    !nodes.shows(.userEquipment, event.asked) && (scope == .asked || !nodes.shows(.userEquipment, event.asker))
  }

  /// Emits what a rule says of a period, unless its nodes have turned out to be others.
  private mutating func tell(_ period: NodeTroublePeriod, row: Int) {
    let rule = NodeTroubles.rules[row]
    guard period.count > 0, nodes.root(period.asked) == period.asked, !nodes.shows(.userEquipment, period.asked),
      period.asker.map({ nodes.root($0) == $0 }) ?? true,
      rule.scope == .asked || period.asker.map({ !nodes.shows(.userEquipment, $0) }) ?? true,
      let text = rule.find(period, NodeTroubleWords(nodes: nodes, now: now))
    else { return }
    emit(rule.key, rule.severity, text, frames: period.frames, at: period.first)
  }

  /// Ends the input: what goes on is told.
  mutating func finishNodeTroubles() {
    for (row, period) in troubles.takeAll() { tell(period, row: row) }
  }
}

extension MessageTrail {
  /// Whether the receiver of a request gives back the final response that it got to another request of its method.
  func isPassedOn(_ place: Int, _ nodes: NodeDirectory) -> Bool {
    let own = transactions[place]
    let node = nodes.root(own.to)
    return transactions.contains {
      $0.method == own.method && $0.finalStatus == own.finalStatus && nodes.root($0.from) == node
    }
  }
}
