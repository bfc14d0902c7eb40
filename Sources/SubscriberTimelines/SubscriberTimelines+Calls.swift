import ByteReading
import CaptureFacts
import SIPMessages

extension SubscriberTimelines {
  /// How many targets a call keeps: every hop may rewrite the Request-URI, and a loop must not grow it.
  private static let keptTargets = 32

  /// Keeps what a message tells of its call.
  mutating func takeCallFacts(
    _ observed: Observed<SIPMessage>, _ facts: SIPFacts, record place: Int, transaction: Int, dialog: Int
  ) {
    guard let call = open[place]?.call else { return }
    let message = observed.message
    call.negotiation.take(
      message, facts, frame: observed.frame, dialog: dialog, openerTag: open[place]?.openerTags[dialog])
    defer { takeStory(observed, facts, into: call, record: place) }
    noteMediaEndpoints(of: observed, facts, into: call, record: place)
    if message.isRequest {
      takeReason(message, into: call)
      if message.method == .invite, facts.toTag == nil {
        let isFirstDialog = open[place]?.trail.isOfFirstDialog(transaction) ?? false
        take(invite: message, facts, isFirstDialog: isFirstDialog, into: call, record: place)
      } else if call.fromIdentity == nil, call.beganBeforeCapture {
        call.fromIdentity = message.text(message.from.uri)
        call.callee = message.text(message.to.uri)
      }
    } else if message.method == .invite {
      noteSessionKeys(of: message, isRequest: false, into: call, record: place)
      take(answer: message, facts, into: call)
      if message.status >= 300, open[place]?.trail.transactions[transaction].isInDialog == false {
        takeRefusal(message, facts, into: call)
      }
    }
    if !message.isRequest, message.method == .invite || message.method == .update, (200..<300).contains(message.status),
      let agreed = message.sessionExpires, let seconds = agreed.seconds
    {
      call.timer = SessionTimer(
        seconds: seconds, refresher: agreed.refresher.isEmpty ? nil : message.text(agreed.refresher),
        start: observed.time, frame: observed.frame)
    }
  }

  private mutating func take(
    invite message: SIPMessage, _ facts: SIPFacts, isFirstDialog: Bool, into call: CallFacts, record place: Int
  ) {
    // What came before on another hop was what the capture has of this one.
    call.beganBeforeCapture = false
    if message.first(.proxyAuthorization) != nil || message.first(.authorization) != nil {
      call.credentialsCSeq = max(call.credentialsCSeq ?? 0, message.cseqNumber)
    }
    call.assertedCaller =
      call.assertedCaller ?? message.firstAddress(.pAssertedIdentity).map { message.text($0.uri) }
    call.preferredCaller =
      call.preferredCaller ?? message.firstAddress(.pPreferredIdentity).map { message.text($0.uri) }
    call.fromIdentity = call.fromIdentity ?? message.text(message.from.uri)
    if isFirstDialog, facts.viaCount < call.calleeViaCount {
      call.callee = message.text(message.requestURI)
      call.calleeViaCount = facts.viaCount
      // RFC 5031: the service URN of emergency calls.
      let uri = message.requestURI.range
      call.isEmergency = message.span.equalsIgnoringCase("urn:service:sos", in: uri.prefix(15))
    }
    call.calleeIdentity =
      call.calleeIdentity ?? message.firstAddress(.pCalledPartyID).map { message.text($0.uri) }
    addTarget(message, message.requestURI, to: &call.targets, record: place)
    addTarget(message, message.to.uri, to: &call.targets, record: place)
    noteJoinKeys(of: message, facts, into: call, record: place)
    if call.offeredMedia.isEmpty { call.offeredMedia = SessionMedia.media(of: message, facts) }
  }

  private func take(answer message: SIPMessage, _ facts: SIPFacts, into call: CallFacts) {
    if (180..<300).contains(message.status), call.calleeIdentity == nil {
      call.calleeIdentity = message.firstAddress(.pAssertedIdentity).map { message.text($0.uri) }
    }
    // A media relay rewrites the description: the one nearest the caller goes with the caller's offer.
    if (101..<300).contains(message.status), facts.toTag != nil, facts.viaCount < call.answerViaCount,
      let body = facts.body
    {
      // Nearly every hop passes the description on as it is: then what was read of it holds.
      let description =
        body
        .combined(with: key.hash(message.span, in: (message.first(.contentType) ?? ByteRange()).range))
      if description == call.answerDescription {
        call.answerViaCount = facts.viaCount
        return
      }
      let media = SessionMedia.media(of: message, facts)
      if !media.isEmpty {
        call.answeredMedia = media
        call.answerDescription = description
        call.answerViaCount = facts.viaCount
      }
    }
    if message.status >= 300 { takeReason(message, into: call) }
  }

  private func takeRefusal(_ message: SIPMessage, _ facts: SIPFacts, into call: CallFacts) {
    // The challenge to an INVITE without credentials is what belongs there.
    let isChallenge = message.status == 401 || message.status == 407
    guard !isChallenge || call.credentialsCSeq == message.cseqNumber else { return }
    guard let words = RefusalWords(message, viaCount: facts.viaCount), words.replaces(call.refusal) else { return }
    call.refusal = words
  }

  private func takeReason(_ message: SIPMessage, into call: CallFacts) {
    guard call.reason == nil, let reason = message.first(.reason) else { return }
    call.reason = message.text(reason)
  }

  /// Adds the user part of a URI to what the record is addressed to: what the I-CSCF asks the HSS for.
  mutating func addTarget(
    _ message: SIPMessage, _ uri: ByteRange, to targets: inout [KeyedHash], record place: Int
  ) {
    guard targets.count < SubscriberTimelines.keptTargets else { return }
    let user = message.userPart(of: uri)
    guard !user.isEmpty else { return }
    let hash = key.hash(message.span, in: user.range)
    guard !targets.contains(hash) else { return }
    targets.append(hash)
    index.add(place, .target, hash)
  }
}
