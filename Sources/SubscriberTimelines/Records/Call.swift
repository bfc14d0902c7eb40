import CaptureFacts

/// One attempt of a user to call, with all its legs.
public struct Call: Sendable {
  /// Who ended an answered call.
  public enum Releaser: String, Sendable {
    /// The caller sent BYE.
    case caller
    /// The callee sent BYE.
    case callee
    /// A node between them did.
    case network
  }

  /// Its name.
  public var id: RecordIdentifier
  /// The caller as a subscriber; nil where unknown.
  public var callerSubscriber: SubscriberHandle?
  /// The callee as a subscriber; nil where unknown.
  public var calleeSubscriber: SubscriberHandle?
  /// P-Asserted-Identity, else P-Preferred-Identity, else From.
  public var caller: String
  /// As dialled: the Request-URI nearest the caller.
  public var callee: String
  /// The identity the network resolved it to: P-Asserted-Identity of the answer, P-Called-Party-ID or Public-Identity of
  /// the location query.
  public var calleeIdentity: String?
  /// How it ended.
  public var outcome: CallOutcome
  /// The final response nearest the caller; nil without one.
  public var status: UInt16?
  /// Whether it was answered and not released by the end of the capture.
  public var isOpenAtEnd: Bool
  /// Whether its INVITE is before the capture.
  public var beganBeforeCapture: Bool
  /// Whether it is an emergency call (`urn:service:sos`, RFC 5031).
  public var isEmergency: Bool
  /// When its first message was seen.
  public var start: Timestamp
  /// When its last message was seen.
  public var end: Timestamp
  /// INVITE to first 180 nearest the caller, in nanoseconds.
  public var ringingTime: Int64?
  /// INVITE to 200 nearest the caller, in nanoseconds.
  public var answerTime: Int64?
  /// 200 to BYE nearest the caller, in nanoseconds.
  public var talkTime: Int64?
  /// Who ended it.
  public var releasedBy: Releaser?
  /// How often INVITE was challenged.
  public var challenges: Int
  /// icid-value of P-Charging-Vector.
  public var chargingIdentifier: String?
  /// The Call-IDs.
  public var dialogs: [Dialog]
  /// What it is for.
  public var service = CallService.unknown
  /// What happened in it, in words of `CallFeatures`.
  public var features: [String] = []
  /// P-Access-Network-Info of the INVITE: access and cell of the caller.
  public var accessNetwork: String?
  /// P-Access-Network-Info of the callee's responses: its access type and cell.
  public var calleeAccessNetwork: String?
  /// The network in which the caller was registered; nil where the capture does not show it.
  public var visitedNetwork: String?
  /// The ways of its INVITE, where a node sent it on in several.
  public var branches: [CallBranch] = []
  /// What REFERs asked for.
  public var transfers: [CallTransfer] = []
  /// How it went on to another target than the first.
  public var diversions: [CallDiversion] = []
  /// Why it was released, refused or cancelled, as Reason says.
  public var reasons: [CallReason] = []
  /// The focus of the conference.
  public var focus: String?
  /// The feature tags of TS 24.237 in its messages.
  public var continuityMarks: [String] = []
  /// Other records of the same story.
  public var related: [RelatedRecord] = []
  /// The hops in order of time.
  public var legs: [Leg]
  /// What was asked over Diameter, in order of time.
  public var diameter: [DiameterExchange]
  /// The application servers that the profiles of its users name for it.
  public var applicationServers: [ServiceInvocation] = []
  /// What its dialogs agreed on, and what changed with which message.
  public var sessions: [CallSession] = []
  /// Media as the session descriptions agreed on it.
  public var media: [MediaStream]
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
  /// Why it failed or ended; nil where nothing needs saying.
  public var cause: Cause?
}
