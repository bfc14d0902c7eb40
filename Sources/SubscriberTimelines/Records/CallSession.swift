import CaptureFacts
import SIPMessages

/// What the two ends of a dialog agreed on: its offers and answers (RFC 3264, RFC 6337), and where they left it.
public struct CallSession: Sendable {
  /// One of the two ends.
  public enum Party: String, Sendable {
    /// The end that sent the first INVITE of the dialog.
    case caller
    /// The other one.
    case callee
  }

  /// How a medium is protected.
  public enum Security: String, Sendable {
    /// SRTP with keys in the description (RFC 4568); the keys are never shown.
    case sdes
    /// Keys by DTLS (RFC 5763).
    case dtls
  }

  /// A file that is transferred (RFC 5547).
  public struct File: Sendable {
    /// Its name.
    public var name: String?
    /// Its media type.
    public var type: String?
    /// Its size in bytes.
    public var size: UInt64?
  }

  /// A medium that both ends accepted.
  public struct Medium: Sendable {
    /// `audio`, `video`, `message`, ...
    public var type: String
    /// The transport protocol of the answer.
    public var transport: String
    /// The codec that stands first in the answer: the one in use.
    public var codec: String?
    /// What the caller does.
    public var direction: SDPDirection
    /// How it is protected.
    public var security: Security?
    /// Whether both ends offer ICE.
    public var hasICE: Bool
    /// `b=AS` of the answer in kilobit per second.
    public var bandwidth: UInt64?
    /// Whether both ends have reserved what they want (RFC 3312); nil without preconditions.
    public var hasResources: Bool?
    /// Whether this is fax of T.38.
    public var isT38: Bool
    /// The file that it carries.
    public var file: File?
  }

  /// One offer, with what came of it.
  public struct Exchange: Sendable {
    /// What came of an offer.
    public enum Outcome: String, Sendable {
      /// It was answered.
      case answered
      /// The request that carried it was refused: the session stays as it was (RFC 3264 section 8).
      case refused
      /// Neither was seen.
      case unanswered
    }

    /// Who made the offer.
    public var offeredBy: Party
    /// The method of the request that carried the offer, or whose response did.
    public var method: SIPMethod
    /// The message with the offer.
    public var offerFrame: FrameReference
    /// The message with the answer.
    public var answerFrame: FrameReference?
    /// What came of it.
    public var outcome: Outcome
    /// The status of the response that refused it.
    public var status: UInt16?
    /// What it changed: `audio_begun`, `video_added`, `held_by_caller`, ...; empty where it only refreshed.
    public var changes: [String]
  }

  /// The Call-ID.
  public var callID: String
  /// The media at the end.
  public var media: [Medium]
  /// Who holds the session at the end.
  public var heldBy: [Party]
  /// The offers in their order.
  public var exchanges: [Exchange]
}
