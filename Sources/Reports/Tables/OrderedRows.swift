/// Rows that wait until all are there, to be ordered. With a limit only the first rows in that order are kept, so that
/// memory follows the limit.
struct OrderedRows<Row> {
  /// How many rows are kept where the user asks for all.
  static var mostRows: Int { 1 << 20 }

  private struct Entry {
    var key: Key
    var ordinal: UInt64
    var row: Row
  }

  /// What rows are compared by. What is absent comes last, numbers before words.
  enum Key: Comparable {
    case number(Double)
    case text(String)
    case absent

    init(_ text: String?) {
      guard let text, !text.isEmpty else {
        self = .absent
        return
      }
      self = Double(text).map { .number($0) } ?? .text(text)
    }
  }

  private let isDescending: Bool
  private let limit: Int
  private var entries: [Entry] = []
  /// How many rows there were.
  private(set) var total: UInt64 = 0

  init(_ order: RowOrder, limit: Int) {
    isDescending = order.isDescending
    self.limit = min(limit, OrderedRows.mostRows)
  }

  /// Adds a row.
  mutating func add(_ row: Row, by key: Key) {
    total += 1
    entries.append(Entry(key: key, ordinal: total, row: row))
    // Twice the limit before order is made: each row costs little on average.
    if entries.count >= 2 * limit + 256 { cut() }
  }

  /// The rows in order, as many as the limit allows; of equals the first comes first.
  mutating func rows() -> [Row] {
    cut()
    return entries.map(\.row)
  }

  private mutating func cut() {
    entries.sort { left, right in
      if left.key == right.key { return left.ordinal < right.ordinal }
      if left.key == .absent || right.key == .absent { return right.key == .absent }
      return isDescending ? left.key > right.key : left.key < right.key
    }
    if entries.count > limit { entries.removeLast(entries.count - limit) }
  }
}
