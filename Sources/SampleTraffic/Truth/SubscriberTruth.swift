/// What is true of one subscriber: identities that belong together.
public struct SubscriberTruth: Sendable {
  /// The private identities.
  public var impis: [String]
  /// The public identities.
  public var impus: [String]
}
