import SubscriberTimelines

/// The registrations, or calls, of users by something that they have in common: the visited network, the access, the device.
public struct GroupedOutcomes: Sendable {
  /// How many groups are told apart; the registrations of further ones are counted in `other`.
  static let distinctGroups = 256

  /// Those of one group.
  public struct Counts: Sendable {
    /// All of them.
    public fileprivate(set) var total: UInt64 = 0
    /// Those accepted, or answered.
    public fileprivate(set) var accepted: UInt64 = 0
    /// Those rejected, or that no final response came to.
    public fileprivate(set) var failed: UInt64 = 0

    fileprivate mutating func count(_ isAccepted: Bool, _ isFailed: Bool) {
      total += 1
      if isAccepted { accepted += 1 }
      if isFailed { failed += 1 }
    }
  }

  private var counts: [String: Counts] = [:]
  /// Those of groups beyond `distinctGroups`.
  public private(set) var other: UInt64 = 0

  /// The groups by name.
  public var groups: [(name: String, counts: Counts)] {
    counts.sorted { $0.key < $1.key }.map { (name: $0.key, counts: $0.value) }
  }

  mutating func count(_ outcome: RegistrationOutcome, as name: String?) {
    count(isAccepted: outcome == .accepted, isFailed: outcome == .rejected || outcome == .unanswered, as: name)
  }

  mutating func count(_ outcome: CallOutcome, as name: String?) {
    count(isAccepted: outcome == .answered, isFailed: outcome == .rejected || outcome == .unanswered, as: name)
  }

  private mutating func count(isAccepted: Bool, isFailed: Bool, as name: String?) {
    guard let name, !name.isEmpty else { return }
    if let place = counts.index(forKey: name) {
      counts.values[place].count(isAccepted, isFailed)
    } else if counts.count < GroupedOutcomes.distinctGroups {
      counts[name, default: Counts()].count(isAccepted, isFailed)
    } else {
      other += 1
    }
  }

  /// The access type of P-Access-Network-Info (RFC 7315 section 4.4), without what follows it.
  static func accessType(_ header: String?) -> String? {
    guard let header else { return nil }
    let type = header.utf8.drop { $0 == UInt8(ascii: ";") }.prefix { $0 != UInt8(ascii: ";") }
    return type.isEmpty ? nil : String(decoding: type.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self)
  }
}
