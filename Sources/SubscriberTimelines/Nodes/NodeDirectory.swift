import CaptureFacts

/// All nodes seen so far.
public struct NodeDirectory: Sendable {
  /// The id of the node that a handle names now.
  public func id(of handle: NodeHandle) -> String { "" }

  /// The roles of the node that a handle names, from the user inwards.
  public func roles(of handle: NodeHandle) -> [NodeRole] { [] }

  /// All nodes, ordered by their first role, those without one last, then by id.
  public func nodes() -> [Node] { [] }
}
