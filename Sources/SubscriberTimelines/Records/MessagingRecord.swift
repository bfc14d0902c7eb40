import CaptureFacts
import SIPMessages

/// A request outside of registrations and calls, with its answer on all hops: SUBSCRIBE and its NOTIFYs, MESSAGE,
/// PUBLISH, OPTIONS, ...
public struct MessagingRecord: Sendable {
  /// Its name.
  public var id: RecordIdentifier
  /// Whose it is; nil where unknown.
  public var subscriber: SubscriberHandle?
  /// The method that began it.
  public var method: SIPMethod
  /// What it is for.
  public var service = MessagingService.other
  /// The event package of a subscription or publication (RFC 6665): `reg`, `presence`, ...
  public var eventPackage: String?
  /// The media type of the body of its first request.
  public var contentType: String?
  /// P-Asserted-Identity, else P-Preferred-Identity, else From.
  public var from: String
  /// The Request-URI nearest the sender.
  public var to: String
  /// The final response nearest the sender; nil without one.
  public var status: UInt16?
  /// How it ended.
  public var outcome: RegistrationOutcome
  /// When its first message was seen.
  public var start: Timestamp
  /// When its last message was seen.
  public var end: Timestamp
  /// The Call-IDs.
  public var dialogs: [Dialog] = []
  /// Whom it went to as a subscriber; nil where unknown, or the same.
  public var recipientSubscriber: SubscriberHandle?
  /// What became of a subscription; nil for anything else.
  public var subscription: SubscriptionSummary?
  /// P-Access-Network-Info of the first request: access and cell of the sender.
  public var accessNetwork: String?
  /// Whether a request tells where its sender is: Geolocation (RFC 6442).
  public var hasLocation = false
  /// Other records of the same story.
  public var related: [RelatedRecord] = []
  /// What became of a short message; nil for anything else.
  public var shortMessage: ShortMessageSummary?
  /// The hops in order of time.
  public var legs: [Leg]
  /// What was asked over Diameter, in order of time.
  public var diameter: [DiameterExchange]
  /// The application servers that the profile of its users names for it.
  public var applicationServers: [ServiceInvocation] = []
  /// Bodies that tell something of it, each once.
  public var bodies: [RecordedBody] = []
  /// All messages in order of time.
  public var events: [TimelineEvent]
  /// All frames, ordered.
  public var frames: [FrameReference]
  /// At which points its messages were seen.
  public var observedAt = CapturePointTally()
  /// What its capture agent says that it belongs to.
  public var correlationIdentifier: String?
}
