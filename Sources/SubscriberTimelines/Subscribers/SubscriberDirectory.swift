import CaptureFacts

/// All subscribers seen so far.
public struct SubscriberDirectory: Sendable {
  /// The id of the subscriber that a handle names now.
  public func id(of handle: SubscriberHandle) -> RecordIdentifier { RecordIdentifier(kind: .subscriber, hash: 0) }

  /// Calls `body` with each subscriber, in the order in which they were first seen. One at a time, so that a report of
  /// a million of them needs no memory for all.
  public func forEach(_ body: (Subscriber) throws -> Void) rethrows {}
}
