import SIPMessages

/// The session description of the message that is taken, read once however many ask for it.
final class ReadDescription {
  private var isRead = false
  private var session: SessionDescription?

  /// Begins with another message.
  func begin() {
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
}
