import ByteReading
import CaptureFacts
import SIPMessages

/// What correlation asks of every SIP message, taken once: integers in place of texts.
struct SIPFacts {
  /// The Call-ID.
  var callID: KeyedHash { keys.callID }
  /// The From tag; nil where there is none.
  var fromTag: KeyedHash? { keys.fromTag }
  /// The To tag; nil where there is none.
  var toTag: KeyedHash? { keys.toTag }
  /// What names the transaction: the branch of the topmost Via.
  var branch: UInt64 { keys.branch }
  /// The body; nil where there is none.
  var body: KeyedHash? { keys.body }
  /// The number of Via values: how far the request has come.
  let viaCount: Int
  /// The whole message and its way: what tells a message seen again.
  var fingerprint: UInt64 { keys.fingerprint }
  /// Who sent it.
  let from: NodeHandle
  /// Who received it.
  let to: NodeHandle
  private let keys: SIPMessageKeys
  private let description: ReadDescription

  /// `description` is where its session description is kept once it was read.
  init(
    _ message: SIPMessage, _ keys: SIPMessageKeys, from: NodeHandle, to: NodeHandle, description: ReadDescription
  ) {
    self.keys = keys
    self.description = description
    description.begin()
    viaCount = message.viaCount
    self.from = from
    self.to = to
  }

  /// The session description of the message that they are of; nil where there is none.
  func session(of message: SIPMessage) -> SessionDescription? { description.session(of: message) }
}
