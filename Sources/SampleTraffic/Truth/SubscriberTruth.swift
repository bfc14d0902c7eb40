/// What is true of one subscriber: identities that belong together.
public struct SubscriberTruth: Sendable {
  public var impis: [String]
  public var impus: [String]
}
