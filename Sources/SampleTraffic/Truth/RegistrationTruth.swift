/// What is true of one registration attempt with its challenges.
public struct RegistrationTruth: Sendable {
  /// Why the binding changes; the values of `kind` in the report.
  public enum Kind: String, Sendable {
    case initial
    case additionalContact = "additional_contact"
    case reRegistration = "re_registration"
    case deRegistration = "de_registration"
    case networkDeRegistration = "network_de_registration"
    case timeout
  }

  /// How it ended; the values of `outcome` in the report.
  public enum Outcome: String, Sendable {
    case accepted, rejected, unanswered
    case inProgress = "in_progress"
  }

  /// The name by which messages refer to it, unique in the scenario.
  public var id: String
  /// What kind it is.
  public var kind: Kind
  /// Whether the contact carries the `sos` parameter (TS 24.229 section 5.1.6.2).
  public var isEmergency = false
  /// How it ended.
  public var outcome = Outcome.unanswered
  /// The final SIP code as the UE saw it; 401 where the UE never came back; nil where there is none.
  public var status: Int?
  /// How many 401 the UE received.
  public var challenges = 0
  /// The private identity.
  public var impi: String?
  /// The public identity that was registered.
  public var impu: String?
  /// Nanoseconds since the epoch.
  public var start: Int64 = 0
  /// Why it failed or was interrupted; nil where nothing went wrong.
  public var cause: FailureCause?
  /// The Call-IDs of its SIP messages.
  public var callIDs: [String] = []
}
