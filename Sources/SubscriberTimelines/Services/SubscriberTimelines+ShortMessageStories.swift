import ByteReading
import CaptureFacts
import SIPMessages
import ServiceDocuments

/// Follows a short message from its sender through the centre, which is out of sight, to its recipient, and to the status
/// report: each is a record of its own user, and they name each other.
extension SubscriberTimelines {
  /// How far the centre's clock may be from that of the capture for TP-SCTS to speak for a join.
  static let centreClockTolerance: Int64 = 5

  /// Takes one message of the relay layer of the record at `place`.
  mutating func follow(
    _ transfer: ShortMessageTransfer, _ message: SIPMessage, of messaging: MessagingFacts, record place: Int
  ) {
    guard let content = transfer.message else { return }
    switch (transfer.kind, content.kind) {
    case (.data, .submit): followSubmission(transfer, content, message, of: messaging, record: place)
    case (.data, .deliver): followDelivery(content, message, of: messaging, record: place)
    case (.data, .statusReport): followReport(transfer, content, message, of: messaging, record: place)
    case (.acknowledgement, .submitReport):
      // What the centre answers names the time under which it delivers (TS 23.040 section 9.2.2.2a).
      guard let serial = messaging.shortMessage?.serial, let time = content.timestamp?.text else { return }
      shortMessages[serial]?.timestamp = time
    default: break
    }
  }

  private mutating func followSubmission(
    _ transfer: ShortMessageTransfer, _ content: ShortMessage, _ message: SIPMessage, of messaging: MessagingFacts,
    record place: Int
  ) {
    let addresses =
      [message.from.uri]
      + [.pAssertedIdentity, .pPreferredIdentity].compactMap {
        message.firstAddress($0)?.uri
      }
    let identities = addresses.compactMap { identity(message, $0) }
    if let serial = messaging.shortMessage?.serial {
      addIdentities(identities, to: serial)
      return
    }
    guard let number = content.address.flatMap({ TelephoneNumber.digits($0.text) }), let seat = seat(of: place) else {
      return
    }
    let serial = shortMessages.add(
      ShortMessageLedger.Entry(seat: seat, isSubmission: true, time: now, number: number, identities: identities))
    messaging.shortMessage?.serial = serial
    if let content = content.content { shortMessages.add(serial, under: content.hash(under: key)) }
    if let reference = content.reference, let user = userKey(message, transfer) {
      shortMessages.add(serial, under: user.combined(with: UInt64(reference)))
    }
  }

  private mutating func followDelivery(
    _ content: ShortMessage, _ message: SIPMessage, of messaging: MessagingFacts, record place: Int
  ) {
    let addresses = [message.to.uri, message.requestURI, message.firstAddress(.pCalledPartyID)?.uri]
    let identities = addresses.compactMap(\.self).compactMap { identity(message, $0) }
    if let serial = messaging.shortMessage?.serial {
      addIdentities(identities, to: serial)
    } else if let number = content.address.flatMap({ TelephoneNumber.digits($0.text) }), let seat = seat(of: place) {
      let serial = shortMessages.add(
        ShortMessageLedger.Entry(
          seat: seat, isSubmission: false, time: now, number: number, identities: identities,
          timestamp: content.timestamp?.text))
      messaging.shortMessage?.serial = serial
      if let time = content.timestamp?.text { shortMessages.add(serial, under: key.hash(time)) }
    }
    guard let serial = messaging.shortMessage?.serial, let entry = shortMessages[serial], !entry.isJoined,
      let (submission, joinKey) = submission(of: entry, content)
    else { return }
    join(delivery: serial, to: submission, by: joinKey)
  }

  /// The submission that a delivery is of: the same user data between the same two numbers. Where several are, only the
  /// time under which the centre took them tells.
  private func submission(of delivery: ShortMessageLedger.Entry, _ content: ShortMessage) -> (Int, Dialog.JoinKey)? {
    guard let data = content.content else { return nil }
    let candidates = shortMessages.serials(under: data.hash(under: key)).filter { serial in
      guard let entry = shortMessages[serial], entry.isSubmission, entry.time <= delivery.time,
        !entry.isJoined || entry.timestamp == delivery.timestamp,
        entry.timestamp == nil || entry.timestamp == delivery.timestamp
      else { return false }
      return isNumber(entry.number, of: delivery.identities) && isNumber(delivery.number, of: entry.identities)
    }
    let sameTime = candidates.filter { shortMessages[$0]?.timestamp != nil }
    if sameTime.count == 1 { return (sameTime[0], .centreTime) }
    guard candidates.count == 1, let entry = shortMessages[candidates[0]] else { return nil }
    let taken = content.timestamp?.secondsSinceEpoch
    let distance = taken.map { abs($0 - entry.time.nanoseconds / 1_000_000_000) }
    let isClose = distance.map { $0 <= SubscriberTimelines.centreClockTolerance } ?? false
    return (candidates[0], isClose ? .userDataAndTime : .userData)
  }

  private mutating func join(delivery serial: Int, to submission: Int, by joinKey: Dialog.JoinKey) {
    guard let delivery = shortMessages[serial], let entry = shortMessages[submission] else { return }
    shortMessages[serial]?.isJoined = true
    shortMessages[submission]?.isJoined = true
    shortMessages[submission]?.timestamp = entry.timestamp ?? delivery.timestamp
    relate(delivery.seat.place, .deliveryOf, entry.seat, by: joinKey)
  }

  /// A status report is about what its user submitted with its TP-Message-Reference, to the number that it names; its
  /// TP-SCTS is that of the delivery (TS 23.040 sections 9.2.2.3 and 9.2.3.11).
  private mutating func followReport(
    _ transfer: ShortMessageTransfer, _ content: ShortMessage, _ message: SIPMessage, of messaging: MessagingFacts,
    record place: Int
  ) {
    guard let number = content.address.flatMap({ TelephoneNumber.digits($0.text) }),
      let user = userKey(message, transfer), let reference = content.reference
    else { return }
    var submission = messaging.shortMessage?.serial
    if submission == nil {
      submission = shortMessages.serials(under: user.combined(with: UInt64(reference))).last { serial in
        shortMessages[serial].map { TelephoneNumber.areSame($0.number, number) } ?? false
      }
      guard let serial = submission, let entry = shortMessages[serial] else { return }
      relate(place, .reportOn, entry.seat, by: .transferReference)
    }
    guard let submission, let entry = shortMessages[submission], entry.isSubmission, !entry.isJoined,
      let time = content.timestamp?.text
    else { return }
    let deliveries = shortMessages.serials(under: key.hash(time)).filter { serial in
      guard let delivery = shortMessages[serial], !delivery.isSubmission, !delivery.isJoined else { return false }
      return isNumber(entry.number, of: delivery.identities) && isNumber(delivery.number, of: entry.identities)
    }
    if deliveries.count == 1 { join(delivery: deliveries[0], to: submission, by: .centreTime) }
  }

  private mutating func addIdentities(_ identities: [String], to serial: Int) {
    guard let known = shortMessages[serial]?.identities else { return }
    for identity in identities
    where !known.contains(identity) && known.count < ShortMessageLedger.keptIdentities {
      shortMessages[serial]?.identities.append(identity)
    }
  }

  /// Whether a number is one of a user of whom these identities are known: one of them, or another of the same subscriber.
  private func isNumber(_ number: Substring, of identities: [String]) -> Bool {
    identities.contains { identity in
      let subscriber = subscribers.subscriber(with: identity, isPrivate: false)
      let all = subscriber.map { subscribers.publicIdentities(of: $0) } ?? []
      return (all + [identity]).contains { text in
        TelephoneNumber.digits(text).map { TelephoneNumber.areSame($0, number) } ?? false
      }
    }
  }
}
