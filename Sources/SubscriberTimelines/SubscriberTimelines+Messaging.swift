import CaptureFacts
import SIPMessages

extension SubscriberTimelines {
  /// Keeps what a message tells of its subscription or instant message.
  mutating func takeMessagingFacts(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, record place: Int) {
    let message = observed.message
    guard let messaging = open[place]?.messaging else { return }
    takeSubscription(message, facts, into: messaging, record: place)
    guard message.isRequest else { return }
    if message.first(.geolocation) != nil { messaging.hasLocation = true }
    takeShortMessage(message, into: messaging, record: place)
    // What was joined tells of the same message, but not who began it.
    guard open[place]?.callIDs.first == facts.callID else { return }
    noteWatched(message, into: messaging, record: place)
    relateConference(message, facts, record: place)
    messaging.assertedSender =
      messaging.assertedSender ?? message.firstAddress(.pAssertedIdentity).map { message.text($0.uri) }
    messaging.accessNetwork = messaging.accessNetwork ?? message.first(.pAccessNetworkInfo).map { message.text($0) }
    messaging.sender = messaging.sender ?? message.text(message.from.uri)
    messaging.addressee = messaging.addressee ?? message.text(message.to.uri)
    if facts.viaCount < messaging.recipientViaCount, message.method == messaging.method {
      messaging.recipient = message.text(message.requestURI)
      messaging.recipientViaCount = facts.viaCount
    }
    messaging.eventPackage =
      messaging.eventPackage
      ?? message.first(.event).map { String(message.text($0).prefix { $0 != ";" && $0 != " " }) }
    messaging.contentType =
      messaging.contentType
      ?? message.first(.contentType).map { String(message.text($0).prefix { $0 != ";" && $0 != " " }) }
    addTarget(message, message.requestURI, to: &messaging.targets, record: place)
  }

  /// Takes what a SUBSCRIBE, its answer or a NOTIFY tells of the subscription.
  private func takeSubscription(
    _ message: SIPMessage, _ facts: SIPFacts, into messaging: MessagingFacts, record place: Int
  ) {
    switch message.method {
    case .subscribe:
      var summary = messaging.subscription ?? SubscriptionSummary()
      if !message.isRequest, (200..<300).contains(message.status), let expires = message.number(.expires) {
        summary.expires = UInt32(clamping: expires)
      }
      messaging.subscription = summary
    case .notify where message.isRequest:
      var summary = messaging.subscription ?? SubscriptionSummary()
      // Every hop shows it; only the first one has so few Via values.
      let isFirstSight =
        open[place]?.trail.transactions.count {
          $0.method == .notify && $0.cseq == message.cseqNumber && $0.requestTime != nil
        } == 1
      if isFirstSight { summary.notifications += 1 }
      if let value = message.first(.subscriptionState) {
        let state = SIPSubscriptionState(parsing: message.span, in: value)
        summary.state = message.text(state.state)
        summary.reason = state.reason.isEmpty ? nil : message.text(state.reason)
      }
      messaging.subscription = summary
    default: break
    }
  }
}
