import ByteReading
import CaptureFacts

/// A record that is not complete yet.
struct OpenRecord {
  /// How many addresses of UEs a record is found by: a call has two, a conference more.
  static let keptAddresses = 8

  /// What it is about, as it is when it begins.
  enum Subject {
    case registration(RegistrationFacts)
    case call(CallFacts)
    case messaging(MessagingFacts)
  }

  // One of the three.

  /// The facts of a registration.
  private(set) var registration: RegistrationFacts?
  /// The facts of a call.
  private(set) var call: CallFacts?
  /// The facts of a message or subscription.
  private(set) var messaging: MessagingFacts?
  /// Its messages.
  var trail: MessageTrail
  /// Its Call-IDs, hashed; parallel to `trail.callIDs`.
  var callIDs: [KeyedHash]
  /// The From tags of the requests that opened its dialogs, hashed; parallel to `callIDs`: what tells records with the
  /// same Call-ID apart.
  var openerTags: [KeyedHash?]
  /// The From tag of its first request, for the id.
  let openerTagText: String
  /// The Session-Ids of its policy sessions, hashed.
  var sessions: [KeyedHash] = []
  /// The addresses of its UEs, as the index has them.
  var addresses: [KeyedHash] = []
  /// The bodies that tell something of it.
  var bodies = BodyCollection()
  /// What its capture agent says that it belongs to.
  var correlationIdentifier: String?
  /// What filter criteria said of its requests; nil where none is known.
  var filterCriteria: FilterCriteriaFacts?
  /// Other records of the same story.
  var related: [RelatedRecord] = []
  /// The places of its Diameter exchanges.
  var exchanges: [Int] = []

  /// Begins a record.
  init(
    subject: Subject, trail: MessageTrail, callIDs: [KeyedHash], openerTags: [KeyedHash?], openerTagText: String
  ) {
    switch subject {
    case .registration(let facts): registration = facts
    case .call(let facts): call = facts
    case .messaging(let facts): messaging = facts
    }
    self.trail = trail
    self.callIDs = callIDs
    self.openerTags = openerTags
    self.openerTagText = openerTagText
  }
}
