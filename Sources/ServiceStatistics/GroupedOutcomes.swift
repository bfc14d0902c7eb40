import SubscriberTimelines

/// The registrations of users by something that they have in common: the visited network, the access, the device.
public struct GroupedOutcomes: Sendable {
  /// How many groups are told apart; the registrations of further ones are counted in `other`.
  static let distinctGroups = 256

  /// Those of one group.
  public struct Counts: Sendable {
    /// All of them.
    public fileprivate(set) var total: UInt64 = 0
    /// Those accepted.
    public fileprivate(set) var accepted: UInt64 = 0
    /// Those rejected or not answered.
    public fileprivate(set) var failed: UInt64 = 0
  }

  private var counts: [String: Counts] = [:]
  /// Registrations of groups beyond `distinctGroups`.
  public private(set) var other: UInt64 = 0

  /// The groups by name.
  public var groups: [(name: String, counts: Counts)] {
    counts.sorted { $0.key < $1.key }.map { (name: $0.key, counts: $0.value) }
  }

  mutating func count(_ outcome: RegistrationOutcome, as name: String?) {
    guard let name, !name.isEmpty else { return }
    guard counts[name] != nil || counts.count < GroupedOutcomes.distinctGroups else {
      other += 1
      return
    }
    counts[name, default: Counts()].total += 1
    switch outcome {
    case .accepted: counts[name]?.accepted += 1
    case .rejected, .unanswered: counts[name]?.failed += 1
    case .inProgress: break
    }
  }
}
