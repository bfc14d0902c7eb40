import ByteReading
import CaptureFacts
import SIPMessages

/// The bodies of a record that tell something of it, each once, however many hops it passed.
struct BodyCollection {
  private(set) var bodies: [RecordedBody] = []
  private var hashes: [UInt64] = []
  /// Those that were too long or too many.
  private(set) var dropped = 0

  /// Keeps what a message brings.
  mutating func add(_ observed: Observed<SIPMessage>, key: HashKey) {
    let message = observed.message
    guard !message.body.isEmpty, let whole = message.contentType, !whole.matches("application", "sdp", in: message.span)
    else { return }
    for part in message.bodyParts() {
      guard let type = part.contentType, !part.content.isEmpty else { continue }
      let name = "\(message.text(type.type))/\(message.text(type.subtype))".lowercased()
      guard BodyCollection.isKept(name) else { continue }
      let hash = key.hash(message.span, in: part.content.range).low
      guard !hashes.contains(hash) else { continue }
      guard bodies.count < RecordedBody.kept, part.content.count <= RecordedBody.longest else {
        dropped += 1
        continue
      }
      hashes.append(hash)
      bodies.append(
        RecordedBody(frame: observed.frame, contentType: name, bytes: message.span.copied(part.content.range)))
    }
  }

  /// What says something of a registration, call or service. Text that people write to each other is never kept.
  private static func isKept(_ name: String) -> Bool {
    name.hasSuffix("+xml") || name == "application/xml" || name == "text/xml" || others.contains(name)
  }

  private static let others: Set = [
    "application/vnd.3gpp.sms", "message/sipfrag", "application/simple-message-summary", "message/cpim",
    "application/isup",
  ]
}
