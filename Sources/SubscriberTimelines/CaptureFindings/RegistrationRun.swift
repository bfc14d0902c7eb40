import CaptureFacts

/// Attempts of one UE to register that follow each other closely.
struct RegistrationRun {
  /// How many attempts, outcomes and frames of a run are kept.
  static let kept = 8

  /// One of the attempts.
  struct Attempt {
    let id: RecordIdentifier
    let start: Timestamp
    let frame: FrameReference?
    let outcome: RegistrationOutcome
    let status: UInt16?
    /// The seconds that were granted; nil where it was not accepted.
    let granted: UInt32?
    /// The requests by which the UE asked for resynchronisation.
    let resynchronisations: [FrameReference]

    /// `rejected with 403`, `accepted for 3600 s`.
    var words: String {
      switch outcome {
      case .accepted: "accepted" + (granted.map { " for \($0) s" } ?? "")
      case .rejected: "rejected" + (status.map { " with \($0)" } ?? "")
      case .unanswered where status == 401 || status == 407: "with a challenge that was not answered"
      case .unanswered: "unanswered"
      case .inProgress: "in progress"
      }
    }
  }

  /// Whose attempts they are.
  let identity: String
  /// The UE, or who sends for it.
  let sender: NodeHandle?
  /// Where it sends them.
  let registrar: NodeHandle?
  /// When the first one began.
  private(set) var first: Timestamp
  /// How many they are.
  private(set) var count = 1
  /// How often they asked for resynchronisation.
  private(set) var resynchronisations: Int
  /// The last one.
  private(set) var latest: Attempt
  private let opening: Attempt
  // Most users make no other: these begin with the second.
  private var more: [Attempt] = []
  private var outcomes: [(words: String, count: Int)] = []

  init(identity: String, sender: NodeHandle?, registrar: NodeHandle?, _ attempt: Attempt) {
    self.identity = identity
    self.sender = sender
    self.registrar = registrar
    first = attempt.start
    latest = attempt
    opening = attempt
    resynchronisations = attempt.resynchronisations.count
  }

  /// Adds an attempt.
  mutating func add(_ attempt: Attempt) {
    if outcomes.isEmpty { outcomes = [(opening.words, 1)] }
    count += 1
    first = min(first, attempt.start)
    if attempt.start >= latest.start { latest = attempt }
    if more.count < RegistrationRun.kept - 1 { more.append(attempt) }
    resynchronisations += attempt.resynchronisations.count
    let words = attempt.words
    if let place = outcomes.firstIndex(where: { $0.words == words }) {
      outcomes[place].count += 1
    } else if outcomes.count < RegistrationRun.kept {
      outcomes.append((words, 1))
    }
  }

  /// The attempts that are kept.
  var attempts: [Attempt] { [opening] + more }

  /// `5 rejected with 403, 2 accepted for 3600 s`.
  var outcomeText: String {
    outcomes.isEmpty ? "1 \(opening.words)" : outcomes.map { "\($0.count) \($0.words)" }.joined(separator: ", ")
  }

  /// The frames of the requests for resynchronisation, as far as they are kept.
  var resynchronisationFrames: [FrameReference] {
    Array(attempts.flatMap(\.resynchronisations).prefix(RegistrationRun.kept))
  }
}
