import ByteReading
import SIPMessages

/// The body of the message that is taken: its hash and its session description, made once however many ask for them.
final class ReadDescription {
  private let key: HashKey
  private var isRead = false
  private var session: SessionDescription?
  private var bodyHash: KeyedHash?

  init(key: HashKey) { self.key = key }

  /// Begins with another message.
  func begin() {
    bodyHash = nil
    guard isRead else { return }
    isRead = false
    session = nil
  }

  /// The description of `message`, the one that was begun with; nil where there is none.
  func session(of message: SIPMessage) -> SessionDescription? {
    if !isRead {
      isRead = true
      session = message.sessionDescription()
    }
    return session
  }

  /// The hash of the body of `message`, the one that was begun with.
  func bodyHash(of message: SIPMessage) -> KeyedHash {
    if let bodyHash { return bodyHash }
    let hash = key.hash(message.span, in: message.body.range)
    bodyHash = hash
    return hash
  }
}
