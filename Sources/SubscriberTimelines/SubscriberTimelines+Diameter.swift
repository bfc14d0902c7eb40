import ByteReading
import CaptureFacts
import DiameterMessages

extension SubscriberTimelines {
  /// The AVP in which a Kamailio S-CSCF gives the SIP Call-ID as hexadecimal text: vendor 50, code 494.
  private static let callIDAttribute: (code: UInt32, vendor: UInt32) = (494, 50)

  /// Takes a Diameter message. Says what it is to those before it, and the name under which more may be learned of it.
  @discardableResult
  public mutating func receive(_ observed: Observed<DiameterMessage>) -> MessageSighting {
    advance(to: observed.time)
    let message = observed.message
    let flow = observed.flow
    if flow.source.address == flow.destination.address { nodes.noteSharing(flow.source.address) }
    let (from, to) = nodes(of: observed)
    let exchangeKey = exchangeKey(of: observed)
    let fingerprint = key.start.combined(with: UInt64(from.index) << 32 | UInt64(to.index))
      .combined(with: key.fingerprint(message.span)).low
    let sight = ExchangeState.Sight(
      time: observed.time, frame: observed.frame, point: observed.point, fingerprint: fingerprint,
      mark: observed.transmissionMark)
    let seat = exchangesByKey[exchangeKey] ?? seat(of: observed, exchangeKey, from: from, to: to)
    let place = seat.place
    let isRequest = message.isRequest
    let addition =
      seat.hop == 0
      ? exchanges[place]?.add(sight, otherFrames: observed.otherFrames, isRequest: isRequest)
      : exchanges[place]?.add(sight, otherFrames: observed.otherFrames, isRequest: isRequest, hop: seat.hop)
    var sighting = MessageSighting(from: from, to: to)
    guard let addition else { return sighting }
    sighting.ticket = MessageTicket(
      place: UInt32(truncatingIfNeeded: place), generation: exchanges.generations[place], isDiameter: true,
      fingerprint: fingerprint)
    guard addition == .message else {
      if let record = exchanges[place]?.record { open[record]?.trail.touch(observed.time) }
      sighting.repetition = addition == .copy ? .copy : .retransmission
      if addition == .retransmission {
        noteNodes(of: observed, from: from, to: to, isRepeated: true, isLastHop: false)
      }
      return sighting
    }
    diameterMessages += 1
    nodes.countMessage(from: from, to: to, isSIP: false)
    let isLastHop = seat.hop == exchanges[place]?.hops.count
    noteRoles(message, from: from, to: to, frame: observed.frame, isLastHop: isLastHop)
    notePeer(observed, from: from, to: to)
    noteNodes(of: observed, from: from, to: to, isRepeated: false, isLastHop: isLastHop)
    if seat.hop > 0 {
      if !isRequest {
        let result = result(of: message)
        exchanges[place]?.hops[seat.hop - 1].result = result
      }
      if let record = exchanges[place]?.record { noteEvent(of: place, in: record, isRequest: isRequest, hop: seat.hop) }
    } else if isRequest {
      take(request: message, exchange: place)
      placeExchange(place)
    } else {
      take(answer: message, exchange: place)
      if let record = exchanges[place]?.record { noteAnswer(of: place, in: record) }
    }
    return sighting
  }

  /// The seat of a message that is the first under its key: in a new exchange, or, for a request that an agent passes on,
  /// in the one it passes on. Agents change the hop-by-hop identifier and keep Session-Id and end-to-end identifier (RFC
  /// 6733 section 6.2).
  private mutating func seat(
    of observed: Observed<DiameterMessage>, _ exchangeKey: KeyedHash, from: NodeHandle, to: NodeHandle
  ) -> ExchangeState.Seat {
    let message = observed.message
    let relayKey = message.sessionID.isEmpty ? nil : self.relayKey(of: message)
    if message.isRequest, let relayKey, let place = exchangesByRelay[relayKey], let exchange = exchanges[place],
      exchange.hops.count < ExchangeState.keptHops, !exchange.isRedirected
    {
      exchanges[place]?.keys.append(exchangeKey)
      if nodes.root(exchange.from) != nodes.root(from) {
        nodes.note(.forwardsDiameter, of: from, frame: observed.frame)
        exchanges[place]?.hops.append(ExchangeState.Hop(from: from, to: to))
        let seat = ExchangeState.Seat(place: place, hop: exchange.hops.count + 1)
        exchangesByKey[exchangeKey] = seat
        return seat
      }
      // The same request once more, by another way.
      let seat = ExchangeState.Seat(place: place, hop: 0)
      exchangesByKey[exchangeKey] = seat
      return seat
    }
    let place = exchanges.insert(
      ExchangeState(
        commandCode: message.header.commandCode, applicationID: message.header.applicationID, keys: [exchangeKey],
        relayKey: relayKey, from: message.isRequest ? from : to, to: message.isRequest ? to : from,
        transport: observed.flow.transport))
    let seat = ExchangeState.Seat(place: place, hop: 0)
    exchangesByKey[exchangeKey] = seat
    if let relayKey { exchangesByRelay[relayKey] = place }
    timers.schedule(
      .exchange(place, exchanges.generations[place]), at: now.advanced(byNanoseconds: SubscriberTimelines.linger))
    return seat
  }

  private func relayKey(of message: DiameterMessage) -> KeyedHash {
    key.hash(message.span, in: message.sessionID.range)
      .combined(with: UInt64(message.header.endToEnd) << 32 | UInt64(message.header.commandCode))
  }

  /// Forgets where the messages of an exchange would belong.
  mutating func forget(_ exchange: ExchangeState) {
    for key in exchange.keys { exchangesByKey[key] = nil }
    if let key = exchange.relayKey { exchangesByRelay[key] = nil }
  }

  /// The two nodes of a message. The side with the lower port listens: Diameter's own is 3868 (RFC 6733 section 2.1),
  /// and the other side's was chosen for the connection. On an address that several nodes share the Origin-Host of the
  /// sender tells it apart.
  private mutating func nodes(of observed: Observed<DiameterMessage>) -> (from: NodeHandle, to: NodeHandle) {
    let flow = observed.flow
    let message = observed.message
    let sourceListens = flow.source.port <= flow.destination.port
    let name = texts.text(message.span, message.originHost)
    let from = nodes.node(at: flow.source, originHost: name, isOwn: sourceListens)
    let to = nodes.node(at: flow.destination, isOwn: !sourceListens || flow.source.port == flow.destination.port)
    nodes.note(hostName: name, of: from, isPeer: message.header.applicationID == 0)
    return (from, to)
  }

  /// What a request and its answer share: the two identifiers and the command (RFC 6733 section 3), and since these are
  /// unique to one connection only, the Session-Id, or for messages without one the two ends.
  private func exchangeKey(of observed: Observed<DiameterMessage>) -> KeyedHash {
    let message = observed.message
    let header = message.header
    let identifiers = key.start
      .combined(with: UInt64(header.hopByHop) << 32 | UInt64(header.endToEnd))
      .combined(with: UInt64(header.commandCode) << 32 | UInt64(header.applicationID))
    if !message.sessionID.isEmpty {
      return identifiers.combined(with: key.hash(message.span, in: message.sessionID.range))
    }
    let ends = [observed.flow.source, observed.flow.destination].sorted()
    return ends.reduce(identifiers.combined(with: 1)) { hash, end in
      hash.combined(with: KeyedHash(high: end.address.high, low: end.address.low)).combined(with: UInt64(end.port))
    }
  }

  /// Notes what the ends of a message do. What an agent hands on of another's refusal is not its own.
  private mutating func noteRoles(
    _ message: DiameterMessage, from: NodeHandle, to: NodeHandle, frame: FrameReference, isLastHop: Bool
  ) {
    let header = message.header
    guard let row = DiameterBehaviours.row(application: header.applicationID, command: header.commandCode) else {
      return
    }
    if message.isRequest {
      if let behaviour = row.requester { nodes.note(behaviour, of: from, frame: frame) }
      if let behaviour = row.asked { nodes.note(behaviour, of: to, frame: frame) }
    } else if let refusal = DiameterBehaviours.refusal(message.resultCode) {
      if isLastHop { nodes.note(refusal, of: from, frame: frame) }
    } else if let behaviour = row.answerer {
      nodes.note(behaviour, of: from, frame: frame)
    }
  }

  // MARK: - What an exchange carries

  private mutating func take(request message: DiameterMessage, exchange place: Int) {
    guard var exchange = exchanges.takeOut(place) else { return }
    if !message.sessionID.isEmpty { exchange.session = key.hash(message.span, in: message.sessionID.range) }
    exchange.privateIdentity = IdentityText.privateIdentity(message.text(message.userName))
    let identities = message.publicIdentities
    for range in identities where !range.isEmpty {
      let identity = IdentityText.publicIdentity(message.span.extracting(range.range)) ?? message.text(range)
      exchange.publicIdentities.append(identity)
    }
    exchange.userAuthorizationType = message.userAuthorizationType
    exchange.serverAssignmentType = message.serverAssignmentType
    if !message.serverName.isEmpty { exchange.serverName = texts.text(message.span, message.serverName) }
    let attribute = SubscriberTimelines.callIDAttribute
    if let callID = message.first(attribute.code, vendor: attribute.vendor) {
      exchange.callID = HexadecimalText.decoded(message.text(callID.data)).map { key.hash($0) }
    }
    if let reason = message.deregistrationReason {
      exchange.deRegistrationReason = DiameterDictionary.known.enumerationName(
        reason.code, of: DiameterAttributeCode.reasonCode, vendor: DiameterVendor.threeGPP)
    }
    exchange.takePolicyFacts(message, key: key)
    exchange.details.take(request: message, identities)
    noteProfile(of: message, exchange)
    exchanges[place] = exchange
  }

  private mutating func take(answer message: DiameterMessage, exchange place: Int) {
    guard var exchange = exchanges.takeOut(place) else { return }
    exchange.result = result(of: message)
    if exchange.session == nil, !message.sessionID.isEmpty {
      exchange.session = key.hash(message.span, in: message.sessionID.range)
      exchange.answerSession = message.text(message.sessionID)
    }
    if exchange.privateIdentity == nil {
      exchange.privateIdentity = IdentityText.privateIdentity(message.text(message.userName))
    }
    if !message.serverName.isEmpty { exchange.serverName = texts.text(message.span, message.serverName) }
    let items = message.authenticationItems
    if message.header.commandCode == CxCommand.multimediaAuth, let scheme = items.first?.scheme, !scheme.isEmpty {
      exchange.authenticationScheme = message.text(scheme)
    }
    // What the profile holds, once somebody has looked.
    var profile: UserDataSighting?
    if message.header.applicationID == CxCommand.application, !message.userData.isEmpty {
      let data = message.span.extracting(message.userData.range)
      let found = subscribers.look(atUserData: data)
      profile = found
      for range in found.publicIdentities {
        let identity = IdentityText.publicIdentity(data.extracting(range.range)) ?? data.text(in: range.range)
        if !exchange.publicIdentities.contains(identity) { exchange.publicIdentities.append(identity) }
      }
    }
    exchange.details.take(answer: message, items)
    tieIdentities(of: exchange)
    if exchange.isSuccess { noteProfile(of: message, exchange, profile) }
    exchanges[place] = exchange
  }

  private func result(of answer: DiameterMessage) -> DiameterExchange.Result? {
    if let code = answer.resultCode { return .base(code) }
    return answer.experimentalResult.map { .experimental(vendor: $0.vendor, code: $0.code) }
  }

  /// Keeps the profile that the HSS sends: in SAA (TS 29.228 section 6.1.2) or PPR (section 6.2.1).
  private mutating func noteProfile(
    of message: DiameterMessage, _ exchange: ExchangeState, _ profile: UserDataSighting? = nil
  ) {
    guard exchange.applicationID == CxCommand.application, !message.userData.isEmpty,
      let handle = subscriber(of: exchange)
    else { return }
    let data = message.span.extracting(message.userData.range)
    let isKept = subscribers.note(userData: data, profile, of: handle)
    if !isKept, let frame = exchange.answer?.frame ?? exchange.request?.frame {
      anomalies.record(.stateEvicted, at: .diameter, frame: frame)
    }
  }

  /// Ties the identities that a successful exchange over Cx names together. A failed one may name any two (5002,
  /// IDENTITIES_DONT_MATCH).
  private mutating func tieIdentities(of exchange: ExchangeState) {
    guard exchange.applicationID == CxCommand.application, exchange.isSuccess else { return }
    var handle: SubscriberHandle?
    if let identity = exchange.privateIdentity {
      handle = subscribers.noteIdentity(identity, isPrivate: true)
    }
    for identity in exchange.publicIdentities {
      let other = subscribers.noteIdentity(identity, isPrivate: false)
      if let handle { subscribers.merge(handle, other) }
      handle = other
    }
    if let handle, let name = exchange.serverName { subscribers.note(servingCSCF: name, of: handle) }
  }
}
