import ByteReading
import CaptureFacts
import SIPMessages

extension SubscriberTimelines {
  /// Emits a completed call.
  mutating func emit(
    call facts: CallFacts, _ record: OpenRecord, _ exchanges: [ExchangeState], _ diameter: [DiameterExchange],
    atEnd: Bool
  ) {
    let trail = record.trail
    noteEnds(of: trail, facts)
    let progress = CallProgress(trail)
    let id = RecordIdentifier(
      kind: .call, key: trail.callIDs.first ?? "", tag: record.openerTagText, start: trail.start)
    for callID in record.callIDs { closed.note(callID, id, at: now) }
    let outcome = outcome(of: progress, facts, trail, atEnd: atEnd)
    let caller = facts.assertedCaller ?? facts.preferredCaller ?? facts.fromIdentity ?? ""
    let calleeIdentity =
      facts.calleeIdentity
      ?? exchanges.first { $0.commandCode == CxCommand.locationInfo }?.publicIdentities.first
    let hasReachedCallee = progress.ringingTime != nil || progress.isEstablished
    let callerSubscriber = subscriber(caller, creating: true)
    let calleeSubscriber = subscriber(calleeIdentity ?? facts.callee ?? "", creating: hasReachedCallee)
    if let callerSubscriber { subscribers.note(id, of: callerSubscriber) }
    if let calleeSubscriber, callerSubscriber.map(subscribers.root) != subscribers.root(calleeSubscriber) {
      subscribers.note(id, of: calleeSubscriber)
    }
    let inviteTime = progress.firstInvite?.requestTime
    let isAnswered = outcome == .answered
    let beginning = progress.invite.map { _ in inviteTime } ?? nil
    var call = Call(
      id: id, callerSubscriber: callerSubscriber, calleeSubscriber: calleeSubscriber, caller: caller,
      callee: facts.callee ?? "", calleeIdentity: calleeIdentity, outcome: outcome, status: progress.finalStatus,
      isOpenAtEnd: isAnswered && progress.releaseTime == nil,
      beganBeforeCapture: facts.beganBeforeCapture, isEmergency: facts.isEmergency, start: trail.start,
      end: trail.end,
      ringingTime: interval(beginning, progress.ringingTime),
      answerTime: isAnswered ? interval(beginning, progress.finalTime) : nil,
      talkTime: isAnswered ? interval(progress.finalTime, progress.releaseTime) : nil,
      releasedBy: progress.release.map { releaser($0, trail) }, challenges: progress.challenges,
      chargingIdentifier: facts.chargingIdentifier,
      dialogs: zip(trail.callIDs, facts.joins).map {
        Dialog(callID: $0.0, joinedBy: $0.1, confidence: $0.1.confidence)
      },
      related: record.related, legs: trail.legs(nodes), diameter: diameter,
      sessions: facts.negotiation.callSessions(callIDs: trail.callIDs),
      media: CallMedia.streams(of: facts, answeredAt: isAnswered ? progress.finalTime : nil),
      bodies: record.bodies.bodies, events: trail.events,
      frames: trail.frames(including: diameter.flatMap(\.frames)), observedAt: trail.points,
      correlationIdentifier: record.correlationIdentifier, cause: nil)
    for place in call.media.indices {
      call.media[place].leg = call.media[place].observed.flatMap { mediaLeg(of: $0, facts, callIDs: trail.callIDs) }
    }
    call.service = CallService(of: call, facts)
    call.accessNetwork = facts.story.accessNetwork
    call.calleeAccessNetwork = facts.story.calleeAccessNetwork
    let firstFrame = trail.events.first?.frame
    for (subscriber, cell) in [
      (callerSubscriber, call.accessNetwork), (calleeSubscriber, call.calleeAccessNetwork),
    ] {
      if let subscriber, let cell { subscribers.note(cell: cell, at: trail.start, frame: firstFrame, of: subscriber) }
    }
    call.visitedNetwork = call.callerSubscriber.flatMap { subscribers.visitedNetwork(of: $0, at: trail.start) }
    call.branches = CallBranches.branches(of: trail, nodes)
    call.transfers = facts.story.transfers
    call.diversions = facts.story.diversions
    call.reasons = facts.story.reasons
    call.focus = facts.story.focus
    call.continuityMarks = facts.story.continuityMarks
    call.features = CallFeatures.features(of: call, facts.story)
    let evidence = CallEvidence(
      call: call, facts: facts, progress: progress, trail: trail, nodes: nodes, transport: transport, now: now)
    let found = CallCauses.cause(of: evidence)
    call.cause = found?.cause
    call.applicationServers = serviceInvocations(of: record)
    emitted.append(.call(call))
    emitFinding(found, about: id, at: trail.start)
    if outcome == .answered {
      emitFinding(CauseRule.first(of: CallCauses.detourRules, in: evidence), about: id, at: trail.start)
    }
    emitFindings(of: call.applicationServers, about: id, at: trail.start)
    for finding in MediaFindings.findings(of: call) { emitted.append(.finding(finding)) }
  }

  private func interval(_ start: Timestamp?, _ end: Timestamp?) -> Int64? {
    guard let start, let end else { return nil }
    return end.nanoseconds(since: start)
  }

  private func outcome(
    of progress: CallProgress, _ facts: CallFacts, _ trail: MessageTrail, atEnd: Bool
  ) -> CallOutcome {
    guard let status = progress.finalStatus else {
      if facts.beganBeforeCapture, progress.invite == nil {
        // Only an answered call has requests within its dialog (RFC 3261 section 12.1).
        return trail.transactions.contains { $0.method == .bye || $0.method == .ack || $0.isInDialog }
          ? .answered : .inProgress
      }
      if progress.isCancelled { return .cancelled }
      // Once it rings, only timer C of the proxies ends it (RFC 3261 section 16.6).
      let isDue =
        progress.hasProvisional
        ? now.nanoseconds(since: trail.end) >= SubscriberTimelines.ringingBound : isOverdue(progress.invite)
      return isDue || !atEnd ? .unanswered : .inProgress
    }
    let hasRung = progress.ringingTime != nil || (progress.invite?.provisionalTime != nil && progress.isCancelled)
    switch status {
    case 200..<300: return .answered
    case 300..<400: return .redirected
    case 486, 600: return .busy
    case 603: return .declined
    case 487: return progress.isCancelled ? .cancelled : .noAnswer
    case 408, 480: return hasRung ? .noAnswer : .rejected
    default: return .rejected
    }
  }

  /// Who sent the first BYE: its first hop leaves the caller or the callee, or a node between them.
  private func releaser(_ release: HopTransaction, _ trail: MessageTrail) -> Call.Releaser {
    let leg = trail.legs[release.leg]
    let travelsForward = leg.from == release.from
    guard release.viaCount == 1 else { return travelsForward ? .caller : .callee }
    let first = trail.legs.first { $0.dialog == 0 && $0.isInitial }
    let last = trail.legs.filter(\.isInitial).max { $0.viaCount < $1.viaCount }
    if let first, nodes.root(first.from) == nodes.root(release.from) { return .caller }
    if let last, nodes.root(last.to) == nodes.root(release.from) { return .callee }
    if first == nil { return travelsForward ? .caller : .callee }
    return .network
  }

  /// The subscriber with a public identity, found or, where asked, made.
  mutating func subscriber(_ uri: String, creating: Bool) -> SubscriberHandle? {
    guard creating else { return subscribers.subscriber(ofURI: uri) }
    return IdentityText.publicIdentity(uri).map { subscribers.noteIdentity($0, isPrivate: false) }
  }
}
