import CaptureFacts

/// One attempt to register, with its challenges, on all hops, and what the HSS said to it.
public struct Registration: Sendable {
  /// Its name.
  public var id: RecordIdentifier
  /// Whose it is; nil where no identity could be read.
  public var subscriber: SubscriberHandle?
  /// What it was for.
  public var kind: RegistrationKind
  /// Whether it is an emergency registration (`sos` in Contact, TS 24.229 section 5.1.6.2).
  public var isEmergency: Bool
  /// How it ended.
  public var outcome: RegistrationOutcome
  /// The final SIP code at the UE, or nearest to it in the capture; nil without one.
  public var status: UInt16?
  /// How often it was challenged (401 or 407 at the UE, or nearest to it).
  public var challenges: Int
  /// When its first message was seen.
  public var start: Timestamp
  /// When its last message was seen.
  public var end: Timestamp
  /// From the first request to the final response at the UE, in nanoseconds; nil where it has none.
  public var duration: Int64?

  /// The private identity (IMPI).
  public var privateIdentity: String?
  /// The public identity that was registered (IMPU).
  public var publicIdentity: String?
  /// The Contact that the UE registered, as it wrote it.
  public var contact: String?
  /// The seconds that the UE asked for.
  public var requestedExpiry: UInt32?
  /// The seconds that the S-CSCF granted.
  public var grantedExpiry: UInt32?
  /// P-Access-Network-Info of the UE.
  public var accessNetwork: String?
  /// P-Visited-Network-ID.
  public var visitedNetwork: String?
  /// User-Agent of the UE.
  public var userAgent: String?
  /// `+sip.instance` of the Contact.
  public var instance: String?
  /// The S-CSCF by name, from Cx or Service-Route.
  public var servingCSCF: String?
  /// The algorithm of the challenge: `AKAv1-MD5`, ...
  public var authenticationScheme: String?
  /// How what follows the challenge is protected; nil where nothing was agreed on.
  public var security: AccessSecurity?
  /// Service-Route of the 200.
  public var serviceRoute: [String]
  /// Path of REGISTER as the S-CSCF answered it, else as it came to the last hop.
  public var path: [String] = []
  /// P-Associated-URI of the 200: the implicit registration set.
  public var associatedIdentities: [String]
  /// The reason of a network de-registration, by name.
  public var deRegistrationReason: String?

  /// Where the time went, by node; empty where the capture does not tell.
  public var timeSpent: [NodeTime] = []

  /// The hops in order of time.
  public var legs: [Leg]
  /// What was asked over Diameter, in order of time.
  public var diameter: [DiameterExchange]
  /// The application servers that the profile of its user names for it.
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
  /// Why it failed; nil for one that did not.
  public var cause: Cause?

  /// Who ended the registration; nil for one that ends none.
  public var deRegisteredBy: String? {
    switch kind {
    case .deRegistration: "user"
    case .networkDeRegistration: "network"
    case .timeout: "timeout"
    case .initial, .additionalContact, .reRegistration: nil
    }
  }
}
