import CaptureFacts
import ServiceDocuments

extension SubscriberTimelines {
  /// Emits a completed message or subscription. OPTIONS outside of dialogs keeps paths alive and is folded away.
  mutating func emit(
    messaging facts: MessagingFacts, _ record: OpenRecord, _ diameter: [DiameterExchange], atEnd: Bool
  ) {
    let trail = record.trail
    let id = RecordIdentifier(
      kind: .messaging, key: trail.callIDs.first ?? "", tag: record.openerTagText, start: trail.start)
    for callID in record.callIDs { closed.note(callID, id, at: now) }
    let own = trail.transactions.filter { $0.method == facts.method && trail.legs[$0.leg].dialog == 0 }
    let first = own.min { $0.viaCount < $1.viaCount }
    let answered = own.filter { $0.finalStatus != 0 }.min { ($0.viaCount, $1.cseq) < ($1.viaCount, $0.cseq) }
    if facts.method == .options {
      keepAlives += 1
      if answered == nil { unansweredKeepAlives += 1 }
      return
    }
    let shortMessage = facts.shortMessage?.summary
    let outcome: RegistrationOutcome
    if let status = answered?.finalStatus {
      outcome = status < 300 && shortMessage?.relayOutcome != .refused ? .accepted : .rejected
    } else {
      outcome = !atEnd || isOverdue(first) ? .unanswered : .inProgress
    }
    let sender = facts.assertedSender ?? facts.sender ?? ""
    let known = [sender, facts.recipient, facts.addressee].compactMap { $0 }
      .compactMap { subscribers.subscriber(ofURI: $0) }
    let subscriber = known.first
    // It is a part of what happened to both.
    let recipient = known.last { $0 != subscriber }
    for handle in [subscriber, recipient].compactMap(\.self) { subscribers.note(id, of: handle) }
    let applicationServers = serviceInvocations(of: record)
    emitted.append(
      .messaging(
        MessagingRecord(
          id: id, subscriber: subscriber, method: facts.method,
          service: MessagingService(
            method: facts.method, eventPackage: facts.eventPackage, isShortMessage: shortMessage != nil),
          eventPackage: facts.eventPackage,
          contentType: facts.contentType, from: sender, to: facts.recipient ?? "", status: answered?.finalStatus,
          outcome: outcome, start: trail.start, end: trail.end,
          dialogs: zip(trail.callIDs, facts.joins).map {
            Dialog(callID: $0.0, joinedBy: $0.1, confidence: $0.1.confidence)
          },
          recipientSubscriber: recipient, subscription: facts.subscription, accessNetwork: facts.accessNetwork,
          hasLocation: facts.hasLocation,
          related: record.related, shortMessage: shortMessage, legs: trail.legs(nodes),
          diameter: diameter, applicationServers: applicationServers, bodies: record.bodies.bodies,
          events: trail.events,
          frames: trail.frames(including: diameter.flatMap(\.frames)),
          observedAt: trail.points, correlationIdentifier: record.correlationIdentifier)))
    noteRefused(shortMessage, record, about: id)
    emitFindings(of: applicationServers, about: id, at: trail.start)
  }

  /// Emits a finding for a short message that the centre, or the UE, refused (TS 24.011 section 8.2.5.4).
  private mutating func noteRefused(_ message: ShortMessageSummary?, _ record: OpenRecord, about id: RecordIdentifier) {
    guard let message, message.relayOutcome == .refused else { return }
    let confirmation = record.trail.transactions.first { $0.method == .message && record.trail.legs[$0.leg].dialog > 0 }
    let whom = confirmation.map { CauseText.name($0.from, nodes) } ?? "the other side"
    let cause = message.relayCause.map { " \($0.code)" + ($0.name.map { " (\($0))" } ?? "") } ?? ""
    let failure = message.failureCause.map {
      ", TP-Failure-Cause \($0)" + (message.failureCauseName.map { " (\($0))" } ?? "")
    }
    let number = message.destination.map { " to \($0)" } ?? message.originator.map { " from \($0)" } ?? ""
    let frames = [record.trail.transactions.first?.frame, confirmation?.frame].compactMap { $0 }
    emitted.append(
      .finding(
        Finding(
          rule: "sms_refused", severity: .warning,
          text: "\(whom) refused the short message\(number) with RP-ERROR\(cause)\(failure ?? "")", frames: frames,
          about: [id], time: record.trail.start)))
  }
}
