import CaptureFacts

/// A contact of a subscriber over the whole capture: since when it is registered, until when, and who ended it.
public struct SubscriberBinding: Sendable {
  /// Who ended it.
  public enum End: String, Sendable {
    /// The UE gave it up.
    case user
    /// The HSS ended the registration (RTR).
    case network
    /// The S-CSCF told the HSS that the time ran out, or that the UE did not answer.
    case timeout
    /// The time that was granted passed without a refresh in the capture.
    case expiry
  }

  /// The contact, as the UE wrote it.
  public var contact: String
  /// `+sip.instance` of the contact.
  public var instance: String?
  /// When the first registration of it was accepted.
  public var registered: Timestamp
  /// When the last one was.
  public var refreshed: Timestamp
  /// How often it was refreshed.
  public var refreshes: UInt32 = 0
  /// When the time that was granted last is over; nil where nothing was granted or asked for.
  public var expires: Timestamp?
  /// When it ended; nil where it was registered to the last.
  public var ended: Timestamp?
  /// Who ended it.
  public var endedBy: End?

  /// What tells contacts of a user apart: the instance (RFC 5626 section 4.1), else the contact.
  var device: String { instance ?? contact }

  /// Ends it where it expired before `time`.
  mutating func expire(before time: Timestamp) {
    guard ended == nil, let expires, expires < time else { return }
    ended = expires
    endedBy = .expiry
  }
}
