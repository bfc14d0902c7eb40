import CaptureFacts
import SIPMessages

extension SubscriberTimelines {
  /// Keeps what a message tells of its subscription or instant message.
  mutating func takeMessagingFacts(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, record place: Int) {
    let message = observed.message
    guard message.isRequest, let messaging = open[place]?.messaging else { return }
    takeShortMessage(message, into: messaging, record: place)
    // What was joined tells of the same message, but not who began it.
    guard open[place]?.callIDs.first == facts.callID else { return }
    noteWatched(message, into: messaging, record: place)
    messaging.assertedSender =
      messaging.assertedSender ?? message.firstAddress(.pAssertedIdentity).map { message.text($0.uri) }
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
}
