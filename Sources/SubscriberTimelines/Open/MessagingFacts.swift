import ByteReading
import SIPMessages

/// What is kept of a message or subscription while it is open, beside its trail.
struct MessagingFacts {
  let method: SIPMethod
  var eventPackage: String?
  var contentType: String?
  var assertedSender: String?
  var sender: String?
  var recipient: String?
  /// How far the request had come that `recipient` was read from.
  var recipientViaCount = Int.max
  /// Hashes of the user parts that its requests were addressed to.
  var targets: [KeyedHash] = []
}
