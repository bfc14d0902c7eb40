import CaptureFacts
import SIPMessages

extension SubscriberTimelines {
  /// Compares the clocks of stations by a SIP message and what it was caused by, or caused: its request or response on the
  /// same hop, the request that a proxy passed on, the success that it passed back (RFC 3261 sections 16.6 and 16.7).
  mutating func compareClocks(record place: Int, transaction: Int, isRequest: Bool) {
    guard clocks.isShared, let trail = open[place]?.trail, let now = trail.events.last else { return }
    let own = trail.transactions[transaction]
    compareHop(own, now, trail, isRequest: isRequest)
    for other in trail.transactions where other.cseq == own.cseq && other.method == own.method {
      let isBehind = other.viaCount == own.viaCount + 1 && nodes.root(other.from) == nodes.root(own.to)
      let isBefore = other.viaCount + 1 == own.viaCount && nodes.root(other.to) == nodes.root(own.from)
      guard isBehind || isBefore else { continue }
      if isRequest {
        guard other.requestTime != nil, let request = trail.event(in: other.frame) else { continue }
        if isBehind { clocks.add(now, request) } else { clocks.add(request, now) }
      } else if (200..<300).contains(own.finalStatus), own.finalStatus == other.finalStatus,
        own.finalFrame == now.frame, let answer = other.finalFrame.flatMap({ trail.event(in: $0) })
      {
        if isBehind { clocks.add(answer, now) } else { clocks.add(now, answer) }
      }
    }
  }

  /// The same by a message that another station had shown before: all stations of a hop see its request before its
  /// response.
  mutating func compareClocks(ofCopy observed: Observed<SIPMessage>, _ facts: SIPFacts, record place: Int) {
    guard clocks.isShared, let trail = open[place]?.trail,
      let transaction = trail.transaction(of: facts, observed.message)
    else { return }
    compareHop(
      trail.transactions[transaction], event(observed, facts), trail, isRequest: observed.message.isRequest)
  }

  private mutating func compareHop(
    _ transaction: HopTransaction, _ now: TimelineEvent, _ trail: MessageTrail, isRequest: Bool
  ) {
    if isRequest {
      if let answer = transaction.finalFrame.flatMap({ trail.event(in: $0) }) { clocks.add(now, answer) }
    } else if transaction.requestTime != nil, let request = trail.event(in: transaction.frame) {
      clocks.add(request, now)
    }
  }

  /// Ends the input: clocks that are apart are told.
  mutating func finishClocks() {
    for comparison in clocks.all {
      guard let found = CauseRule.first(of: ClockRules.rules, in: comparison), let proof = comparison.offset?.proof
      else { continue }
      emit(found.cause.rule, found.severity, found.cause.text, frames: proof.frames, at: proof.time)
    }
  }
}

extension MessageTrail {
  /// The latest event of this frame.
  fileprivate func event(in frame: FrameReference) -> TimelineEvent? { events.last { $0.frame == frame } }
}
