import CaptureFacts

/// What the attempts of one UE to register show together. Each row is a rule; a rule is added as a row, with its scenario.
enum RegistrationLoops {
  /// Attempts from which on they are a loop.
  static let attempts = 5

  /// Within what time one follows the other in a loop, in nanoseconds: after the second failure a UE waits for at least 30
  /// seconds (RFC 5626 section 4.5, TS 24.229 section 5.1.1.2.1).
  static let pause: Int64 = 30_000_000_000

  /// The share of the time that was granted within which a UE has no reason to register again: it does so at half of it,
  /// or 600 s before its end (TS 24.229 section 5.1.1.4.1).
  static let refreshShare = 0.25

  /// Requests for resynchronisation from which on they are a loop: the first one must help (TS 33.102 section 6.3.5).
  static let resynchronisations = 3

  static let rules: [CauseRule<(run: RegistrationRun, nodes: NodeDirectory)>] = [
    CauseRule(key: "resynchronisation_loop", severity: .error) { evidence in
      let run = evidence.run
      guard run.resynchronisations >= resynchronisations else { return nil }
      let end =
        run.latest.outcome == .inProgress
        ? "that goes on at the end of the capture" : "the last attempt is \(run.latest.words)"
      return CauseRule.Match(
        sentence: "\(sender(run, evidence.nodes)) asked \(run.resynchronisations) times for resynchronisation of the "
          + "sequence number of \(run.identity) (auts) from \(run.first.timeOfDay) on, and the next challenge did not "
          + "suit it either: \(end)",
        frames: run.resynchronisationFrames)
    },
    CauseRule(key: "registration_loop", severity: .warning) { evidence in
      let run = evidence.run
      guard run.count >= attempts else { return nil }
      return CauseRule.Match(
        sentence: "\(sender(run, evidence.nodes)) sent REGISTER of \(run.identity) to "
          + "\(registrar(run, evidence.nodes)) again and again: "
          + "\(run.count) attempts within \(CauseText.duration(run.latest.start.nanoseconds(since: run.first))) from "
          + "\(run.first.timeOfDay) to \(run.latest.start.timeOfDay), \(run.outcomeText)",
        frames: run.attempts.map(\.frame))
    },
  ]

  private static func sender(_ run: RegistrationRun, _ nodes: NodeDirectory) -> String {
    run.sender.map { CauseText.name($0, nodes) } ?? "a UE"
  }

  private static func registrar(_ run: RegistrationRun, _ nodes: NodeDirectory) -> String {
    run.registrar.map { CauseText.name($0, nodes) } ?? "the network"
  }

  /// Whether an attempt that begins at `time` goes on with a run.
  static func continues(_ run: RegistrationRun, at time: Timestamp) -> Bool {
    // Records are completed by when they end: one may come before one that began later.
    let since = time.nanoseconds(since: run.latest.start)
    guard abs(since) <= pause else { return false }
    guard run.latest.outcome == .accepted, let granted = run.latest.granted, since > 0 else { return true }
    return Double(since) < refreshShare * Double(granted) * 1_000_000_000
  }
}
