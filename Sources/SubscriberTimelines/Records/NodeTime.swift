/// Where the time of a registration went: what one node took of it.
public struct NodeTime: Sendable {
  /// The node.
  public var node: NodeHandle

  /// From what it received to what it answered, less what it waited for others, in nanoseconds. Of the UE: from the
  /// challenge to the request that answers it.
  public var own: Int64

  /// What it waited for answers over Diameter, in nanoseconds.
  public var diameter: Int64
}
