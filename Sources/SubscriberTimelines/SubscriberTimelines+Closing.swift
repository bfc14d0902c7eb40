import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages

extension SubscriberTimelines {
  /// Completes a record if nothing more is due, else asks to be called up again.
  mutating func closeIfDue(record place: Int) {
    guard let due = open[place].map({ closingTime(of: $0) }) else { return }
    if due <= now {
      close(record: place, atEnd: false)
    } else {
      timers.schedule(.record(place, open.generations[place]), at: due)
    }
  }

  /// When a record is complete if nothing more comes.
  private func closingTime(of record: OpenRecord) -> Timestamp {
    let quiet = record.trail.end.advanced(byNanoseconds: SubscriberTimelines.linger)
    if let registration = record.registration {
      let (status, _) = SubscriberTimelines.outcome(of: record.trail, cseq: registration.cseq)
      let isChallenged = status == 401 && registration.answeringCSeq != registration.cseq
      return isChallenged ? record.trail.end.advanced(byNanoseconds: SubscriberTimelines.challengeBound) : quiet
    }
    if record.messaging?.shortMessage?.awaitsConfirmation ?? false {
      return record.trail.end.advanced(byNanoseconds: SubscriberTimelines.relayBound)
    }
    guard record.call != nil else { return quiet }
    let progress = CallProgress(record.trail)
    if progress.isEstablished, progress.releaseTime == nil { return Timestamp(nanoseconds: .max) }
    if progress.finalStatus == nil, progress.hasProvisional {
      return record.trail.end.advanced(byNanoseconds: SubscriberTimelines.ringingBound)
    }
    return quiet
  }

  /// Completes the record at `place` as it stands.
  mutating func close(record place: Int, atEnd: Bool) {
    guard var record = open.remove(at: place) else { return }
    bodyBytes -= record.bodies.byteCount
    for callID in record.callIDs { index.remove(place, .callID, callID) }
    if let identifier = record.correlationIdentifier { index.remove(place, .correlation, key.hash(identifier)) }
    for session in record.sessions { index.remove(place, .session, session) }
    for address in record.addresses { index.remove(place, .address, address) }
    var diameter: [DiameterExchange] = []
    var exchangeStates: [ExchangeState] = []
    for exchange in record.exchanges {
      guard let state = exchanges.remove(at: exchange) else { continue }
      forget(state)
      exchangeStates.append(state)
      record.trail.points.merge(state.points)
      diameter.append(materialised(state))
    }
    diameter.sort { $0.start < $1.start }
    if let facts = record.registration {
      for identity in facts.indexedIdentities { index.remove(place, .identity, identity) }
      for subscriber in facts.indexedSubscribers { index.remove(place, .endedRegistration, subscriber) }
      emit(registration: facts, record, exchangeStates, diameter, atEnd: atEnd)
    } else if let facts = record.call {
      for target in facts.targets { index.remove(place, .target, target) }
      for entry in facts.indexed { index.remove(place, entry.name, entry.key) }
      for endpoint in facts.mediaEndpoints { index.remove(place, .media, endpoint.hash) }
      emit(call: facts, record, exchangeStates, diameter, atEnd: atEnd)
    } else if let facts = record.messaging {
      for target in facts.targets { index.remove(place, .target, target) }
      for indexed in facts.indexed { index.remove(place, indexed.name, indexed.key) }
      emit(messaging: facts, record, diameter, atEnd: atEnd)
    }
    let dropped = record.trail.eventsDropped + record.bodies.dropped
    if dropped > 0, let frame = record.trail.events.last?.frame {
      for _ in 0..<dropped { anomalies.record(.stateEvicted, at: .sip, frame: frame) }
    }
  }

  // MARK: - Exchanges

  /// Completes an exchange without a record if nothing more is due, else asks to be called up again. One with a record
  /// is completed with it.
  mutating func closeIfDue(exchange place: Int) {
    guard let exchange = exchanges[place], exchange.record == nil else { return }
    let due = exchange.end.advanced(byNanoseconds: SubscriberTimelines.linger)
    if due <= now {
      close(exchange: place)
    } else {
      timers.schedule(.exchange(place, exchanges.generations[place]), at: due)
    }
  }

  /// Completes an exchange that found no record when its request was seen: it may find one now, else it is its
  /// subscriber's, else it is counted.
  mutating func close(exchange place: Int) {
    placeExchange(place)
    guard exchanges[place]?.record == nil, let state = exchanges.remove(at: place) else { return }
    forget(state)
    // The base protocol (RFC 6733 section 11.1) is about peers, not about subscribers.
    guard state.applicationID != 0 else { return }
    noteUnanswered(state)
    if let subscriber = subscriber(of: state) {
      subscribers.note(materialised(state), of: subscriber)
    } else {
      diameterUnplaced += 1
      unplaced.append(materialised(state))
    }
  }

  /// Emits a finding for a request outside of records that was not answered though it was due.
  private mutating func noteUnanswered(_ state: ExchangeState) {
    guard let request = state.request, state.answer == nil,
      now.nanoseconds(since: request.time) >= SubscriberTimelines.diameterBound
    else { return }
    let command = DiameterDictionary.known.commandAbbreviation(state.commandCode, isRequest: true)
    let whom = state.privateIdentity ?? state.publicIdentities.first
    let text =
      "\(CauseText.name(state.to, nodes)) did not answer \(command) of \(CauseText.name(state.from, nodes))"
      + (whom.map { " about \($0)" } ?? "")
    emitted.append(
      .finding(
        Finding(
          rule: "diameter_unanswered", severity: .warning, text: text, frames: [request.frame], about: [],
          time: request.time)))
  }

  /// Whose exchange it is.
  mutating func subscriber(of exchange: ExchangeState) -> SubscriberHandle? {
    if let identity = exchange.privateIdentity {
      return subscribers.noteIdentity(identity, isPrivate: true)
    }
    for identity in exchange.publicIdentities {
      if let handle = subscribers.subscriber(with: identity, isPrivate: false) { return handle }
    }
    // The HSS knows the user, though the capture has not shown it before.
    guard exchange.isSuccess, exchange.applicationID == CxCommand.application else { return nil }
    return exchange.publicIdentities.first.map { subscribers.noteIdentity($0, isPrivate: false) }
  }

  /// The exchange as reports take it.
  func materialised(_ state: ExchangeState) -> DiameterExchange {
    let dictionary = DiameterDictionary.known
    var resultName: String?
    switch state.result {
    case .base(let code): resultName = dictionary.resultName(code)
    case .experimental(let vendor, let code): resultName = dictionary.experimentalResultName(vendor: vendor, code: code)
    case nil: break
    }
    return DiameterExchange(
      interface: ReferencePoint.name(
        ofDiameter: dictionary.interfaceName(application: state.applicationID, command: state.commandCode),
        isToLocator: state.isRedirected
          || state.answer == nil && nodes.shows(.subscriptionLocator, state.hops.last?.to ?? state.to)),
      command: dictionary.commandAbbreviation(state.commandCode, isRequest: true), commandCode: state.commandCode,
      applicationID: state.applicationID, from: state.from, to: state.hops.last?.to ?? state.to, start: state.start,
      requestFrame: state.request?.frame, answerFrame: state.answer?.frame,
      frames: MessageTrail.ordered(state.frames), answerTime: answerTime(state.request, state.answer),
      result: state.result,
      resultName: resultName, retransmissions: state.retransmissions, hops: hops(of: state), joinedBy: state.joinedBy,
      details: state.details)
  }

  /// The hops through agents, the first one included; empty where there was no agent.
  private func hops(of state: ExchangeState) -> [DiameterExchange.Hop] {
    guard !state.hops.isEmpty else { return [] }
    let first = DiameterExchange.Hop(
      from: state.from, to: state.to, requestFrame: state.request?.frame, answerFrame: state.answer?.frame,
      answerTime: answerTime(state.request, state.answer), result: state.result)
    return [first]
      + state.hops.map {
        DiameterExchange.Hop(
          from: $0.from, to: $0.to, requestFrame: $0.request?.frame, answerFrame: $0.answer?.frame,
          answerTime: answerTime($0.request, $0.answer), result: $0.result)
      }
  }

  private func answerTime(_ request: ExchangeState.Sight?, _ answer: ExchangeState.Sight?) -> Int64? {
    guard let request, let answer else { return nil }
    return answer.time.nanoseconds(since: request.time)
  }
}
