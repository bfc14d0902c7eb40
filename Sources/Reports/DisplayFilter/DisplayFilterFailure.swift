/// What is wrong with a display filter, and where in it.
public struct DisplayFilterFailure: Error, Hashable, Sendable {
  /// One sentence.
  public var message: String
  /// The filter as the user wrote it.
  public var expression: String
  /// The part that is wrong, as character offsets; empty at the end where something is missing.
  public var range: Range<Int>
}

extension DisplayFilterFailure: CustomStringConvertible {
  /// The line for standard error.
  public var description: String { "-Y: " + message }

  /// The filter, and under it a mark below what is wrong.
  public var excerpt: [String] {
    let marks = String(repeating: "^", count: max(range.count, 1))
    return ["  " + expression, "  " + String(repeating: " ", count: range.lowerBound) + marks]
  }
}
