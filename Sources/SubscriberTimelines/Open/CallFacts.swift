import ByteReading
import MediaStreams

/// What is kept of a call while it is open, beside its trail.
/// A class, so that a record keeps room for the facts of its own kind only, and they are changed where they lie.
final class CallFacts {
  /// How many such keys it has: each of its sides may have an icid, a Session-ID and a description of its own.
  static let keptKeys = 64

  var assertedCaller: String?
  var preferredCaller: String?
  var fromIdentity: String?
  var callee: String?
  /// How far the request had come that `callee` was read from.
  var calleeViaCount = Int.max
  var calleeIdentity: String?
  /// Hashes of the user parts that its requests were addressed to: what a location query asks for.
  var targets: [KeyedHash] = []
  var chargingIdentifier: String?
  /// The keys under which it stands in the index, beside Call-IDs and targets.
  var indexed: [OpenIndex.Entry] = []
  /// The last two users that it was found to be of.
  var readParties: KeyedHash?
  /// The headers in which features were looked for last.
  var readFeatures: KeyedHash?
  /// The last description that its keys were taken from.
  var offerDescription: KeyedHash?
  /// The half of Session-ID that names the caller.
  var callerSession: KeyedHash?
  var isEmergency = false
  var beganBeforeCapture = false
  /// How each dialog after the first was joined.
  var joins: [Dialog.JoinKey] = [.callID]
  /// What happened in it.
  var story = CallStory()
  /// The offers and answers of its dialogs.
  var negotiation = SessionNegotiation()
  var offeredMedia: [SessionMedia] = []
  var answeredMedia: [SessionMedia] = []
  /// The hash of the description that `answeredMedia` was read from.
  var answerDescription: KeyedHash?
  /// How far from the caller `answeredMedia` was read.
  var answerViaCount = Int.max
  /// Where its descriptions ask for media.
  var mediaEndpoints: [MediaEndpointFacts] = []
  /// The hashes of the bodies that those were read from.
  var mediaDescriptions: [KeyedHash] = []
  /// The streams of media that belong to it.
  var observedMedia: [ObservedMediaStream] = []
  /// The Reason of the message that ended it, as it stands there.
  var reason: String?
  /// The words of the failing response to the initial INVITE; a first challenge is none.
  var refusal: RefusalWords?
  /// The highest CSeq of an INVITE that carried credentials; nil while none did.
  var credentialsCSeq: UInt32?
  /// The session timer as it was agreed last (RFC 4028); nil while there is none.
  var timer: SessionTimer?

  /// Nothing known yet.
  init() {}
}
