import ByteReading
import CaptureFacts

/// A record that is not complete yet.
struct OpenRecord {
  /// What it is about.
  enum Subject {
    case registration(RegistrationFacts)
    case call(CallFacts)
    case messaging(MessagingFacts)
  }

  /// What it is about.
  var subject: Subject
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
  /// The places of its Diameter exchanges.
  var exchanges: [Int] = []

  /// The facts of a registration; setting them on another record is a mistake of this module.
  var registration: RegistrationFacts? {
    get {
      if case .registration(let facts) = subject { facts } else { nil }
    }
    set {
      if let newValue { subject = .registration(newValue) }
    }
  }

  /// The facts of a call.
  var call: CallFacts? {
    get {
      if case .call(let facts) = subject { facts } else { nil }
    }
    set {
      if let newValue { subject = .call(newValue) }
    }
  }

  /// The facts of a message or subscription.
  var messaging: MessagingFacts? {
    get {
      if case .messaging(let facts) = subject { facts } else { nil }
    }
    set {
      if let newValue { subject = .messaging(newValue) }
    }
  }
}
