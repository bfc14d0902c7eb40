import ByteReading
import SIPMessages

/// What is kept of a message or subscription while it is open, beside its trail.
/// A class, so that a record keeps room for the facts of its own kind only, and they are changed where they lie.
final class MessagingFacts {
  /// How many such keys it has: a short message and its status report have four.
  static let keptKeys = 16

  let method: SIPMethod
  var eventPackage: String?
  var contentType: String?
  var assertedSender: String?
  var sender: String?
  var recipient: String?
  /// To of its first request.
  var addressee: String?
  /// How far the request had come that `recipient` was read from.
  var recipientViaCount = Int.max
  /// Hashes of the user parts that its requests were addressed to.
  var targets: [KeyedHash] = []
  /// The keys under which it stands in the index, beside Call-IDs and targets.
  var indexed: [OpenIndex.Entry] = []
  /// How each dialog after the first was joined.
  var joins: [Dialog.JoinKey] = [.callID]
  /// What it tells of a subscription.
  var subscription: SubscriptionSummary?
  /// P-Access-Network-Info of the first request.
  var accessNetwork: String?
  /// Whether a request tells where its sender is.
  var hasLocation = false
  /// What it tells of a short message.
  var shortMessage: ShortMessageFacts?

  /// Nothing known yet but the method of the request that began it.
  init(method: SIPMethod) {
    self.method = method
  }
}
