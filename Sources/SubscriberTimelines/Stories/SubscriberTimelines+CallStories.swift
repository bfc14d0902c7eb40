import ByteReading
import CaptureFacts
import SIPMessages
import ServiceDocuments

/// Takes what the messages of a call tell of what happened in it.
extension SubscriberTimelines {
  /// Takes one message of the call at `place`.
  mutating func takeStory(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, into call: CallFacts, record place: Int)
  {
    let message = observed.message
    takeReasons(observed, into: call)
    if message.isRequest {
      switch message.method {
      case .invite where facts.toTag == nil: takeInvite(observed, facts, into: call, record: place)
      case .refer: takeReferral(observed, facts, into: call, record: place)
      case .notify: takeProgressOfReferral(observed, into: call)
      case .prack: call.story.hasReliableProvisional = true
      case .update where message.body.isEmpty: call.story.isRefreshed = true
      default: break
      }
    } else if message.method == .invite {
      takeAnswer(observed, facts, into: call)
      if let focus = call.story.focus, let identity = IdentityText.publicIdentity(focus) {
        add(place, .focus, key.hash(identity), to: call)
      }
    } else if message.method == .refer, message.status >= 200 {
      takeAnswerToReferral(observed, facts, into: call)
    }
  }

  // MARK: - INVITE and its answers

  private mutating func takeInvite(
    _ observed: Observed<SIPMessage>, _ facts: SIPFacts, into call: CallFacts, record place: Int
  ) {
    let message = observed.message
    takeDiversions(observed, into: call)
    if bringsFeatures(message, to: call) { takeContinuityMarks(message, into: call) }
    if message.first(.geolocation) != nil { call.story.hasLocation = true }
    if call.story.accessNetwork == nil, let value = message.first(.pAccessNetworkInfo) {
      call.story.accessNetwork = texts.text(message.span, value)
    }
    guard !call.story.isRelated else { return }
    call.story.isRelated = true
    relateByInvite(message, facts, record: place)
  }

  private func takeAnswer(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, into call: CallFacts) {
    let message = observed.message
    guard message.status > 100 else { return }
    takeDiversions(observed, into: call)
    if call.story.calleeAccessNetwork == nil, let value = message.first(.pAccessNetworkInfo) {
      call.story.calleeAccessNetwork = texts.text(message.span, value)
    }
    let bringsFeatures = message.status < 300 && bringsFeatures(message, to: call)
    if bringsFeatures { takeContinuityMarks(message, into: call) }
    if message.status < 200 {
      if message.hasOptionTag("100rel", in: .require) { call.story.hasReliableProvisional = true }
      if !message.body.isEmpty || message.first(.pEarlyMedia) != nil { call.story.hasEarlyMedia = true }
    }
    if bringsFeatures, let contact = message.first(.contact), call.story.focus == nil,
      message.parameter("isfocus", in: contact) != nil
    {
      call.story.focus = message.firstAddress(.contact).map { message.text($0.uri) }
    }
    if message.status == 181 {
      call.story.add(
        CallDiversion(source: .announcement, from: nil, to: nil, cause: nil, reason: nil, frame: observed.frame))
    }
    if (300..<400).contains(message.status), message.status != 380 {
      for contact in message.addresses(.contact) {
        call.story.add(
          CallDiversion(
            source: .redirection, from: message.text(message.to.uri), to: message.text(contact.uri),
            cause: message.status, reason: nil, frame: observed.frame))
      }
    }
  }

  private func takeReasons(_ observed: Observed<SIPMessage>, into call: CallFacts) {
    let message = observed.message
    guard message.first(.reason) != nil else { return }
    for reason in message.reasons() where call.story.reasons.count < CallReason.kept {
      let name = message.text(reason.protocolName)
      let text = reason.text.isEmpty ? nil : message.text(reason.text)
      let isKnown = call.story.reasons.contains {
        $0.method == message.method && $0.protocolName == name && $0.cause == reason.cause && $0.text == text
      }
      guard !isKnown else { continue }
      let words = name.uppercased() == "Q.850" ? CallReason.bearerCauses : CallReason.sessionCauses
      call.story.reasons.append(
        CallReason(
          method: message.method, protocolName: name, cause: reason.cause, meaning: reason.cause.flatMap { words[$0] },
          text: text, frame: observed.frame))
    }
  }

  /// History-Info: an entry with a cause is where the call went on to from the one before (RFC 7544 section 3); Diversion
  /// names who diverted, the latest first (RFC 5806).
  private func takeDiversions(_ observed: Observed<SIPMessage>, into call: CallFacts) {
    let message = observed.message
    if message.first(.historyInfo) != nil {
      var previous: String?
      for entry in message.history() {
        let target = message.text(entry.address.uri)
        if let cause = entry.cause(in: message.span) {
          call.story.add(
            CallDiversion(
              source: .historyInfo, from: previous, to: target, cause: cause,
              reason: CallDiversion.reason(of: cause), frame: observed.frame))
        }
        previous = target
      }
    }
    guard message.first(.diversion) != nil else { return }
    var next = message.isRequest ? message.text(message.requestURI) : nil
    for diversion in message.diversions() {
      let from = message.text(diversion.address.uri)
      // Each hop may rewrite the Request-URI: the same diversion, not another.
      if !call.story.diversions.contains(where: { $0.source == .diversion && $0.from == from }) {
        call.story.add(
          CallDiversion(
            source: .diversion, from: from, to: next, cause: nil,
            reason: diversion.reason.isEmpty ? nil : message.text(diversion.reason), frame: observed.frame))
      }
      next = from
    }
  }

  /// The headers in which capabilities for access transfer stand (TS 24.237 annex C).
  private static let markedHeaders: [SIPHeaderName] = [.contact, .featureCaps, .acceptContact]

  /// Whether the headers with capabilities are others than those that were looked at last: hops repeat them.
  private func bringsFeatures(_ message: SIPMessage, to call: CallFacts) -> Bool {
    let read = hash(of: message) { $0 == .contact || $0 == .featureCaps || $0 == .acceptContact }
      .combined(with: message.isRequest ? 1 : 0)
    defer { call.readFeatures = read }
    return read != call.readFeatures
  }

  private func takeContinuityMarks(_ message: SIPMessage, into call: CallFacts) {
    for name in SubscriberTimelines.markedHeaders where message.first(name) != nil {
      for value in message.values(name) {
        for mark in ContinuityMark.marks(in: message.span, value.range) where !call.story.continuityMarks.contains(mark)
        {
          if call.story.continuityMarks.count < CallStory.kept { call.story.continuityMarks.append(mark) }
        }
      }
    }
  }

  // MARK: - REFER

  private mutating func takeReferral(
    _ observed: Observed<SIPMessage>, _ facts: SIPFacts, into call: CallFacts, record place: Int
  ) {
    let message = observed.message
    let cseq = message.cseqNumber
    guard let referTo = message.firstAddress(.referTo), call.story.transfers.count < CallTransfer.kept,
      !call.story.referrals.contains(where: { $0.cseq == cseq && $0.tag == facts.fromTag })
    else { return }
    let uri = message.uri(referTo.uri)
    let headers = message.text(uri.headers)
    let replaces = CallTransfer.replacedCallID(inHeaders: headers)
    let method = uri.parameter("method", in: message.span).map { message.text($0).uppercased() } ?? "INVITE"
    let focus = call.story.focus
    let kind: CallTransfer.Kind =
      method != "INVITE"
      ? .other
      : replaces != nil ? .attended : focus != nil && message.text(message.requestURI) == focus ? .invitation : .blind
    let dialog = open[place]?.callIDs.firstIndex(of: facts.callID)
    let opener = dialog.flatMap { open[place]?.openerTags[$0] }
    let target = String(message.text(referTo.uri).prefix { $0 != "?" })
    call.story.referrals.append((cseq, facts.fromTag))
    call.story.transfers.append(
      CallTransfer(
        kind: kind,
        by: facts.toTag == nil
          ? sender(ofReferral: message, record: place) : opener == facts.fromTag ? .caller : .callee,
        target: target,
        replaces: replaces, frames: [observed.frame]))
    let user = message.userPart(of: referTo.uri)
    if !user.isEmpty { add(place, .referral, key.hash(message.span, in: user.range), to: call) }
  }

  private func takeAnswerToReferral(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, into call: CallFacts) {
    let message = observed.message
    guard
      let transfer = call.story.referrals.firstIndex(where: {
        $0.cseq == message.cseqNumber && $0.tag == facts.fromTag
      }), call.story.transfers[transfer].outcome == .unanswered
    else { return }
    if message.status < 300 {
      call.story.transfers[transfer].outcome = .accepted
    } else {
      call.story.transfers[transfer].outcome = .failed
      call.story.transfers[transfer].status = message.status
      call.story.transfers[transfer].frames.append(observed.frame)
    }
  }

  /// NOTIFY of a REFER: which one, its `id` tells (RFC 3515 section 2.4.6), else it is the latest.
  private func takeProgressOfReferral(_ observed: Observed<SIPMessage>, into call: CallFacts) {
    let message = observed.message
    guard let event = message.event, message.span.equalsIgnoringCase("refer", in: event.package.range),
      !call.story.transfers.isEmpty, !message.body.isEmpty
    else { return }
    let body = message.span.extracting(message.body.range)
    guard case .fragment(let fragment) = ServiceDocument(contentType: "message/sipfrag", bytes: body).content,
      let status = fragment.status, status >= 200
    else { return }
    let number = message.parameter("id", of: .event).flatMap { message.number(in: $0) }
    let named = number.flatMap { number in call.story.referrals.firstIndex { UInt64($0.cseq) == number } }
    let transfer = named ?? call.story.transfers.count - 1
    guard call.story.transfers[transfer].outcome != .succeeded, call.story.transfers[transfer].outcome != .failed else {
      return
    }
    call.story.transfers[transfer].outcome = status < 300 ? .succeeded : .failed
    call.story.transfers[transfer].status = status
    call.story.transfers[transfer].frames.append(observed.frame)
  }
}

extension CallTransfer {
  /// The Call-ID that Replaces among the headers of a URI names; escapes are those of URIs (RFC 3261 section 19.1.1).
  static func replacedCallID(inHeaders headers: String) -> String? {
    for header in headers.split(separator: "&") {
      let parts = header.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "replaces" else { continue }
      var bytes: [UInt8] = []
      var rest = Array(parts[1].utf8)[...]
      while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), rest.count >= 2,
          let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
        {
          rest = rest.dropFirst(2)
          bytes.append(value)
        } else {
          bytes.append(byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self).split(separator: ";").first.map { String($0) }
    }
    return nil
  }
}
