/// What is true of one user's call attempt with all its legs.
public struct CallTruth: Sendable {
  /// How it ended; the values of `outcome` in the report.
  public enum Outcome: String, Sendable {
    case answered, cancelled, busy, declined, redirected, rejected, unanswered
    case noAnswer = "no_answer"
    case inProgress = "in_progress"
  }

  /// The name by which messages refer to it, unique in the scenario.
  public var id: String
  /// The asserted identity of the caller.
  public var caller: String
  /// The identity as dialled.
  public var callee: String
  /// How it ended.
  public var outcome = Outcome.unanswered
  /// The final SIP code as the caller saw it, nil where there was none.
  public var status: Int?
  /// The hops that an INVITE of the call took; the retransmissions and re-INVITEs of a hop count once with it.
  public var legs = 0
  /// `caller`, `callee` or `network`, where somebody released an answered call.
  public var releasedBy: String?
  /// Whether it still went on when the capture ended.
  public var isOpenAtEnd = false
  /// What the session was and what happened in it: `video`, `emergency`, `hold`, `transfer`, `early_media` ...
  public var features: [String] = []
  /// The calls that it continues: the one that was transferred, the one that it replaces, the one whose access it moves.
  public var related: [String] = []
  /// The application servers that the profiles of its users name for it, and the values of `state` in the report.
  public var applicationServers: [String: String] = [:]
  /// Nanoseconds since the epoch.
  public var start: Int64 = 0
  /// Why it failed or was interrupted; nil where nothing went wrong.
  public var cause: FailureCause?
  /// By what each of its dialogs is known to belong to it, in their order; empty where nothing is said of it.
  public var joins: [String] = []
  /// The Call-IDs of its SIP messages.
  public var callIDs: [String] = []
}
