/// The rows of a table in an overview: those that matter most (records that failed) before all others, as many as the
/// limit allows, and how many there were. Memory follows the limit.
struct SelectedRows {
  private let limit: Int
  private var preferred: [(ordinal: UInt64, row: [TableCell])] = []
  private var others: [(ordinal: UInt64, row: [TableCell])] = []
  /// How many rows there were.
  private(set) var total: UInt64 = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// Adds a row; it is only made where there is room for it.
  mutating func add(preferred isPreferred: Bool, _ row: () -> [TableCell]) {
    total += 1
    if isPreferred {
      if preferred.count < limit { preferred.append((total, row())) }
    } else if others.count < limit {
      others.append((total, row()))
    }
  }

  /// The rows to show, in the order in which they came, at most `number` of them.
  func shown(_ number: Int) -> [[TableCell]] {
    let preferred = preferred.prefix(number)
    let kept = preferred + others.prefix(min(limit, number) - preferred.count)
    return kept.sorted { $0.ordinal < $1.ordinal }.map(\.row)
  }
}
