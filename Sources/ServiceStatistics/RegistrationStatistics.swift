import SubscriberTimelines

/// Figures over registrations.
public struct RegistrationStatistics: Sendable {
  /// How many there were.
  public private(set) var total: UInt64 = 0
  /// By what they were for.
  public private(set) var byKind: [RegistrationKind: UInt64] = [:]
  /// By how they ended.
  public private(set) var byOutcome: [RegistrationOutcome: UInt64] = [:]
  /// By final SIP status.
  public private(set) var byStatus: [UInt16: UInt64] = [:]
  /// Challenges in all.
  public private(set) var challenges: UInt64 = 0
  /// Registration Request Delay (RFC 6076 section 4.1): REGISTER to its final 200, of those accepted.
  public private(set) var requestDelay = DurationDistribution()
  /// By P-Visited-Network-ID.
  public private(set) var byVisitedNetwork = GroupedOutcomes()
  /// By the access type of P-Access-Network-Info (RFC 7315 section 4.4).
  public private(set) var byAccessType = GroupedOutcomes()
  /// By User-Agent.
  public private(set) var byDevice = GroupedOutcomes()
  /// Attempts of a user to register that came to an end: what the ratio of ineffective ones is over.
  private var decided: UInt64 = 0
  private var ineffective: UInt64 = 0

  mutating func count(_ registration: Registration) {
    total += 1
    byKind[registration.kind, default: 0] += 1
    byOutcome[registration.outcome, default: 0] += 1
    if let status = registration.status { byStatus[status, default: 0] += 1 }
    challenges &+= UInt64(clamping: registration.challenges)
    if registration.deRegisteredBy == nil || registration.kind == .deRegistration {
      byVisitedNetwork.count(registration.outcome, as: registration.visitedNetwork)
      byAccessType.count(registration.outcome, as: GroupedOutcomes.accessType(registration.accessNetwork))
      byDevice.count(registration.outcome, as: registration.userAgent)
    }
    // The metrics are about a user's attempt to become registered: not about giving the binding up, nor about what the
    // network does.
    guard [.initial, .additionalContact, .reRegistration].contains(registration.kind) else { return }
    switch registration.outcome {
    case .accepted:
      decided += 1
      if let duration = registration.duration { requestDelay.record(duration) }
    case .rejected, .unanswered:
      decided += 1
      ineffective += 1
    case .inProgress: break
    }
  }

  /// Ineffective Registration Attempts (RFC 6076 section 4.2), as a percentage; nil where none came to an end.
  public var ineffectiveAttempts: Double? { percentage(ineffective, of: decided) }
}

/// `part` of `whole` in percent; nil where there is no whole.
func percentage(_ part: UInt64, of whole: UInt64) -> Double? {
  whole == 0 ? nil : Double(part) * 100 / Double(whole)
}
