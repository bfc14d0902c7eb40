import ByteReading
import CaptureFacts
import SIPMessages

extension SubscriberTimelines {
  /// Takes a SIP message. Says what it is to those before it, and the name under which more may be learned of it, where it
  /// has an open record.
  @discardableResult
  public mutating func receive(_ observed: Observed<SIPMessage>) -> MessageSighting {
    receive(observed, observed.keys(under: key))
  }

  /// The same of a message whose keys, under that of these timelines, were made before.
  @discardableResult
  public mutating func receive(_ observed: Observed<SIPMessage>, _ keys: SIPMessageKeys) -> MessageSighting {
    advance(to: observed.time)
    let (from, to) = nodes(of: observed)
    let facts = SIPFacts(observed.message, keys, from: from, to: to, description: description)
    noteSign(of: observed, from: from, to: to)
    clocks.note(observed.station, of: observed.point)
    var sighting = MessageSighting(from: from, to: to)
    guard let place = place(of: observed, facts) else { return sighting }
    guard let dialog = open[place]?.callIDs.firstIndex(of: facts.callID),
      let addition = open[place]?.trail.add(observed, facts, dialog: dialog)
    else { return sighting }
    sighting.ticket = MessageTicket(
      place: UInt32(truncatingIfNeeded: place), generation: open.generations[place], isDiameter: false,
      fingerprint: facts.fingerprint)
    noteCorrelation(of: observed, record: place)
    let transaction: Int
    switch addition {
    case .copy:
      sighting.repetition = .copy
      compareClocks(ofCopy: observed, facts, record: place)
      return sighting
    case .retransmission:
      sighting.repetition = .retransmission
      noteNodes(of: observed, facts, record: place, transaction: nil)
      return sighting
    case .message(let place): transaction = place
    }
    sipMessages += 1
    nodes.countMessage(from: from, to: to, isSIP: true)
    noteRoles(observed, facts)
    noteNodes(of: observed, facts, record: place, transaction: transaction)
    compareClocks(record: place, transaction: transaction, isRequest: observed.message.isRequest)
    noteAddresses(observed, facts, record: place)
    // Each takes nothing where the record is about something else.
    noteTransferNumber(observed.message)
    takeRegistrationFacts(observed, facts, record: place)
    takeCallFacts(observed, facts, record: place, transaction: transaction, dialog: dialog)
    takeMessagingFacts(observed, facts, record: place)
    keepBodies(of: observed, record: place)
    noteFilterCriteria(observed, facts, record: place, transaction: transaction)
    return sighting
  }

  /// Keeps the bodies of a message that tell something of its record.
  private mutating func keepBodies(of observed: Observed<SIPMessage>, record place: Int) {
    guard !observed.message.body.isEmpty, let before = open[place]?.bodies.byteCount else { return }
    open[place]?.bodies.add(observed, key: key, room: BodyCollection.byteBound - bodyBytes)
    bodyBytes += (open[place]?.bodies.byteCount ?? before) - before
  }

  /// Finds the record by the addresses of its UEs from now on: that of the first hop, and that of the Contact to which a
  /// session is sent.
  private mutating func noteAddresses(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, record place: Int) {
    let message = observed.message
    let address: IPAddress
    if facts.viaCount == 1 {
      address = message.isRequest ? observed.flow.source.address : observed.flow.destination.address
    } else if message.isRequest, message.method == .invite, facts.toTag == nil,
      message.names(observed.flow.destination.address, in: message.requestURI)
    {
      address = observed.flow.destination.address
    } else {
      return
    }
    let key = PolicyCommand.key(of: address, under: key)
    guard let known = open[place]?.addresses, !known.contains(key), known.count < OpenRecord.keptAddresses else {
      return
    }
    open[place]?.addresses.append(key)
    index.add(place, .address, key)
  }

  /// The two nodes of a message. Ports tell nodes apart only on an address that several share; a port that was chosen
  /// for one connection tells nothing, but the sent-by of the topmost Via names the sender's own (RFC 3261 section
  /// 18.1.1).
  private mutating func nodes(of observed: Observed<SIPMessage>) -> (from: NodeHandle, to: NodeHandle) {
    let flow = observed.flow
    let message = observed.message
    if flow.source.address == flow.destination.address { nodes.noteSharing(flow.source.address) }
    let isConnection = flow.transport != .udp
    if message.isRequest {
      let ownPort = isConnection ? SubscriberTimelines.sentByPort(of: message, from: flow.source.address) : nil
      let from = nodes.node(at: flow.source, ownPort: ownPort, isOwn: !isConnection)
      return (from, nodes.node(at: flow.destination, isOwn: true))
    }
    let from = nodes.node(at: flow.source, isOwn: true)
    return (from, nodes.node(at: flow.destination, isOwn: false))
  }

  /// The port of sent-by, where its host is the sender's address or a name.
  private static func sentByPort(of message: SIPMessage, from address: IPAddress) -> UInt16? {
    let via = message.topVia
    guard !via.sentByHost.isEmpty else { return nil }
    if let host = IPAddress(message.span, in: via.sentByHost.range), host != address { return nil }
    return via.sentByPort ?? 5060
  }

  // MARK: - Which record

  /// The open record of a message, a new one where it begins one; nil where it is late or belongs to nothing.
  private mutating func place(of observed: Observed<SIPMessage>, _ facts: SIPFacts) -> Int? {
    let message = observed.message
    if let place = endedRegistration(toldBy: message) {
      if open[place]?.callIDs.contains(facts.callID) != true { join(message, facts, to: place) }
      return place
    }
    if let place = openRecord(of: message, facts) {
      guard message.method == .register, beginsAnotherAttempt(observed, facts, record: place)
      else { return place }
      return begin(.registration(RegistrationFacts()), observed, facts)
    }
    let isContinuation = !message.isRequest || facts.toTag != nil || message.method == .ack || message.method == .cancel
    if isContinuation, let record = closed.record(facts.callID) {
      emitted.append(.late(record, event(observed, facts)))
      sipMessages += 1
      return nil
    }
    if message.isRequest, let place = joinedRecord(of: observed, facts) { return place }
    switch message.method {
    case .register:
      return begin(.registration(RegistrationFacts()), observed, facts)
    case .invite, .ack, .bye, .cancel, .prack, .update:
      let call = CallFacts()
      call.beganBeforeCapture = isContinuation
      return begin(.call(call), observed, facts)
    case .info, .refer:
      guard facts.toTag != nil || !message.isRequest else { break }
      let call = CallFacts()
      call.beganBeforeCapture = true
      return begin(.call(call), observed, facts)
    default:
      break
    }
    return begin(.messaging(MessagingFacts(method: message.method)), observed, facts)
  }

  /// The open record with the Call-ID of a message and the tag of who opened it. Call-IDs alone do not do: UEs that share
  /// software may write the same one.
  private func openRecord(of message: SIPMessage, _ facts: SIPFacts) -> Int? {
    if let place = index.onlyPlace(.callID, facts.callID) { return isOf(record: place, message, facts) ? place : nil }
    let places = index.places(.callID, facts.callID)
    // The latest attempt first: an earlier one with the same Call-ID is over.
    for place in places.reversed() {
      // What came behind a loss on its connection may be of the attempt before.
      if let first = open[place]?.registration?.firstCSeq, message.cseqNumber < first, message.method == .register {
        continue
      }
      if isOf(record: place, message, facts) { return place }
    }
    return nil
  }

  /// Whether a message is of a record with its Call-ID.
  private func isOf(record place: Int, _ message: SIPMessage, _ facts: SIPFacts) -> Bool {
    if let dialog = open[place]?.callIDs.firstIndex(of: facts.callID) {
      let opener = open[place]?.openerTags[dialog]
      if opener == facts.fromTag || (opener != nil && opener == facts.toTag) { return true }
    }
    // RFC 3261 section 10.2: a UE keeps the Call-ID of its registrations, not their tag.
    guard message.method == .register, let known = open[place]?.registration?.addressOfRecord else { return false }
    return known == addressOfRecord(of: message)
  }

  /// The open record that a request of another Call-ID belongs to: a third-party REGISTER to its registration, the
  /// outgoing side of a back-to-back user agent to its call.
  private mutating func joinedRecord(of observed: Observed<SIPMessage>, _ facts: SIPFacts) -> Int? {
    let message = observed.message
    guard facts.toTag == nil else { return nil }
    var place: Int?
    var join: Dialog.JoinKey?
    switch message.method {
    case .register where isThirdParty(message):
      place = addressOfRecord(of: message).flatMap { index.places(.identity, $0).last }
    case .invite:
      (place, join) = joinedCall(observed, facts) ?? (nil, nil)
    case .refer:
      (place, join) = targetedCall(message) ?? (nil, nil)
    default:
      (place, join) = joinedService(message) ?? (nil, nil)
    }
    guard let place else { return nil }
    self.join(message, facts, to: place)
    if let join {
      open[place]?.call?.joins.append(join)
      open[place]?.messaging?.joins.append(join)
    }
    return place
  }

  /// Adds the dialog that a message opens to a record.
  private mutating func join(_ message: SIPMessage, _ facts: SIPFacts, to place: Int) {
    open[place]?.callIDs.append(facts.callID)
    open[place]?.openerTags.append(facts.fromTag)
    open[place]?.trail.callIDs.append(message.text(message.callID))
    index.add(place, .callID, facts.callID)
  }

  /// Keeps what a capture agent says that a record belongs to: the first word stands.
  private mutating func noteCorrelation(of observed: Observed<SIPMessage>, record place: Int) {
    guard let identifier = observed.correlationIdentifier, open[place]?.correlationIdentifier == nil else { return }
    open[place]?.correlationIdentifier = identifier
    index.add(place, .correlation, key.hash(identifier))
  }

  /// Whether a request of the record was received by `node`: only then can it have sent another for it.
  func hasReached(_ node: NodeHandle, record place: Int) -> Bool {
    open[place]?.trail.transactions.contains { nodes.root($0.to) == nodes.root(node) } ?? false
  }

  /// Opens a record with this message.
  private mutating func begin(
    _ subject: OpenRecord.Subject, _ observed: Observed<SIPMessage>, _ facts: SIPFacts
  ) -> Int {
    if open.count >= SubscriberTimelines.openRecords, let oldest = open.elements.firstIndex(where: { $0 != nil }) {
      anomalies.record(.stateEvicted, at: .sip, frame: observed.frame)
      close(record: oldest, atEnd: false)
    }
    let message = observed.message
    var trail = MessageTrail(start: observed.time)
    trail.callIDs = [message.text(message.callID)]
    // The opener's tag is in From of what it sends and in To of what is sent to it; for a message from the middle of a
    // dialog either may be it, and the other side's messages carry both.
    let place = open.insert(
      OpenRecord(
        subject: subject, trail: trail, callIDs: [facts.callID], openerTags: [facts.fromTag],
        openerTagText: message.text(message.from.tag)))
    index.add(place, .callID, facts.callID)
    timers.schedule(
      .record(place, open.generations[place]), at: observed.time.advanced(byNanoseconds: SubscriberTimelines.linger))
    return place
  }

  func event(_ observed: Observed<SIPMessage>, _ facts: SIPFacts) -> TimelineEvent {
    let message = observed.message
    return TimelineEvent(
      time: observed.time, frame: observed.frame, from: facts.from, to: facts.to, transport: observed.flow.transport,
      kind: message.isRequest ? .request(message.method) : .response(status: message.status, method: message.method),
      isRetransmission: false, copies: 0, point: observed.point, fingerprint: facts.fingerprint,
      mark: observed.transmissionMark)
  }

  // MARK: - Identities

  /// The identity that a URI names, in the form of `IdentityText`.
  func identity(_ message: SIPMessage, _ uri: ByteRange) -> String? {
    uri.isEmpty ? nil : IdentityText.publicIdentity(message.span.extracting(uri.range))
  }

  /// The address-of-record of a REGISTER: its To (RFC 3261 section 10.2).
  func addressOfRecord(of message: SIPMessage) -> KeyedHash? {
    identity(message, message.to.uri).map { key.hash($0) }
  }

  /// Whether a REGISTER was sent by another than the one it registers (TS 24.229 section 5.4.1.7).
  func isThirdParty(_ message: SIPMessage) -> Bool {
    // Nearly always the two are written alike.
    if message.span.equals(message.from.uri.range, message.to.uri.range) { return false }
    guard let from = identity(message, message.from.uri) else { return !message.from.uri.isEmpty }
    return from != identity(message, message.to.uri)
  }
}
