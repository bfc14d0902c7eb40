import ByteReading
import CaptureFacts
import SIPMessages

/// Joins the two sides of a back-to-back user agent: a request with another Call-ID is a leg of a call where its sender
/// received an INVITE of that call before, and a key says so. Keys that only make it likely need more: that INVITE waits
/// for its answer, the request begins a way of its own, and no other call has the key.
extension SubscriberTimelines {
  /// How soon after an INVITE a back-to-back user agent sends its own for the two users alone to tell that they are one
  /// call: databases are asked in between.
  static let partiesInterval: Int64 = 2_000_000_000

  /// The open call that an INVITE of another Call-ID belongs to, and what joins it, strongest key first.
  func joinedCall(_ observed: Observed<SIPMessage>, _ facts: SIPFacts) -> (place: Int, key: Dialog.JoinKey)? {
    let message = observed.message
    let sender = facts.from
    func named(_ name: OpenIndex.Name, _ value: ByteRange?, _ join: Dialog.JoinKey) -> (Int, Dialog.JoinKey)? {
      guard let value, !value.isEmpty else { return nil }
      return index.places(name, key.hash(message.span, in: value.range)).last { hasReached(sender, record: $0) }
        .map { ($0, join) }
    }
    if let found = named(
      .chargingIdentifier, message.parameter("icid-value", of: .pChargingVector), .chargingIdentifier)
    {
      return found
    }
    if let found = named(
      .chargingIdentifier, message.parameter("related-icid", of: .pChargingVector), .relatedChargingIdentifier)
    {
      return found
    }
    if let place = sameSession(message, sender) { return (place, .sessionID) }
    if let place = callNamedByHeader(of: message, sender) { return (place, .callIDHeader) }
    if let identifier = observed.correlationIdentifier,
      let place = index.places(.correlation, key.hash(identifier)).last(where: {
        open[$0]?.call != nil && hasReached(sender, record: $0)
      })
    {
      return (place, .captureAgent)
    }
    // A proxy adds its Via to those before; who begins anew may be the other side of a session.
    guard facts.viaCount == 1 else { return nil }
    return sameDescription(message, facts, sender) ?? sameParties(message, sender)
  }

  // MARK: - Keys

  /// The halves of Session-ID: the sender's own, and the other side's where it is known.
  private func sessionHalves(of message: SIPMessage) -> (local: KeyedHash?, remote: KeyedHash?) {
    guard let session = message.sessionID else { return (nil, nil) }
    func half(_ range: ByteRange) -> KeyedHash? {
      // RFC 7989 section 5: all zeros while it is unknown; 32 digits, of which the case does not tell.
      guard range.count == 32, range.range.contains(where: { message.span.byte(at: $0) != UInt8(ascii: "0") }) else {
        return nil
      }
      return key.hash(message.text(range).lowercased())
    }
    return (half(session.local), half(session.remote))
  }

  /// The call of the same session. What a back-to-back user agent sends names the caller (RFC 7989 section 6), in either
  /// half; a user who was called names its own half in calls that it makes later.
  private func sameSession(_ message: SIPMessage, _ sender: NodeHandle) -> Int? {
    let halves = sessionHalves(of: message)
    for half in [halves.local, halves.remote].compactMap(\.self) {
      let place = index.places(.sessionIdentifier, half).last { place in
        awaitsAnswer(sender, record: place)
          || open[place]?.call?.callerSession == half && hasReceivedInvite(sender, record: place)
      }
      if let place { return place }
    }
    return nil
  }

  /// The call whose Call-ID a header names that the node made up for this: X-CID, X-Call-ID, P-Original-Call-ID.
  private func callNamedByHeader(of message: SIPMessage, _ sender: NodeHandle) -> Int? {
    for field in message.fields where field.name == .other {
      let name = message.text(field.nameRange).lowercased()
      guard name.hasPrefix("x-") || name.hasPrefix("p-"), name.hasSuffix("call-id") || name.hasSuffix("cid") else {
        continue
      }
      let end = message.span.firstOffset(of: UInt8(ascii: ";"), in: field.value.range) ?? Int(field.value.end)
      let place = index.places(.callID, key.hash(message.span, in: Int(field.value.start)..<end)).last {
        open[$0]?.call != nil && hasReached(sender, record: $0)
      }
      if let place { return place }
    }
    return nil
  }

  /// The keys of a session description: its origin, and where the first medium is to be received.
  private func descriptionKeys(
    of message: SIPMessage, _ facts: SIPFacts
  ) -> (origin: KeyedHash?, media: KeyedHash?) {
    guard !message.body.isEmpty, let session = facts.session(of: message) else { return (nil, nil) }
    let origin = session.origin
    var originKey: KeyedHash?
    if !origin.sessionID.isEmpty, !origin.address.isEmpty {
      originKey = [origin.username, origin.sessionID].reduce(key.hash(message.span, in: origin.address.range)) {
        $0.combined(with: key.hash(message.span, in: $1.range))
      }
    }
    let medium = session.media.first { !$0.isRefused }
    let address = medium.map { $0.address.isEmpty ? session.address : $0.address }
    guard let medium, let port = medium.port, let address, !address.isEmpty else { return (originKey, nil) }
    return (originKey, key.hash(message.span, in: address.range).combined(with: UInt64(port)))
  }

  /// The call whose caller made the same description, or wants its media at the same place. Devices that write the same
  /// origin into all their descriptions are told apart by the latter.
  private func sameDescription(
    _ message: SIPMessage, _ facts: SIPFacts, _ sender: NodeHandle
  ) -> (Int, Dialog.JoinKey)? {
    let keys = descriptionKeys(of: message, facts)
    let sameOrigin = keys.origin.map { beginning(.descriptionOrigin, $0, at: sender) } ?? []
    let sameMedia = keys.media.map { beginning(.mediaAddress, $0, at: sender) } ?? []
    let both = sameOrigin.filter { sameMedia.contains($0) }
    let (candidates, join): ([Int], Dialog.JoinKey) =
      !both.isEmpty
      ? (both, .descriptionOrigin)
      : !sameMedia.isEmpty ? (sameMedia, .mediaAddress) : (sameOrigin, .descriptionOrigin)
    guard candidates.count == 1, awaitsAnswer(sender, record: candidates[0]) else { return nil }
    if both.isEmpty, sameMedia.isEmpty,
      !isAddressed(message, asIn: candidates[0]) || hasSentInvite(sender, record: candidates[0])
    {
      return nil
    }
    return (candidates[0], join)
  }

  /// The call of the same two users, if there is just one that the sender may have to go on with.
  private func sameParties(_ message: SIPMessage, _ sender: NodeHandle) -> (Int, Dialog.JoinKey)? {
    var candidates: Set<Int> = []
    for key in partiesKeys(of: message) {
      for place in beginning(.parties, key, at: sender) where !hasSentInvite(sender, record: place) {
        candidates.insert(place)
      }
    }
    guard candidates.count == 1, let place = candidates.first, awaitsAnswer(sender, record: place),
      let start = open[place]?.trail.transactions.last(where: { isInvite($0, to: sender) })?.requestTime,
      now.nanoseconds(since: start) <= SubscriberTimelines.partiesInterval
    else { return nil }
    return (place, .parties)
  }

  /// The two users: whom the network asserts, or From, and who is called.
  private func partiesKeys(of message: SIPMessage) -> [KeyedHash] {
    let callers = [message.firstAddress(.pAssertedIdentity)?.uri, message.from.uri].compactMap(\.self)
    let callee = message.userPart(of: message.requestURI)
    guard !callee.isEmpty else { return [] }
    let target = key.hash(message.span, in: callee.range)
    return callers.compactMap { identity(message, $0) }.map { subscriberKey($0).combined(with: target) }
  }

  // MARK: - What is taken

  /// Takes what an INVITE brings by which the other side of the call will be known.
  mutating func noteJoinKeys(of message: SIPMessage, _ facts: SIPFacts, into call: CallFacts, record place: Int) {
    noteSessionKeys(of: message, isRequest: true, into: call, record: place)
    // Further hops name the same users.
    let named = [message.first(.pAssertedIdentity) ?? ByteRange(), message.from.uri, message.requestURI]
      .reduce(key.start) { $0.combined(with: key.hash(message.span, in: $1.range)) }
    if named != call.readParties {
      call.readParties = named
      for key in partiesKeys(of: message) { add(place, .parties, key, to: call) }
    }
    // Nearly every hop passes the description on as it is.
    guard let description = facts.body, description != call.offerDescription else { return }
    call.offerDescription = description
    let keys = descriptionKeys(of: message, facts)
    if let origin = keys.origin { add(place, .descriptionOrigin, origin, to: call) }
    if let media = keys.media { add(place, .mediaAddress, media, to: call) }
  }

  /// Takes the identifiers of the session from an INVITE or from a response to it: some nodes name them there only.
  mutating func noteSessionKeys(of message: SIPMessage, isRequest: Bool, into call: CallFacts, record place: Int) {
    if let value = message.parameter("icid-value", of: .pChargingVector), !value.isEmpty {
      if call.chargingIdentifier == nil { call.chargingIdentifier = message.text(value) }
      add(place, .chargingIdentifier, key.hash(message.span, in: value.range), to: call)
    }
    guard message.first(.sessionID) != nil else { return }
    let halves = sessionHalves(of: message)
    if isRequest, call.callerSession == nil { call.callerSession = halves.local }
    for half in [halves.local, halves.remote].compactMap(\.self) { add(place, .sessionIdentifier, half, to: call) }
  }

  mutating func add(_ place: Int, _ name: OpenIndex.Name, _ key: KeyedHash, to call: CallFacts) {
    let entry = OpenIndex.Entry(name: name, key: key)
    guard call.indexed.count < CallFacts.keptKeys, !call.indexed.contains(entry) else { return }
    call.indexed.append(entry)
    index.add(place, name, key)
  }

  // MARK: - Which calls

  /// The open calls under a key that began lately and have no final response yet; none where `node` owes none of them an
  /// answer, which is soon seen.
  private func beginning(_ name: OpenIndex.Name, _ key: KeyedHash, at node: NodeHandle) -> [Int] {
    let places = index.places(name, key)
    guard places.contains(where: { awaitsAnswer(node, record: $0) }) else { return [] }
    return places.filter { place in
      guard let record = open[place], record.call != nil,
        now.nanoseconds(since: record.trail.start) <= SubscriberTimelines.linger
      else { return false }
      return CallProgress(record.trail).finalStatus == nil
    }
  }

  /// Whether a call is to the same user as a request.
  private func isAddressed(_ message: SIPMessage, asIn place: Int) -> Bool {
    let target = message.userPart(of: message.requestURI)
    guard !target.isEmpty, let targets = open[place]?.call?.targets else { return false }
    return targets.contains(key.hash(message.span, in: target.range))
  }

  private func isInvite(_ transaction: HopTransaction, to node: NodeHandle) -> Bool {
    transaction.method == .invite && !transaction.isInDialog && transaction.requestTime != nil
      && nodes.root(transaction.to) == nodes.root(node)
  }

  private func hasReceivedInvite(_ node: NodeHandle, record place: Int) -> Bool {
    open[place]?.trail.transactions.contains { isInvite($0, to: node) } ?? false
  }

  /// Whether a node received an INVITE of a call that it has not answered yet.
  private func awaitsAnswer(_ node: NodeHandle, record place: Int) -> Bool {
    open[place]?.trail.transactions.contains { isInvite($0, to: node) && $0.finalStatus == 0 } ?? false
  }

  /// Whether a node sent an INVITE of a call on.
  private func hasSentInvite(_ node: NodeHandle, record place: Int) -> Bool {
    open[place]?.trail.transactions.contains {
      $0.method == .invite && !$0.isInDialog && nodes.root($0.from) == nodes.root(node)
    } ?? false
  }
}
