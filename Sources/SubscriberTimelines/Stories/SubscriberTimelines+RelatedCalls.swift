import ByteReading
import SIPMessages

/// Relates a call to those that its INVITE names.
extension SubscriberTimelines {
  /// How many numbers for session transfer are remembered: a network has a few for each of its ATCFs.
  static let keptTransferNumbers = 1 << 12

  mutating func relateByInvite(_ message: SIPMessage, _ facts: SIPFacts, record place: Int) {
    noteCaller(message, record: place)
    if let reference = message.replaces, let other = call(named: reference.callID, in: message, not: place) {
      relate(place, .replacementOf, other, by: .replaces)
    }
    if let other = referrer(of: message, facts, not: place) { relate(place, .transferOf, other, by: .referTo) }
    if let reference = message.targetDialog, let other = call(named: reference.callID, in: message, not: place) {
      // TS 24.237: the ATCF names the dialog whose access leg is moved.
      relate(place, .accessTransferOf, other, by: .targetDialog)
    } else if let other = transferredSession(of: message, not: place) {
      relate(place, .accessTransferOf, other, by: .transferNumber)
    }
    for callID in message.values(.inReplyTo) {
      if let other = call(named: callID, in: message, not: place) { relate(place, .answerTo, other, by: .inReplyTo) }
    }
  }

  /// Remembers the number by which the access network asks for the transfer of a session: what an ATCF announces of itself
  /// while a user registers (TS 24.237).
  mutating func noteTransferNumber(_ message: SIPMessage) {
    guard message.method == .register, message.first(.featureCaps) != nil,
      transferNumbers.count < SubscriberTimelines.keptTransferNumbers
    else { return }
    for value in message.values(.featureCaps) {
      guard let number = message.parameter("+g.3gpp.atcf", in: value) else { continue }
      var uri = number
      if !uri.isEmpty, message.span.byte(at: Int(uri.start)) == UInt8(ascii: "<") {
        uri = ByteRange(Int(uri.start) + 1, max(Int(uri.start) + 1, Int(uri.end) - 1))
      }
      let user = message.userPart(of: uri)
      if !user.isEmpty { transferNumbers.insert(key.hash(message.span, in: user.range)) }
    }
  }

  private mutating func noteCaller(_ message: SIPMessage, record place: Int) {
    guard let call = open[place]?.call else { return }
    let identities: [SIPHeaderName] = [.pAssertedIdentity, .pPreferredIdentity]
    for uri in identities.compactMap({ message.firstAddress($0)?.uri }) + [message.from.uri] {
      let user = message.userPart(of: uri)
      if !user.isEmpty { add(place, .caller, key.hash(message.span, in: user.range), to: call) }
    }
  }

  /// The open call whose dialog a REFER outside of it is about: Target-Dialog names it (RFC 4538 section 3).
  func targetedCall(_ message: SIPMessage) -> (place: Int, key: Dialog.JoinKey)? {
    guard let reference = message.targetDialog, !reference.callID.isEmpty else { return nil }
    return index.places(.callID, key.hash(message.span, in: reference.callID.range))
      .last { open[$0]?.call != nil }.map { ($0, .targetDialog) }
  }

  /// Who sent a REFER outside of the dialog that it names: the remote tag is the sender's (RFC 4538 section 7).
  func sender(ofReferral message: SIPMessage, record place: Int) -> CallSession.Party? {
    guard let reference = message.targetDialog, !reference.callID.isEmpty, !reference.remoteTag.isEmpty else {
      return nil
    }
    let callID = key.hash(message.span, in: reference.callID.range)
    guard let dialog = open[place]?.callIDs.firstIndex(of: callID), let opener = open[place]?.openerTags[dialog] else {
      return nil
    }
    return opener == key.hash(message.span, in: reference.remoteTag.range) ? .caller : .callee
  }

  /// Lets a subscription to the state of a conference (RFC 4575, TS 24.147 section 5.3.3.2) and the call of the same user
  /// with its focus name each other.
  mutating func relateConference(_ message: SIPMessage, _ facts: SIPFacts, record place: Int) {
    guard message.method == .subscribe, facts.toTag == nil, let event = message.event,
      message.span.equalsIgnoringCase("conference", in: event.package.range),
      let focus = identity(message, message.requestURI)
    else { return }
    let calls = index.places(.focus, key.hash(focus))
    let users = [
      message.firstAddress(.pAssertedIdentity)?.uri, message.firstAddress(.pPreferredIdentity)?.uri, message.from.uri,
    ]
    .compactMap { $0 }.map { message.userPart(of: $0) }.filter { !$0.isEmpty }
    .map { OpenIndex.Entry(name: .caller, key: key.hash(message.span, in: $0.range)) }
    let own = calls.filter { other in
      guard let call = open[other]?.call else { return false }
      return calls.count == 1 || users.contains { call.indexed.contains($0) }
    }
    guard own.count == 1, let call = seat(of: own[0]) else { return }
    relate(place, .subscriptionOf, call, by: .focus)
  }

  private func call(named callID: ByteRange, in message: SIPMessage, not place: Int) -> RecordSeat? {
    guard !callID.isEmpty else { return nil }
    return index.places(.callID, key.hash(message.span, in: callID.range))
      .last { $0 != place && open[$0]?.call != nil }.flatMap { seat(of: $0) }
  }

  /// The call in which somebody was referred to whom the INVITE is for: by a REFER that its sender received, or that is
  /// named by Referred-By (RFC 3892).
  private func referrer(of message: SIPMessage, _ facts: SIPFacts, not place: Int) -> RecordSeat? {
    let target = message.userPart(of: message.requestURI)
    guard !target.isEmpty else { return nil }
    let isReferred = message.first(.referredBy) != nil
    return index.places(.referral, key.hash(message.span, in: target.range)).last { other in
      guard other != place, let trail = open[other]?.trail else { return false }
      let hasReceived = trail.transactions.contains {
        $0.method == .refer && nodes.root($0.to) == nodes.root(facts.from)
      }
      return hasReceived || isReferred
    }.flatMap { seat(of: $0) }
  }

  /// The session that an INVITE to a number for session transfer is about: the latest of the user whom the network asserts.
  private func transferredSession(of message: SIPMessage, not place: Int) -> RecordSeat? {
    let number = message.userPart(of: message.requestURI)
    guard !number.isEmpty, transferNumbers.contains(key.hash(message.span, in: number.range)),
      let identity = message.firstAddress(.pAssertedIdentity)?.uri
    else { return nil }
    let user = message.userPart(of: identity)
    guard !user.isEmpty else { return nil }
    let userKey = key.hash(message.span, in: user.range)
    let places = (index.places(.caller, userKey) + index.places(.target, userKey)).filter {
      $0 != place && open[$0]?.call != nil
    }
    return places.max { (open[$0]?.trail.start ?? now) < (open[$1]?.trail.start ?? now) }.flatMap { seat(of: $0) }
  }
}
