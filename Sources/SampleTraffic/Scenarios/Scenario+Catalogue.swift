extension Scenario {
  /// Every scenario, by topic.
  public static let all: [Scenario] = registrations
}
