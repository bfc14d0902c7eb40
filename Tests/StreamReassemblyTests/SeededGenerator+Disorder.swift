import SharedCaptures

/// What happens to segments and packets on their way.
extension SeededGenerator {
  /// Whether something of this chance happens.
  mutating func happens(_ chance: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < chance
  }

  /// Random bytes.
  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &self) }
  }

  /// Moves each element by at most `distance` places.
  mutating func reorder<Element>(_ elements: [Element], within distance: Int) -> [Element] {
    elements.enumerated()
      .map { (place: $0.offset * 1000 + Int.random(in: 0...distance * 1000, using: &self), element: $0.element) }
      .sorted { $0.place < $1.place }
      .map(\.element)
  }
}
