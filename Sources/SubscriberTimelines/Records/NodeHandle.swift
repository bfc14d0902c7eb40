/// Names a node inside one run; `NodeDirectory` resolves it. Nodes found to be one share what their handles resolve to.
public struct NodeHandle: Hashable, Sendable {
  /// The place in the directory.
  public var index: UInt32

  /// Names the node at this place.
  @inlinable
  public init(index: UInt32) {
    self.index = index
  }
}
