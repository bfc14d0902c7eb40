import ByteReading
import CaptureFacts

extension SubscriberTimelines {
  /// Looks for the record that an exchange belongs to, strongest key first, and opens one where the network itself
  /// begins something with it.
  mutating func placeExchange(_ place: Int) {
    guard let exchange = exchanges[place], exchange.record == nil else { return }
    if let (record, key) = recordNamed(by: exchange) ?? recordAsking(exchange) {
      put(place, into: record, joinedBy: key)
    } else if let kind = networkKind(of: exchange) {
      put(place, into: beginNetworkDeRegistration(kind, exchange), joinedBy: .session)
    }
  }

  /// The record that the exchange names by Call-ID, or by the policy session that it belongs to.
  private func recordNamed(by exchange: ExchangeState) -> (Int, DiameterExchange.JoinKey)? {
    if let callID = exchange.callID, let record = index.places(.callID, callID).last { return (record, .callID) }
    // The further exchanges of a policy session (TS 29.214 section 4.4): STR, RAR, ASR.
    if exchange.applicationID == PolicyCommand.rxApplication, let session = exchange.session,
      let record = index.places(.session, session).last
    {
      return (record, .session)
    }
    return nil
  }

  /// The record whose request made a node ask: the node received it and then asked about the same identity.
  private func recordAsking(_ exchange: ExchangeState) -> (Int, DiameterExchange.JoinKey)? {
    var weaker: Int?
    let candidates = candidates(for: exchange)
    // An answer alone tells nothing of which of several asked.
    guard exchange.request != nil || candidates.count == 1 else { return nil }
    for record in candidates where !hasAsked(exchange, for: record) {
      switch askers(record, exchange) {
      case .exactly: return (record, .identityNodeTime)
      case .perhaps: weaker = weaker ?? record
      case .no: break
      }
    }
    return weaker.map { ($0, .identityTime) }
  }

  /// The open records that an exchange may be about, the latest first.
  private func candidates(for exchange: ExchangeState) -> [Int] {
    var records: [Int] = []
    switch (exchange.applicationID, exchange.commandCode) {
    case (CxCommand.application, CxCommand.userAuthorization), (CxCommand.application, CxCommand.multimediaAuth):
      records = registrations(of: exchange)
    case (CxCommand.application, CxCommand.serverAssignment):
      let type = exchange.serverAssignmentType.flatMap(ServerAssignmentType.init)
      guard type?.networkKind == nil else { return [] }
      // TS 29.228 section 6.1.2.1: UNREGISTERED_USER and NO_ASSIGNMENT serve a session, not a registration.
      records =
        type == .unregisteredUser || type == .noAssignment
        ? targets(of: exchange) + registrations(of: exchange) : registrations(of: exchange)
    case (CxCommand.application, CxCommand.locationInfo):
      records = targets(of: exchange)
    case (PolicyCommand.rxApplication, _):
      records = sessions(of: exchange)
    default:
      return []
    }
    return records
  }

  private func registrations(of exchange: ExchangeState) -> [Int] {
    var found: [Int] = []
    func add(_ identity: String) {
      for place in index.places(.identity, key.hash(identity)) where !found.contains(place) && mayBeOf(exchange, place)
      {
        found.append(place)
      }
    }
    if let identity = exchange.privateIdentity { add(identity) }
    for identity in exchange.publicIdentities { add(identity) }
    return latestFirst(found)
  }

  /// Whether a registration may be of the user whom an exchange names: those who share a public identity have private
  /// identities of their own (TS 23.228 section 4.3.3.4).
  private func mayBeOf(_ exchange: ExchangeState, _ place: Int) -> Bool {
    guard let asked = exchange.privateIdentity, let own = open[place]?.registration?.privateIdentity, asked != own
    else {
      return true
    }
    return IdentityText.userPart(asked) == IdentityText.userPart(own)
  }

  private func targets(of exchange: ExchangeState) -> [Int] {
    latestFirst(exchange.publicIdentities.flatMap { index.places(.target, key.hash(IdentityText.userPart($0))) })
  }

  private func sessions(of exchange: ExchangeState) -> [Int] {
    if let identifier = exchange.chargingIdentifier {
      let records = index.places(.chargingIdentifier, identifier)
      if !records.isEmpty { return latestFirst(records) }
    }
    guard let address = exchange.framedAddress else { return [] }
    return latestFirst(
      index.places(.address, PolicyCommand.key(of: address, under: key)).filter { place in
        switch exchange.policySubject {
        case .media: open[place]?.call != nil
        case .signalling: open[place]?.registration != nil
        case nil: true
        }
      })
  }

  private func latestFirst(_ places: [Int]) -> [Int] {
    var unique: [Int] = []
    for place in places where !unique.contains(place) { unique.append(place) }
    guard unique.count > 1 else { return unique }
    // The times first: a sort that looks into records would look at each many times.
    var dated: [(place: Int, start: Timestamp)] = []
    for place in unique { dated.append((place, open[place]?.trail.start ?? now)) }
    return dated.sorted { $0.start > $1.start }.map(\.place)
  }

  /// Whether the sender of LIR has asked as often as it had reason to: once for each request that it received. It asks
  /// again where it got no answer (RFC 6733 section 5.5.4), and where the answer was a failure.
  private func hasAsked(_ exchange: ExchangeState, for record: Int) -> Bool {
    guard exchange.commandCode == CxCommand.locationInfo, exchange.applicationID == CxCommand.application,
      let asked = exchange.request?.time, let trail = open[record]?.trail, let places = open[record]?.exchanges
    else { return false }
    let before = places.compactMap { exchanges[$0] }.count { other in
      guard other.commandCode == CxCommand.locationInfo, nodes.root(other.from) == nodes.root(exchange.from) else {
        return false
      }
      return other.answer == nil
        ? asked.nanoseconds(since: other.request?.time ?? asked) < SubscriberTimelines.clockTolerance : other.isSuccess
    }
    guard before > 0 else { return false }
    let received = trail.transactions.count {
      (nodes.root($0.to) == nodes.root(exchange.from) || nodes.shareAddress($0.to, exchange.from))
        && $0.requestTime != nil && $0.method != .ack && !$0.isInDialog
    }
    return received > 0 && before >= received
  }

  private enum Fit {
    case exactly, perhaps, no
  }

  /// Whether a node of the record had reason to ask: it received a request of the record before, and has not answered it
  /// yet.
  private func askers(_ record: Int, _ exchange: ExchangeState) -> Fit {
    guard let trail = open[record]?.trail, let asked = exchange.request?.time ?? exchange.answer?.time else {
      return .no
    }
    let earliest = asked.advanced(byNanoseconds: -SubscriberTimelines.linger)
    var fit = Fit.no
    // TS 29.228 section 6.1.2.1: the S-CSCF says that authentication failed or that the UE did not come back, after the
    // challenge.
    let type = exchange.serverAssignmentType.flatMap(ServerAssignmentType.init)
    let isAboutChallenge = type == .authenticationFailure || type == .authenticationTimeout
    for transaction in trail.transactions.reversed() {
      guard let received = transaction.requestTime, transaction.method != .ack else { continue }
      let isNode =
        nodes.root(transaction.to) == nodes.root(exchange.from) || nodes.shareAddress(transaction.to, exchange.from)
      let early = received.nanoseconds(since: asked)
      let end = isAboutChallenge && transaction.finalStatus == 401 ? nil : trail.end(of: transaction)
      let late = end.map { asked.nanoseconds(since: $0) } ?? .min
      if early > 0 || late > 0 {
        // Seen by another clock, perhaps.
        if isNode, max(early, late) <= SubscriberTimelines.clockTolerance { fit = .perhaps }
        continue
      }
      if isNode, !trail.hasPassedOn(transaction, at: exchange.from, before: asked, nodes) { return .exactly }
      if transaction.lastRequestTime >= earliest { fit = .perhaps }
    }
    return fit
  }

  /// The kind of registration that the network begins with this exchange; nil for one that answers a request.
  private func networkKind(of exchange: ExchangeState) -> RegistrationKind? {
    guard exchange.applicationID == CxCommand.application else { return nil }
    switch exchange.commandCode {
    case CxCommand.registrationTermination: return .networkDeRegistration
    case CxCommand.serverAssignment:
      return exchange.serverAssignmentType.flatMap(ServerAssignmentType.init)?.networkKind
    default: return nil
    }
  }

  private mutating func beginNetworkDeRegistration(_ kind: RegistrationKind, _ exchange: ExchangeState) -> Int {
    let registration = RegistrationFacts()
    registration.networkKind = kind
    registration.privateIdentity = exchange.privateIdentity
    registration.publicIdentity = exchange.publicIdentities.first
    registration.deRegistrationReason = exchange.deRegistrationReason
    registration.sessionID = exchange.sessionID
    registration.isDeRegistration = true
    let identities = exchange.publicIdentities.map { subscriberKey($0) }
    registration.indexedSubscribers =
      identities + [exchange.privateIdentity.map { subscriberKey($0, isPrivate: true) }].compactMap { $0 }
    let place = open.insert(
      OpenRecord(
        subject: .registration(registration), trail: MessageTrail(start: exchange.start), callIDs: [],
        openerTags: [], openerTagText: ""))
    for subscriber in registration.indexedSubscribers { index.add(place, .endedRegistration, subscriber) }
    timers.schedule(
      .record(place, open.generations[place]), at: now.advanced(byNanoseconds: SubscriberTimelines.linger))
    return place
  }

  private mutating func put(_ place: Int, into record: Int, joinedBy key: DiameterExchange.JoinKey) {
    exchanges[place]?.record = record
    exchanges[place]?.joinedBy = key
    open[record]?.exchanges.append(place)
    guard let exchange = exchanges[place] else { return }
    if exchange.applicationID == PolicyCommand.rxApplication, let session = exchange.session {
      index.add(record, .session, session)
      open[record]?.sessions.append(session)
    }
    uniteWithAsker(exchange, record: record)
    if let event = exchange.event(isRequest: true) { open[record]?.trail.add(event) }
    if exchange.answer != nil, let event = exchange.event(isRequest: false) { open[record]?.trail.add(event) }
    for hop in exchange.hops.indices {
      noteEvent(of: place, in: record, isRequest: true, hop: hop + 1)
      noteEvent(of: place, in: record, isRequest: false, hop: hop + 1)
    }
    if let name = exchange.serverName { open[record]?.registration?.servingCSCF = name }
  }

  /// On an address that several nodes share, a Diameter client speaks from a port that tells nothing: it is the node that
  /// received the message for which it asks, the last one before.
  private mutating func uniteWithAsker(_ exchange: ExchangeState, record: Int) {
    guard let trail = open[record]?.trail, let asked = exchange.request?.time,
      !nodes.speaksSIP(exchange.from),
      let message = trail.events.last(where: { $0.time <= asked && $0.asksForAction })
    else { return }
    guard nodes.root(message.to) != nodes.root(exchange.from), nodes.shareAddress(message.to, exchange.from) else {
      return
    }
    nodes.merge(exchange.from, into: message.to)
  }

  /// Puts a message of a hop of a placed exchange on the time axis of its record.
  mutating func noteEvent(of place: Int, in record: Int, isRequest: Bool, hop: Int) {
    guard let event = exchanges[place]?.event(isRequest: isRequest, hop: hop) else { return }
    open[record]?.trail.add(event)
  }

  /// Puts the answer of a placed exchange on the time axis of its record.
  mutating func noteAnswer(of place: Int, in record: Int) {
    guard let event = exchanges[place]?.event(isRequest: false) else { return }
    open[record]?.trail.add(event)
    if let name = exchanges[place]?.serverName { open[record]?.registration?.servingCSCF = name }
  }
}
