import CaptureFacts

/// What a record, or a message, must fulfil.
indirect enum DisplayFilterCondition: Sendable {
  /// How a value stands to the one wanted.
  enum Comparison: String, Hashable, Sendable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case greater = ">"
    case atMost = "<="
    case atLeast = ">="
    case contains
  }

  /// What a value is compared with.
  enum Value: Hashable, Sendable {
    case text(String)
    case number(UInt64)
    case time(Timestamp)
    /// An address of which the first bits, counted over 128, matter.
    case network(IPAddress, bits: Int)
  }

  /// Any value of the word stands so to this one; for `!=`, none is equal to it.
  case test(DisplayFilterWord, Comparison, Value)
  /// The word holds.
  case flag(DisplayFilterWord)
  case not(DisplayFilterCondition)
  case and(DisplayFilterCondition, DisplayFilterCondition)
  case or(DisplayFilterCondition, DisplayFilterCondition)

  /// Whether it is fulfilled.
  func holds(for facts: some DisplayFilterSubject) -> Bool {
    switch self {
    case .test(let word, .unequal, let value): !facts.any(word, .equal, value)
    case .test(let word, let comparison, let value): facts.any(word, comparison, value)
    case .flag(let word): facts.holds(word)
    case .not(let condition): !condition.holds(for: facts)
    case .and(let first, let second): first.holds(for: facts) && second.holds(for: facts)
    case .or(let first, let second): first.holds(for: facts) || second.holds(for: facts)
    }
  }
}

extension DisplayFilterCondition {
  /// One test of one word, without what joins it to others.
  struct Leaf: Hashable {
    let word: DisplayFilterWord
    /// What is compared, `!=` as the opposite of `==`; nil for a flag.
    let comparison: Comparison?
    let value: Value?
  }

  /// All tests in it, each once, in the order in which they stand.
  var leaves: [Leaf] {
    switch self {
    case .test(let word, let comparison, let value):
      [Leaf(word: word, comparison: comparison == .unequal ? .equal : comparison, value: value)]
    case .flag(let word): [Leaf(word: word, comparison: nil, value: nil)]
    case .not(let condition): condition.leaves
    case .and(let first, let second), .or(let first, let second):
      first.leaves + second.leaves.filter { !first.leaves.contains($0) }
    }
  }
}

extension DisplayFilterCondition.Comparison {
  /// The operator that the user wrote, also by tshark's name.
  init?(_ text: String) {
    switch text.lowercased() {
    case "==", "=", "eq": self = .equal
    case "!=", "ne": self = .unequal
    case "<", "lt": self = .less
    case ">", "gt": self = .greater
    case "<=", "le": self = .atMost
    case ">=", "ge": self = .atLeast
    case "contains": self = .contains
    default: return nil
    }
  }

  /// Whether two values that have an order stand so.
  func holds<Element: Comparable>(_ left: Element, _ right: Element) -> Bool {
    switch self {
    case .equal: left == right
    case .unequal: left != right
    case .less: left < right
    case .greater: left > right
    case .atMost: left <= right
    case .atLeast: left >= right
    case .contains: false
    }
  }

  /// Whether two texts stand so.
  func holds(text: String, _ wanted: String) -> Bool {
    switch self {
    case .equal: text.lowercased() == wanted.lowercased()
    case .contains: text.lowercased().contains(wanted.lowercased())
    default: false
    }
  }
}
