import CaptureFacts

/// One node of the network as its traffic shows it.
public struct Node: Sendable {
  /// Why a node is held to have a role.
  public struct Evidence: Sendable {
    /// The role.
    public var role: NodeRole
    /// What it did, in words: `sends UAR`, `adds Path`.
    public var behaviour: String
    /// The frame that showed it first; nil for what the user says.
    public var frame: FrameReference?
    /// How often it was seen; 0 for what the user says.
    public var count: UInt64
  }

  /// The name in all outputs: `ip:port` of the first address seen, or the Diameter identity where no address is known.
  public var id: String

  /// The name that the user gave to it.
  public var name: String?

  /// The file that names it.
  public var namedBy: String?

  /// Ids under which records that were emitted earlier name the same node.
  public var mergedIDs: [String]

  /// Where it was reached or spoke from, ordered. Ports that a client chose for one connection are left out where the
  /// node has a port of its own.
  public var addresses: [Endpoint]

  /// Its roles, from the user inwards.
  public var roles: [NodeRole]

  /// Host names it goes by: Origin-Host and host parts of Via.
  public var hostNames: [String]

  /// Why it has its roles, ordered by role.
  public var evidence: [Evidence]

  /// Messages it sent, copies and retransmissions not counted.
  public var sentMessages: UInt64

  /// Messages it received, copies and retransmissions not counted.
  public var receivedMessages: UInt64
}
