import SubscriberTimelines

/// The `-Y` of every subcommand: which records to show. It is asked after correlation, so a record is always whole.
/// Documentation/DisplayFilter.md describes the language.
public struct DisplayFilter: Sendable {
  /// The filter as the user wrote it.
  public let expression: String
  let condition: DisplayFilterCondition

  /// Reads a filter; throws what is wrong with it and where.
  public init(_ expression: String) throws(DisplayFilterFailure) {
    self.expression = expression
    condition = try DisplayFilterParser.condition(expression)
  }

  func selects(_ facts: some DisplayFilterSubject) -> Bool { condition.holds(for: facts) }
}
