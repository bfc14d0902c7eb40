import ByteReading
import CaptureFacts

/// A Diameter exchange while it is open.
struct ExchangeState {
  /// One message of it.
  struct Sight {
    let time: Timestamp
    let frame: FrameReference
    let point: CapturePointHandle
    let fingerprint: UInt64
    let mark: UInt32
  }

  /// One hop through agents, after the first.
  struct Hop {
    let from: NodeHandle
    let to: NodeHandle
    var request: Sight?
    var answer: Sight?
    /// What its answer said: an agent may ask another than the one that refused or redirected it.
    var result: DiameterExchange.Result?
  }

  /// Where a message belongs: an exchange, and which of its hops, 0 the first.
  struct Seat {
    let place: Int
    let hop: Int
  }

  /// How many hops through agents are followed: a request that loops ends there (RFC 6733 section 6.1.3).
  static let keptHops = 8

  let commandCode: UInt32
  let applicationID: UInt32
  /// The keys under which its other halves are looked up, one for each hop.
  var keys: [KeyedHash]
  /// What its hops have in common; nil for a message without Session-Id.
  let relayKey: KeyedHash?
  /// Its hops after the first.
  var hops: [Hop] = []
  /// Who asked.
  var from: NodeHandle
  /// Who answered or should have.
  var to: NodeHandle
  let transport: TransportProtocol
  var request: Sight?
  var answer: Sight?
  var frames: [FrameReference] = []
  /// Where its messages were seen.
  var points = CapturePointTally()
  var result: DiameterExchange.Result?
  var retransmissions = 0
  var requestCopies: UInt16 = 0
  var answerCopies: UInt16 = 0
  /// User-Name, in the form of `IdentityText`.
  var privateIdentity: String?
  /// Public-Identity and the identities of User-Data, in the form of `IdentityText`.
  var publicIdentities: [String] = []
  /// Session-Id, hashed; nil where it has none.
  var session: KeyedHash?
  /// Session-Id of an answer whose request was not seen.
  var answerSession: String?
  var serverName: String?
  var userAuthorizationType: UInt32?
  var serverAssignmentType: UInt32?
  /// The Call-ID that the request carried, hashed.
  var callID: KeyedHash?
  /// The authentication schemes of the vectors.
  var authenticationScheme: String?
  /// The UE's address of an Rx session; of IPv6 the prefix.
  var framedAddress: IPAddress?
  /// What an Rx session is asked for.
  var policySubject: PolicyCommand.Subject?
  /// AF-Charging-Identifier, hashed.
  var chargingIdentifier: KeyedHash?
  var deRegistrationReason: String?
  var details = DiameterDetails()
  /// The place of its record; nil while it has none.
  var record: Int?
  var joinedBy: DiameterExchange.JoinKey?

  /// Session-Id.
  var sessionID: String { details.text(.sessionID) ?? answerSession ?? "" }

  /// When it began, as far as it was seen.
  var start: Timestamp { request?.time ?? answer?.time ?? Timestamp(nanoseconds: 0) }

  /// When something of it was seen last.
  var end: Timestamp {
    switch (request?.time, answer?.time) {
    case (let request?, let answer?): max(request, answer)
    case (let time?, nil), (nil, let time?): time
    case (nil, nil): Timestamp(nanoseconds: 0)
    }
  }

  /// Whether the result is a success: 2xxx of either kind (RFC 6733 section 7.1, TS 29.229 section 6.2).
  var isSuccess: Bool {
    switch result {
    case .base(let code), .experimental(_, let code): (2000..<3000).contains(code)
    case nil: false
    }
  }

  /// Whether the answer named another to ask: what is sent there is another exchange (RFC 6733 section 6.1.8).
  var isRedirected: Bool { result == .base(DiameterBehaviours.redirectIndication) }
}
