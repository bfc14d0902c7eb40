/// Names one direction of one TCP connection or SCTP association while it is open. Dense, so that what a consumer keeps
/// for a stream lies in an array, not in a dictionary.
public struct StreamIdentifier: Hashable, Sendable {
  /// The place of the connection or association in its table; used again after `closed`.
  public var slot: UInt32

  /// The direction: 0 from the side that opened it (or was seen first), 1 the way back.
  public var direction: UInt8

  /// Names a direction.
  @inlinable
  public init(slot: UInt32, direction: UInt8) {
    self.slot = slot
    self.direction = direction
  }
}
