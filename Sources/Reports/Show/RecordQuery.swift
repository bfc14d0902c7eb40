import SubscriberTimelines

/// What a user asks to be shown: an id or the beginning of one, a Call-ID, or an identity.
struct RecordQuery {
  /// How a record answers a query.
  enum Match {
    /// Its id begins so.
    case id
    /// One of its Call-IDs is this.
    case callID
    /// One of its identities is this.
    case identity
  }

  let text: String
  /// Whether the text can be (the beginning of) an id.
  private let isIdentifier: Bool

  init(_ text: String) {
    self.text = text
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    isIdentifier =
      parts.count == 2 && RecordIdentifier.Kind(rawValue: String(parts[0])) != nil && (1...16).contains(parts[1].count)
      && parts[1].allSatisfy { $0.isHexDigit && !$0.isUppercase }
  }

  func matches(_ id: RecordIdentifier) -> Bool {
    isIdentifier && id.description.hasPrefix(text)
  }

  func matches(_ record: TimelineRecord, _ subscribers: SubscriberDirectory) -> Match? {
    guard let id = record.id, id.kind != .subscriber else { return nil }
    if matches(id) { return .id }
    if isIdentifier {
      return record.subscriberHandles.contains { matches(subscribers.id(of: $0)) } ? .identity : nil
    }
    if record.legs.contains(where: { $0.callID == text }) { return .callID }
    return record.identities.contains { Identity.matches(text, $0) } ? .identity : nil
  }

  func matches(_ subscriber: Subscriber) -> Bool {
    if isIdentifier { return matches(subscriber.id) || subscriber.mergedIDs.contains(where: matches) }
    return (subscriber.privateIdentities + subscriber.publicIdentities).contains { Identity.matches(text, $0) }
  }
}

extension TimelineRecord {
  /// The id of a registration, call or messaging record.
  var id: RecordIdentifier? {
    switch self {
    case .registration(let registration): registration.id
    case .call(let call): call.id
    case .messaging(let record): record.id
    case .finding, .late, .media: nil
    }
  }

  var start: Int64 {
    switch self {
    case .registration(let registration): registration.start.nanoseconds
    case .call(let call): call.start.nanoseconds
    case .messaging(let record): record.start.nanoseconds
    case .finding, .late, .media: .max
    }
  }

  var legs: [Leg] {
    switch self {
    case .registration(let registration): registration.legs
    case .call(let call): call.legs
    case .messaging(let record): record.legs
    case .finding, .late, .media: []
    }
  }

  var cause: Cause? {
    switch self {
    case .registration(let registration): registration.cause
    case .call(let call): call.cause
    case .messaging, .finding, .late, .media: nil
    }
  }

  var diameter: [DiameterExchange] {
    switch self {
    case .registration(let registration): registration.diameter
    case .call(let call): call.diameter
    case .messaging(let record): record.diameter
    case .finding, .late, .media: []
    }
  }

  var events: [TimelineEvent] {
    switch self {
    case .registration(let registration): registration.events
    case .call(let call): call.events
    case .messaging(let record): record.events
    case .finding, .late, .media: []
    }
  }

  var subscriberHandles: [SubscriberHandle] {
    switch self {
    case .registration(let registration): [registration.subscriber].compactMap(\.self)
    case .call(let call): [call.callerSubscriber, call.calleeSubscriber].compactMap(\.self)
    case .messaging(let record): [record.subscriber, record.recipientSubscriber].compactMap(\.self)
    case .finding, .late, .media: []
    }
  }

  var identities: [String] {
    switch self {
    case .registration(let registration):
      [registration.privateIdentity, registration.publicIdentity].compactMap(\.self)
        + registration.associatedIdentities
    case .call(let call): [call.caller, call.callee, call.calleeIdentity].compactMap(\.self)
    case .messaging(let record): [record.from, record.to]
    case .finding, .late, .media: []
    }
  }
}
