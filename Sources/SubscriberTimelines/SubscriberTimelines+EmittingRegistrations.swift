import ByteReading
import CaptureFacts

extension SubscriberTimelines {
  /// Emits a completed registration.
  mutating func emit(
    registration facts: RegistrationFacts, _ record: OpenRecord, _ exchanges: [ExchangeState],
    _ diameter: [DiameterExchange], atEnd: Bool
  ) {
    let trail = record.trail
    let tries = RegistrationTries(trail)
    let outcome =
      facts.networkKind == nil
      ? outcome(of: tries, facts, trail, atEnd: atEnd) : networkOutcome(of: exchanges, trail, atEnd: atEnd)
    let kind = kind(of: facts, exchanges, outcome)
    noteBinding(facts, kind, outcome, tries)
    let id = RecordIdentifier(
      kind: .registration, key: facts.sessionID ?? trail.callIDs.first ?? "", tag: record.openerTagText,
      start: trail.start)
    for callID in record.callIDs { closed.note(callID, id, at: now) }
    let subscriber = subscriber(of: facts, outcome)
    if let subscriber {
      subscribers.note(id, of: subscriber)
      if outcome == .accepted, let contact = facts.contact { subscribers.note(contact: contact, of: subscriber) }
      subscribers.note(
        SubscriberAccess(
          time: trail.start, frame: trail.events.first?.frame, accessNetwork: facts.accessNetwork,
          visitedNetwork: facts.visitedNetwork, userAgent: facts.userAgent, instance: facts.instance,
          authenticationScheme: facts.authenticationScheme), of: subscriber)
    }
    var registration = Registration(
      id: id, subscriber: subscriber, kind: kind, isEmergency: facts.isEmergency, outcome: outcome,
      status: facts.networkKind == nil ? tries.status : nil, challenges: tries.challenges, start: trail.start,
      end: trail.end, duration: tries.duration, privateIdentity: facts.privateIdentity,
      publicIdentity: facts.publicIdentity, contact: facts.contact, requestedExpiry: facts.requestedExpiry,
      grantedExpiry: facts.grantedExpiry, accessNetwork: facts.accessNetwork, visitedNetwork: facts.visitedNetwork,
      userAgent: facts.userAgent, instance: facts.instance, servingCSCF: facts.servingCSCF,
      authenticationScheme: facts.authenticationScheme, security: facts.security, serviceRoute: facts.serviceRoute,
      associatedIdentities: facts.associatedIdentities, deRegistrationReason: facts.deRegistrationReason,
      legs: trail.legs(nodes), diameter: diameter, bodies: record.bodies.bodies, events: trail.events,
      frames: trail.frames(including: diameter.flatMap(\.frames)), observedAt: trail.points,
      correlationIdentifier: record.correlationIdentifier, cause: nil)
    registration.path = facts.path
    registration.timeSpent = trail.timeSpent(exchanges, nodes)
    noteBinding(of: registration, at: tries.finalTime ?? trail.end)
    let evidence = RegistrationEvidence(
      registration: registration, facts: facts, tries: tries, trail: trail, nodes: nodes, transport: transport, now: now
    )
    let found = RegistrationCauses.cause(of: evidence)
    registration.cause = found?.cause
    if outcome == .accepted {
      registration.applicationServers = serviceInvocations(
        of: record, registered: kind, identity: facts.publicIdentity)
    }
    emitted.append(.registration(registration))
    emitFinding(found, about: id, at: trail.start)
    if outcome == .accepted {
      emitFinding(CauseRule.first(of: RegistrationCauses.detourRules, in: evidence), about: id, at: trail.start)
    }
    emitFindings(of: registration.applicationServers, about: id, at: trail.start)
    noteRun(
      of: registration,
      resynchronisations: tries.tries.filter { facts.resynchronisations.contains($0.cseq) }.map(\.nearest.frame))
  }

  /// How a registration that a UE began ended.
  private func outcome(
    of tries: RegistrationTries, _ facts: RegistrationFacts, _ trail: MessageTrail, atEnd: Bool
  ) -> RegistrationOutcome {
    guard let status = tries.status else {
      return !atEnd || isOverdue(tries.tries.last?.nearest) ? .unanswered : .inProgress
    }
    if (200..<300).contains(status) { return .accepted }
    // A challenge that the UE did not come back for. After the UE's answer to one, another 401 refuses it.
    if status == 401 || status == 407, tries.tries.last?.cseq != facts.answeringCSeq { return .unanswered }
    return .rejected
  }

  /// Whether a final response to a request was due by now: its transaction is over, or it was sent again and again.
  func isOverdue(_ transaction: HopTransaction?) -> Bool {
    guard let transaction else { return true }
    return now.nanoseconds(since: transaction.lastRequestTime) >= SubscriberTimelines.linger
      || transaction.retransmissions >= SubscriberTimelines.silentRetransmissions
  }

  /// How a de-registration that the network began ended.
  private func networkOutcome(of exchanges: [ExchangeState], _ trail: MessageTrail, atEnd: Bool) -> RegistrationOutcome
  {
    guard exchanges.contains(where: { $0.answer != nil }) else {
      let isDue = now.nanoseconds(since: trail.end) >= SubscriberTimelines.linger
      return isDue || !atEnd ? .unanswered : .inProgress
    }
    return exchanges.contains { $0.isSuccess } ? .accepted : .rejected
  }

  /// What the registration was for. What the capture knows of the binding comes first; else what the S-CSCF told the HSS
  /// (Server-Assignment-Type, TS 29.229 section 6.3.15); else what the HSS knew (UAA 2002, section 6.2.1.2) and whether
  /// the UE came over a security association.
  private func kind(
    of facts: RegistrationFacts, _ exchanges: [ExchangeState], _ outcome: RegistrationOutcome
  ) -> RegistrationKind {
    if let kind = facts.networkKind { return kind }
    if facts.isDeRegistration { return .deRegistration }
    if let identity = facts.addressOfRecord {
      switch bindings.state(of: identity, device: device(of: facts)) {
      case .registered(let until) where until >= now.advanced(byNanoseconds: -SubscriberTimelines.linger):
        return .reRegistration
      case .registered, .deRegistered:
        return .initial
      case nil where bindings.isKnown(identity):
        // Of another device of the user something is known: where it is registered, this one adds its Contact.
        let since = now.advanced(byNanoseconds: -SubscriberTimelines.linger)
        return bindings.isRegistered(identity, by: owner(of: facts), since: since) ? .additionalContact : .initial
      case nil:
        break
      }
    }
    let assignments = exchanges.compactMap { $0.serverAssignmentType.flatMap(ServerAssignmentType.init) }
    if assignments.contains(.reRegistration) { return .reRegistration }
    if assignments.contains(.registration) { return .initial }
    if facts.isIntegrityProtected { return .reRegistration }
    let authorization = exchanges.first { $0.commandCode == CxCommand.userAuthorization }
    if outcome == .accepted, case .experimental(_, 2002) = authorization?.result { return .reRegistration }
    return .initial
  }

  private mutating func noteBinding(
    _ facts: RegistrationFacts, _ kind: RegistrationKind, _ outcome: RegistrationOutcome, _ tries: RegistrationTries
  ) {
    guard outcome == .accepted else { return }
    let identity = facts.addressOfRecord ?? facts.publicIdentity.map { key.hash($0) }
    guard let identity else { return }
    switch kind {
    case .initial, .additionalContact, .reRegistration:
      let seconds = Int64(facts.grantedExpiry ?? facts.requestedExpiry ?? 0)
      bindings.note(
        .registered(until: (tries.finalTime ?? now).advanced(byNanoseconds: seconds * 1_000_000_000)), of: identity,
        device: device(of: facts), owner: owner(of: facts))
    case .deRegistration:
      bindings.note(.deRegistered, of: identity, device: device(of: facts), owner: owner(of: facts))
    case .networkDeRegistration, .timeout:
      bindings.endAll(of: identity)
    }
  }

  /// Notes what an accepted registration did to the contacts of its subscriber.
  private mutating func noteBinding(of registration: Registration, at time: Timestamp) {
    guard registration.outcome == .accepted, let subscriber = registration.subscriber else { return }
    switch registration.kind {
    case .initial, .additionalContact, .reRegistration:
      guard let contact = registration.contact else { return }
      let seconds = registration.grantedExpiry ?? registration.requestedExpiry
      subscribers.note(
        SubscriberBinding(
          contact: contact, instance: registration.instance, registered: time, refreshed: time,
          expires: seconds.map { time.advanced(byNanoseconds: Int64($0) * 1_000_000_000) }), of: subscriber)
    case .deRegistration:
      subscribers.endBindings(
        of: subscriber, device: registration.instance ?? registration.contact, by: .user, at: time)
    case .networkDeRegistration: subscribers.endBindings(of: subscriber, device: nil, by: .network, at: time)
    case .timeout: subscribers.endBindings(of: subscriber, device: nil, by: .timeout, at: time)
    }
  }

  /// What tells the devices of a user apart: the instance (RFC 5626 section 4.1), else the Contact; nil for all of them.
  private func device(of facts: RegistrationFacts) -> KeyedHash? {
    (facts.instance ?? facts.contact).map { key.hash($0) }
  }

  /// The private identity, which tells the users of a shared public identity apart; nil where it is not known.
  private func owner(of facts: RegistrationFacts) -> KeyedHash? {
    facts.privateIdentity.map { key.hash($0) }
  }

  /// The subscriber of a registration. Identities that a UE only claims are tied to each other once the network has
  /// accepted them, or where the one is derived from the other (TS 23.003 section 13.4B).
  private mutating func subscriber(of facts: RegistrationFacts, _ outcome: RegistrationOutcome) -> SubscriberHandle? {
    var handle = facts.privateIdentity.map { subscribers.noteIdentity($0, isPrivate: true) }
    if let identity = facts.publicIdentity {
      let isDerived = facts.privateIdentity.map { "sip:" + $0 == identity } ?? true
      if outcome == .accepted || isDerived || handle == nil {
        let other = subscribers.noteIdentity(identity, isPrivate: false)
        if let handle { subscribers.merge(handle, other) }
        handle = handle ?? other
      }
    }
    guard outcome == .accepted, let handle else { return handle }
    for uri in facts.associatedIdentities {
      guard let identity = IdentityText.publicIdentity(uri) else { continue }
      subscribers.merge(handle, subscribers.noteIdentity(identity, isPrivate: false))
    }
    return handle
  }

  /// Emits the cause of a record as a finding, unless it is of the users' own making.
  mutating func emitFinding(
    _ found: (cause: Cause, severity: Finding.Severity)?, about id: RecordIdentifier, at time: Timestamp
  ) {
    guard let found, found.severity > .note else { return }
    cite(found.cause)
    emitted.append(
      .finding(
        Finding(
          rule: found.cause.rule, severity: found.severity, text: found.cause.text, frames: found.cause.frames,
          about: [id], time: time)))
  }
}
