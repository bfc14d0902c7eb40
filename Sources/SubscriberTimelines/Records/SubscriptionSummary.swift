/// What became of a subscription (RFC 6665).
public struct SubscriptionSummary: Sendable {
  /// Subscription-State of the last NOTIFY: `active`, `pending`, `terminated`.
  public var state: String?
  /// Why it was terminated: `noresource`, `timeout`, `deactivated`, ...
  public var reason: String?
  /// Expires that was granted, in seconds; 0 for one that only fetches.
  public var expires: UInt32?
  /// How many NOTIFYs were seen, each once.
  public var notifications = 0
}
