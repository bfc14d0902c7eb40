import ByteReading

/// What is kept of a registration while it is open, beside its trail.
/// A class, so that a record keeps room for the facts of its own kind only, and they are changed where they lie.
final class RegistrationFacts {
  /// How many requests for resynchronisation are kept: far more than a UE makes before it gives up.
  static let keptResynchronisations = 16

  /// The address-of-record (To of REGISTER), hashed in the form of `IdentityText`.
  var addressOfRecord: KeyedHash?
  /// The hashes under which it stands in the index of open registrations.
  var indexedIdentities: [KeyedHash] = []
  /// The lowest CSeq of the UE's REGISTERs so far; nil while there is none.
  var firstCSeq: UInt32?
  /// The subscribers under whom it stands in the index of registrations that the network ended.
  var indexedSubscribers: [KeyedHash] = []
  /// The highest CSeq of the UE's REGISTERs so far.
  var cseq: UInt32 = 0
  var privateIdentity: String?
  var publicIdentity: String?
  var contact: String?
  /// How far the request had come that the UE's own headers were read from.
  var nearestViaCount = Int.max
  var requestedExpiry: UInt32?
  var grantedExpiry: UInt32?
  var accessNetwork: String?
  var visitedNetwork: String?
  var userAgent: String?
  var instance: String?
  var servingCSCF: String?
  var authenticationScheme: String?
  /// What the UE announced in Security-Client of its last REGISTER.
  var offeredSecurity: AccessSecurity.End?
  /// What the P-CSCF chose.
  var security: AccessSecurity?
  var serviceRoute: [String] = []
  var associatedIdentities: [String] = []
  /// Path as it was seen last.
  var path: [String] = []
  /// How far the message had come that `path` is of; a 2xx counts as farther than any request.
  var pathViaCount = 0
  /// Whether every Contact is given up: expires 0, or `*` (RFC 3261 section 10.2.2).
  var isDeRegistration = false
  var isEmergency = false
  /// Whether REGISTER came over a security association already (`integrity-protected="yes"`, TS 24.229 section 5.2.2).
  var isIntegrityProtected = false
  /// The CSeq of the last REGISTER that carried an answer to a challenge; nil while none did.
  var answeringCSeq: UInt32?
  /// The nonce of the last challenge that was answered, hashed; nil while none was.
  var answeredNonce: KeyedHash?
  /// The CSeq of each REGISTER that carried `auts`: the SIM's sequence number is ahead (TS 33.203 section 6.1.3).
  var resynchronisations: [UInt32] = []
  /// The words of the failing response to the last try; a first challenge is none.
  var refusal: RefusalWords?
  /// What kind of registration it is when the network starts it; nil for one that a UE started.
  var networkKind: RegistrationKind?
  /// The reason of a network de-registration, by name.
  var deRegistrationReason: String?
  /// The Session-Id of the exchange that started a network de-registration.
  var sessionID: String?

  /// The credentials and contacts that were read last, and what an answer told last: further hops repeat them.
  var readCredentials: KeyedHash?
  var readContacts: KeyedHash?
  var readAnswer: KeyedHash?

  /// Nothing known yet.
  init() {}
}
