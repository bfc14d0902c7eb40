/// Names a subscriber inside one run; `SubscriberDirectory` resolves it, also after two subscribers were found to be one.
public struct SubscriberHandle: Hashable, Sendable {
  /// The place in the directory.
  public var index: UInt32

  /// Names the subscriber at this place.
  @inlinable
  public init(index: UInt32) {
    self.index = index
  }
}
