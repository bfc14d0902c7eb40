/// How one registration goes: the defaults are an initial registration that succeeds.
struct RegistrationPlan {
  /// The hop that does not deliver a REGISTER.
  enum HopFailure {
    /// The node at this index on the way gets the request and does nothing with it.
    case swallowed(node: Int)
    /// The connection from this node to the next is not answered.
    case unansweredConnection(node: Int)
    /// The connection from this node to the next is refused.
    case refusedConnection(node: Int)
  }

  /// How a dead S-CSCF shows.
  enum ServingNodeDeath {
    case portUnreachable
    case silent
  }

  var subscriber: Subscriber
  var kind = RegistrationTruth.Kind.initial
  var isEmergency = false
  /// Seconds asked for.
  var expires = 3600
  /// The Call-ID of an earlier registration that this one refreshes or ends.
  var callID: String?
  var firstSequence: Int?
  /// Whether the contact is `*` (RFC 3261 section 10.2.2).
  var isContactStar = false
  /// Whether the P-CSCF vouches for the UE, so that nobody challenges (TS 24.229 section 5.2.2).
  var isIntegrityProtected = false
  var visitedNetwork: String?
  /// The P-CSCF where it is not the home network's.
  var proxy: Node?
  /// nil where the HSS stays silent.
  var authorization: DiameterResult? = .firstRegistration
  /// The profile that SAA brings; nil for one that names the network's application server.
  var profile: String?
  /// What the P-CSCF, or an ATCF behind it, adds as Feature-Caps (RFC 6809).
  var featureCaps: String?
  /// The percentage by which UAA asks for fewer requests (OC-OLR, RFC 7683 section 7.3).
  var overloadReduction: UInt32?
  /// Whether a granted UAA names an S-CSCF; otherwise it may list capabilities.
  var namesServer = true
  var listsCapabilities = false
  var multimediaAuth: DiameterResult? = .success
  var assignment: DiameterResult? = .success
  /// Server-Assignment-Type of the last SAR (TS 29.229 section 6.3.15), nil for the one that follows from the kind.
  var assignmentType: UInt32?
  /// The answers to the challenges, in order; the number of challenges follows.
  var answers: [ChallengeAnswer] = [.correct]
  /// Whether a wrong or missing answer makes the S-CSCF send SAR (TS 29.228 section 6.1.2).
  var reportsFailure = false
  var negotiations: [Negotiation] = []
  /// What the core says where the HSS refuses or stays silent.
  var failure: (status: Int, phrase: String) = (403, "Forbidden")
  var hopFailure: HopFailure?
  var servingNodeDeath: ServingNodeDeath?
  /// The S-CSCF chosen instead of a dead one.
  var replacement: Node?
  /// The node that answers Cx instead of the HSS: an agent that cannot deliver.
  var answeringAgent: Node?
  /// Whether the S-CSCF registers the user with the application server (TS 24.229 section 5.4.1.7).
  var registersThirdParty = false
  var authenticationScheme = "Digest-AKAv1-MD5"
  /// How the UE and the P-CSCF protect what follows the challenge; nil for not at all.
  var protection: (suite: ProtectionSuite, mode: ProtectionMode)?
  var cause: FailureCause?

  init(_ subscriber: Subscriber, kind: RegistrationTruth.Kind = .initial) {
    self.subscriber = subscriber
    self.kind = kind
    if kind == .deRegistration { expires = 0 }
    if kind != .initial { authorization = .subsequentRegistration }
    if kind == .deRegistration { authorization = .success }
  }
}
