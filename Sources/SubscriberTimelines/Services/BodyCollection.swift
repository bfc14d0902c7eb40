import ByteReading
import CaptureFacts
import SIPMessages

/// The bodies of a record that tell something of it, each once, however many hops it passed.
struct BodyCollection {
  /// The bytes that the bodies of all open records together may take: some ten thousand subscriptions at once.
  static let byteBound = 64 << 20

  /// The longest name of a media type that is looked at.
  private static let longestName = 128

  private(set) var bodies: [RecordedBody] = []
  /// The bytes that they take.
  private(set) var byteCount = 0
  private var hashes: [UInt64] = []
  /// Those that were too long or too many.
  private(set) var dropped = 0

  /// Keeps what a message brings, `room` bytes at the most.
  mutating func add(_ observed: Observed<SIPMessage>, key: HashKey, room: Int) {
    let limit = byteCount + room
    let message = observed.message
    // Nearly all of them are session descriptions, and nearly all of these are named without parameters.
    guard !message.body.isEmpty, let name = message.first(.contentType),
      !message.span.equalsIgnoringCase("application/sdp", in: name.range),
      let whole = message.contentType, !whole.matches("application", "sdp", in: message.span)
    else { return }
    for part in message.bodyParts() {
      guard let type = part.contentType, !part.content.isEmpty,
        type.type.count + type.subtype.count < BodyCollection.longestName
      else { continue }
      let name = "\(message.text(type.type))/\(message.text(type.subtype))".lowercased()
      guard BodyCollection.isKept(name) else { continue }
      let hash = key.hash(message.span, in: part.content.range).low
      guard !hashes.contains(hash) else { continue }
      guard bodies.count < RecordedBody.kept, part.content.count <= RecordedBody.longest,
        byteCount + part.content.count <= limit
      else {
        dropped += 1
        continue
      }
      hashes.append(hash)
      byteCount += part.content.count
      bodies.append(
        RecordedBody(frame: observed.frame, contentType: name, bytes: message.span.copied(part.content.range)))
    }
  }

  /// What says something of a registration, call or service. Text that people write to each other is never kept.
  private static func isKept(_ name: String) -> Bool {
    name.hasSuffix("+xml") || name == "application/xml" || name == "text/xml" || others.contains(name)
  }

  private static let others: Set = [
    "application/vnd.3gpp.sms", "message/sipfrag", "application/simple-message-summary", "application/isup",
  ]
}
