extension Scenario {
  /// Every scenario, by topic.
  public static let all: [Scenario] =
    registrations + registrationFailures + homeServerResults + calls + callStories + backToBackCalls + callFailures
    + media + services + structures + transports + protections + collections + captureFindings + filterCriteria
}
