import ByteReading
import CaptureFacts
import SIPMessages
import ServiceDocuments

extension SubscriberTimelines {
  /// How long RP-DATA may wait for its confirmation: timer TR1M, at most 45 s (TS 24.011 section 10).
  static let relayBound: Int64 = 45_000_000_000

  /// The open record of a service that a request of another Call-ID belongs to, and what joins it.
  mutating func joinedService(_ message: SIPMessage) -> (place: Int, key: Dialog.JoinKey)? {
    switch message.method {
    case .message: joinedShortMessage(message)
    case .publish: subscription(publishedTo: message)
    default: nil
    }
  }

  // MARK: - Short messages

  /// The message of the relay layer in a MESSAGE; nil where it has none.
  func shortMessageTransfer(in message: SIPMessage) -> ShortMessageTransfer? {
    guard message.isRequest, message.method == .message, let type = message.contentType,
      type.matches("application", "vnd.3gpp.sms", in: message.span)
    else { return nil }
    let transfer = ShortMessageTransfer(parsing: message.span.extracting(message.body.range))
    return transfer.kind == nil ? nil : transfer
  }

  /// A confirmation belongs to the data of the other direction with its reference (TS 24.011 section 8.2.3), a status
  /// report to what the same user submitted with its TP-Message-Reference (TS 23.040 section 9.2.3.6). In-Reply-To with
  /// the Call-ID, where it is there, says so itself (TS 24.341 section 5.3.1.3).
  private func joinedShortMessage(_ message: SIPMessage) -> (Int, Dialog.JoinKey)? {
    guard let transfer = shortMessageTransfer(in: message) else { return nil }
    if transfer.kind != .data, let callID = message.first(.inReplyTo),
      let place = index.places(.callID, key.hash(message.span, in: callID.range)).last,
      open[place]?.messaging?.shortMessage != nil
    {
      return (place, .inReplyTo)
    }
    guard let user = userKey(message, transfer) else { return nil }
    switch transfer.kind {
    case .acknowledgement, .error:
      guard let reference = transfer.reference else { return nil }
      let key = user.combined(with: UInt64(reference) << 1 | (transfer.isToMobile ? 0 : 1))
      return index.places(.relayReference, key).last.map { ($0, .relayReference) }
    case .data where transfer.message?.kind == .statusReport:
      guard let reference = transfer.message?.reference else { return nil }
      // References come round again after 256: the number must be the same, too.
      let number = transfer.message?.address.flatMap { TelephoneNumber.digits($0.text) }
      return index.places(.transferReference, user.combined(with: UInt64(reference))).last { place in
        guard let number, let to = open[place]?.messaging?.shortMessage?.summary.destination,
          let other = TelephoneNumber.digits(to)
        else { return false }
        return TelephoneNumber.areSame(number, other)
      }.map { ($0, .transferReference) }
    default:
      return nil
    }
  }

  /// The user at the UE's end: From of what it sends, To of what is sent to it.
  func userKey(_ message: SIPMessage, _ transfer: ShortMessageTransfer) -> KeyedHash? {
    identity(message, transfer.isToMobile ? message.to.uri : message.from.uri).map { subscriberKey($0) }
  }

  /// What all identities of one subscriber share.
  func subscriberKey(_ identity: String, isPrivate: Bool = false) -> KeyedHash {
    guard let handle = subscribers.subscriber(with: identity, isPrivate: isPrivate) else { return key.hash(identity) }
    return key.start.combined(with: UInt64(handle.index))
  }

  /// Takes what the relay layer says into the facts of a messaging record, and makes the record known under what its
  /// confirmation will name.
  mutating func takeShortMessage(_ message: SIPMessage, into messaging: MessagingFacts, record place: Int) {
    guard let transfer = shortMessageTransfer(in: message) else { return }
    var facts = messaging.shortMessage ?? ShortMessageFacts()
    facts.take(transfer)
    messaging.shortMessage = facts
    follow(transfer, message, of: messaging, record: place)
    guard transfer.kind == .data, let reference = transfer.reference, let user = userKey(message, transfer) else {
      return
    }
    let relay = user.combined(with: UInt64(reference) << 1 | (transfer.isToMobile ? 1 : 0))
    add(place, .relayReference, relay, to: &messaging.indexed)
    if transfer.message?.kind == .submit, let reference = transfer.message?.reference {
      add(place, .transferReference, user.combined(with: UInt64(reference)), to: &messaging.indexed)
    }
  }

  // MARK: - Subscriptions and publications

  /// The subscription that a publication is for: the one that watches the same user, where there is just one.
  private func subscription(publishedTo message: SIPMessage) -> (Int, Dialog.JoinKey)? {
    guard let key = watchedKey(message) else { return nil }
    let places = index.places(.presentity, key)
    return places.count == 1 ? (places[0], .presentity) : nil
  }

  /// Makes a subscription known under the user it watches.
  mutating func noteWatched(_ message: SIPMessage, into messaging: MessagingFacts, record place: Int) {
    guard message.method == .subscribe, let key = watchedKey(message) else { return }
    add(place, .presentity, key, to: &messaging.indexed)
  }

  /// The user whom a SUBSCRIBE or PUBLISH is about, with the event package (RFC 3903 section 4, RFC 6665).
  private func watchedKey(_ message: SIPMessage) -> KeyedHash? {
    guard let event = message.event, let identity = identity(message, message.to.uri) else { return nil }
    return subscriberKey(identity).combined(with: key.hash(message.span, in: event.package.range))
  }

  private mutating func add(
    _ place: Int, _ name: OpenIndex.Name, _ key: KeyedHash, to indexed: inout [OpenIndex.Entry]
  ) {
    let entry = OpenIndex.Entry(name: name, key: key)
    guard indexed.count < MessagingFacts.keptKeys, !indexed.contains(entry) else { return }
    index.add(place, name, key)
    indexed.append(entry)
  }

  // MARK: - Registrations that ended

  /// The open record of a registration that the network ended, where a NOTIFY tells of it (TS 24.229 section 5.4.2.1.2):
  /// it may come in the dialog of a subscription, but is a part of what the HSS or the S-CSCF began.
  func endedRegistration(toldBy message: SIPMessage) -> Int? {
    guard message.isRequest, message.method == .notify, let event = message.event,
      message.span.equalsIgnoringCase("reg", in: event.package.range)
    else { return nil }
    let state = message.first(.subscriptionState)?.range ?? 0..<0
    guard
      message.span.firstOffset(of: "terminated", in: state) != nil
        || message.span.firstOffset(of: "\"terminated\"", in: message.body.range) != nil
    else { return nil }
    for uri in [message.from.uri, message.to.uri] {
      guard let identity = identity(message, uri) else { continue }
      if let place = index.places(.endedRegistration, subscriberKey(identity)).last { return place }
    }
    return nil
  }
}
