import ByteReading
import CaptureFacts

/// The latest attempts of each UE to register.
struct RegistrationRunTable {
  /// How many UEs are followed at once: those that register within some five minutes. Those beyond are told.
  static let limit = 1 << 15

  /// How long after an attempt began the next one may still come: its record is completed by then.
  private static let memory =
    SubscriberTimelines.linger + SubscriberTimelines.challengeBound + RegistrationLoops.pause

  private var runs: [KeyedHash: RegistrationRun] = [:]
  private var lookedOver: Timestamp?

  /// The run of a UE.
  func run(of key: KeyedHash) -> RegistrationRun? { runs[key] }

  /// Whether another UE finds room.
  var hasRoom: Bool { runs.count < RegistrationRunTable.limit }

  /// Begins a run, or ends it where there is none to begin.
  mutating func set(_ run: RegistrationRun?, of key: KeyedHash) { runs[key] = run }

  /// Adds to the run of a UE.
  mutating func add(_ attempt: RegistrationRun.Attempt, to key: KeyedHash) { runs[key]?.add(attempt) }

  /// The runs that are over by now, once in a while, in order of time.
  mutating func takeOver(at time: Timestamp) -> [RegistrationRun] {
    guard let before = lookedOver else {
      lookedOver = time
      return []
    }
    guard time.nanoseconds(since: before) >= RegistrationRunTable.memory / 4 else { return [] }
    lookedOver = time
    var over: [RegistrationRun] = []
    for (key, run) in runs where time.nanoseconds(since: run.latest.start) > RegistrationRunTable.memory {
      over.append(run)
      runs[key] = nil
    }
    return RegistrationRunTable.ordered(over)
  }

  /// Ends the input: all runs, in order of time.
  mutating func takeAll() -> [RegistrationRun] {
    let all = Array(runs.values)
    runs = [:]
    return RegistrationRunTable.ordered(all)
  }

  private static func ordered(_ runs: [RegistrationRun]) -> [RegistrationRun] {
    runs.sorted { ($0.first, $0.latest.id.hash) < ($1.first, $1.latest.id.hash) }
  }
}
