/// In what the analysis differs from the truth of scenarios, and why. What is not listed agrees, and what is listed and
/// agrees fails the test, so that the table holds no more than what is so.
enum NotYet {
  typealias Row = (scenarios: Set<String>, fields: Set<ScenarioComparison.Field>, reason: String)

  static let rows: [Row] = []
}
