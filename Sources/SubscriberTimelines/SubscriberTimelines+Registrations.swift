import ByteReading
import CaptureFacts
import SIPMessages

extension SubscriberTimelines {
  /// Responses after which the same attempt goes on with a better request: challenges (RFC 3261 section 22) and
  /// negotiation (423: RFC 3261 section 10.2.8; 420, 421: section 8.1.3.5; 494: RFC 3329).
  private static let negotiatingStatus: Set<UInt16> = [401, 407, 420, 421, 423, 494]

  /// Whether a REGISTER, or a response where the capture misses its request, begins another attempt than the open one with
  /// its Call-ID.
  func beginsAnotherAttempt(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, record place: Int) -> Bool {
    guard let cseq = open[place]?.registration?.cseq, open[place]?.callIDs.first == facts.callID else { return false }
    let message = observed.message
    // A hop of a request that is known already, or one of an earlier attempt that comes late.
    guard message.cseqNumber > cseq, let trail = open[place]?.trail else { return false }
    let (status, answered) = SubscriberTimelines.outcome(of: trail, cseq: cseq)
    if let status { return !SubscriberTimelines.negotiatingStatus.contains(status) }
    // No answer was seen. A request with credentials answers a challenge that the capture does not show, unless it was
    // answered before: then its nonce is used once more (RFC 7616 section 3.3).
    return message.isRequest && !answered
      && !answersNewChallenge(message, open[place]?.registration?.answeredNonce)
  }

  /// The final response to the requests with this CSeq nearest the UE, and whether any of its hops has one.
  static func outcome(of trail: MessageTrail, cseq: UInt32) -> (status: UInt16?, isAnswered: Bool) {
    var nearest: HopTransaction?
    for transaction in trail.transactions
    where transaction.cseq == cseq && transaction.finalStatus != 0 && trail.legs[transaction.leg].dialog == 0 {
      if nearest.map({ transaction.viaCount < $0.viaCount }) ?? true { nearest = transaction }
    }
    return (nearest?.finalStatus, nearest != nil)
  }

  /// Whether a REGISTER carries the answer to another challenge than the one with this nonce.
  private func answersNewChallenge(_ message: SIPMessage, _ answered: KeyedHash?) -> Bool {
    message.credentials(.authorization).contains {
      !$0.auts.isEmpty
        || !$0.response.isEmpty && !$0.nonce.isEmpty && key.hash(message.span, in: $0.nonce.range) != answered
    }
  }

  /// Keeps what a message tells of its registration.
  mutating func takeRegistrationFacts(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, record place: Int) {
    let message = observed.message
    guard message.method == .register, open[place]?.callIDs.first == facts.callID,
      let registration = open[place]?.registration
    else { return }
    // A request may be missing from the capture, on its first hop or on all: what is left shows that there was another.
    registration.cseq = max(registration.cseq, message.cseqNumber)
    registration.firstCSeq = min(registration.firstCSeq ?? message.cseqNumber, message.cseqNumber)
    if message.isRequest {
      take(request: message, facts, into: registration, record: place)
    } else {
      take(response: message, into: registration)
      takeRefusal(message, facts, into: registration)
    }
  }

  private func takeRefusal(_ message: SIPMessage, _ facts: SIPFacts, into registration: RegistrationFacts) {
    guard message.status >= 300 else { return }
    // The challenge to a REGISTER without credentials is what belongs there.
    let isChallenge = message.status == 401 || message.status == 407
    guard !isChallenge || registration.answeringCSeq == message.cseqNumber else { return }
    guard let words = RefusalWords(message, viaCount: facts.viaCount), words.replaces(registration.refusal) else {
      return
    }
    registration.refusal = words
  }

  private mutating func take(
    request message: SIPMessage, _ facts: SIPFacts, into registration: RegistrationFacts, record place: Int
  ) {
    takePath(message, viaCount: facts.viaCount, into: registration)
    registration.visitedNetwork =
      registration.visitedNetwork ?? message.first(.pVisitedNetworkID).map { texts.text(message.span, $0) }
    takeCredentials(message, into: registration, record: place)
    // What the UE wrote stands on its first hop; further hops repeat it.
    guard facts.viaCount <= registration.nearestViaCount else { return }
    registration.nearestViaCount = facts.viaCount
    registration.readAnswer = nil
    if registration.publicIdentity == nil, let identity = identity(message, message.to.uri) {
      registration.publicIdentity = identity
      let hash = key.hash(identity)
      registration.addressOfRecord = hash
      addIndex(place, hash, to: registration)
    }
    // With the answer to its challenge the UE sends them again.
    let read = hash(of: message) { $0 == .contact || $0 == .expires || $0 == .securityClient }
    if read != registration.readContacts {
      registration.readContacts = read
      takeContacts(message, into: registration)
      if let offered = message.securityClients().first { registration.offeredSecurity = AccessSecurity.End(offered) }
    }
    registration.accessNetwork =
      registration.accessNetwork ?? message.first(.pAccessNetworkInfo).map { texts.text(message.span, $0) }
    registration.userAgent = registration.userAgent ?? message.first(.userAgent).map { texts.text(message.span, $0) }
  }

  private mutating func takeCredentials(
    _ message: SIPMessage, into registration: RegistrationFacts, record place: Int
  ) {
    guard message.first(.authorization) != nil else { return }
    let read = hash(of: message) { $0 == .authorization }.combined(with: UInt64(message.cseqNumber))
    guard read != registration.readCredentials else { return }
    registration.readCredentials = read
    let authorization = message.credentials(.authorization)
    if let credentials = authorization.first,
      message.span.equalsIgnoringCase("yes", in: credentials.integrityProtected.range)
    {
      registration.isIntegrityProtected = true
    }
    for credentials in authorization {
      if registration.privateIdentity == nil,
        let identity = IdentityText.privateIdentity(message.text(credentials.username))
      {
        registration.privateIdentity = identity
        addIndex(place, key.hash(identity), to: registration)
      }
      // With auts the UE did not answer: it asks for another challenge (RFC 3310 section 3.4).
      if !credentials.nonce.isEmpty, !credentials.response.isEmpty, credentials.auts.isEmpty {
        registration.answeringCSeq = max(registration.answeringCSeq ?? 0, message.cseqNumber)
        registration.answeredNonce = key.hash(message.span, in: credentials.nonce.range)
      }
      if !credentials.auts.isEmpty, !registration.resynchronisations.contains(message.cseqNumber),
        registration.resynchronisations.count < RegistrationFacts.keptResynchronisations
      {
        registration.resynchronisations.append(message.cseqNumber)
      }
    }
  }

  private func takeContacts(_ message: SIPMessage, into registration: RegistrationFacts) {
    let expires = message.number(.expires).map { UInt32(clamping: $0) }
    var allGivenUp = true
    var hasContact = false
    for value in message.values(.contact) {
      hasContact = true
      if message.span.equalsIgnoringCase("*", in: value.range) { continue }
      let address = SIPNameAddress(parsing: message.span, in: value)
      let own = message.parameter("expires", in: value).flatMap { UInt32(message.text($0)) } ?? expires
      if own != 0 { allGivenUp = false }
      if registration.contact == nil {
        registration.contact = message.text(address.uri)
        registration.requestedExpiry = own
        registration.instance = message.parameter("+sip.instance", in: value).map(message.text)
        // TS 24.229 section 5.1.6.2: an emergency registration is marked by the sos parameter of its Contact URI.
        let uri = message.uri(address.uri)
        registration.isEmergency = uri.parameter("sos", in: message.span) != nil
      }
    }
    registration.requestedExpiry = registration.requestedExpiry ?? expires
    // A REGISTER without Contact asks what is registered (RFC 3261 section 10.2.3).
    if hasContact { registration.isDeRegistration = allGivenUp }
  }

  /// Whether a header of a response tells something of a registration.
  private static func tells(_ name: SIPHeaderName) -> Bool {
    switch name {
    case .wwwAuthenticate, .proxyAuthenticate, .securityServer, .path, .serviceRoute, .pAssociatedURI, .contact,
      .expires:
      true
    default: false
    }
  }

  /// The hash of some fields, and of their order.
  @inline(__always)
  func hash(of message: SIPMessage, where isTaken: (SIPHeaderName) -> Bool) -> KeyedHash {
    var hash = key.start
    for field in message.fields where isTaken(field.name) {
      hash = hash.combined(with: UInt64(field.name.rawValue))
        .combined(with: key.hash(message.span, in: field.value.range))
    }
    return hash
  }

  private func take(response message: SIPMessage, into registration: RegistrationFacts) {
    guard message.status >= 200 else { return }
    let read = hash(of: message, where: SubscriberTimelines.tells).combined(with: UInt64(message.status))
    guard read != registration.readAnswer else { return }
    registration.readAnswer = read
    switch message.status {
    case 401, 407:
      let name: SIPHeaderName = message.status == 401 ? .wwwAuthenticate : .proxyAuthenticate
      if let challenge = message.credentials(name).first {
        registration.authenticationScheme =
          challenge.algorithm.isEmpty ? message.text(challenge.scheme) : message.text(challenge.algorithm)
      }
      if let agreed = message.securityServers().first {
        registration.security = AccessSecurity(agreed, in: message, offered: registration.offeredSecurity)
      }
    case 200..<300:
      takePath(message, viaCount: .max, into: registration)
      registration.serviceRoute = message.addresses(.serviceRoute).map { texts.text(message.span, $0.uri) }
      registration.associatedIdentities = message.addresses(.pAssociatedURI).map { message.text($0.uri) }
      let expires = message.number(.expires).map { UInt32(clamping: $0) }
      // The binding of this UE among those that the response lists: the Contact it wrote, else the one that lasts longest.
      var granted: UInt32?
      for value in message.values(.contact) {
        let address = SIPNameAddress(parsing: message.span, in: value)
        let own = message.parameter("expires", in: value).flatMap { UInt32(message.text($0)) } ?? expires
        if let contact = registration.contact, message.text(address.uri) == contact {
          granted = own
          break
        }
        granted = max(granted ?? 0, own ?? 0)
      }
      registration.grantedExpiry = granted ?? expires ?? registration.grantedExpiry
    default:
      break
    }
  }

  /// Takes the Path by which requests to the UE will come (RFC 3327 section 5): of a 2xx, else of the request that had come
  /// farthest, for each proxy adds itself.
  private func takePath(_ message: SIPMessage, viaCount: Int, into registration: RegistrationFacts) {
    guard message.first(.path) != nil, viaCount >= registration.pathViaCount, registration.pathViaCount < .max else {
      return
    }
    registration.pathViaCount = viaCount
    registration.path = message.addresses(.path).map { texts.text(message.span, $0.uri) }
  }

  private mutating func addIndex(_ place: Int, _ hash: KeyedHash, to registration: RegistrationFacts) {
    index.add(place, .identity, hash)
    registration.indexedIdentities.append(hash)
  }
}
