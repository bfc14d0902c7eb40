import SubscriberTimelines

/// Findings with the same reason at the same nodes of the network, as one.
struct FindingGroups {
  /// How many are told apart: a network has some dozen nodes, and few of them have much trouble. Others are counted.
  static let kept = 1024

  /// What has the same reason.
  struct Group {
    /// The earliest that came.
    let first: Finding
    /// How many there are.
    var count: UInt64
    fileprivate let place: Int
  }

  private struct Key: Hashable {
    let rule: String
    let severity: Finding.Severity
    let nodes: [Substring]
  }

  private static let roles = Set(NodeRole.allCases.map(\.name))

  private var groups: [Group] = []
  private var places: [Key: Int] = [:]
  /// All findings.
  private(set) var total: UInt64 = 0
  /// All findings, by how bad they are.
  private(set) var bySeverity: [Finding.Severity: UInt64] = [:]

  /// Adds a finding.
  mutating func add(_ finding: Finding) {
    total += 1
    bySeverity[finding.severity, default: 0] += 1
    let key = Key(rule: finding.rule, severity: finding.severity, nodes: FindingGroups.nodes(in: finding.text))
    if let place = places[key] {
      groups[place].count += 1
    } else if groups.count < FindingGroups.kept {
      places[key] = groups.count
      groups.append(Group(first: finding, count: 1, place: groups.count))
    }
  }

  /// The worst first, of these the most frequent, of these the earliest.
  var ordered: [Group] {
    groups.sorted {
      ($1.first.severity, $1.count, $0.place) < ($0.first.severity, $0.count, $1.place)
    }
  }

  /// The nodes of the network that a sentence names: what follows roles other than that of a user.
  private static func nodes(in text: String) -> [Substring] {
    var nodes: [Substring] = []
    var isName = false
    for word in text.split(separator: " ") {
      if isName { nodes.append(word) }
      let role = word.prefix { $0 != "/" }
      isName = roles.contains(String(role)) && role != NodeRole.userEquipment.name
      if isName { nodes.append(word) }
    }
    return nodes
  }
}
