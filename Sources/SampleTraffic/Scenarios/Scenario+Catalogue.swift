extension Scenario {
  /// Every scenario, by topic.
  public static let all: [Scenario] =
    registrations + registrationFailures + homeServerResults + calls + callStories + backToBackCalls + callFailures
    + services
    + structures + transports + protections + collections
}
