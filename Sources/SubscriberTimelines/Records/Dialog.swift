/// One Call-ID of a call, message or subscription.
public struct Dialog: Sendable {
  /// The Call-ID.
  public var callID: String
  /// What joined it.
  public var joinedBy: JoinKey
  /// How sure the join is, from 0 to 1.
  public var confidence: Double
}
