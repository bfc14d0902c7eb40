/// What is true of one node.
public struct NodeTruth: Sendable {
  /// The name in the scenario.
  public var name: String
  /// `address:port` of signalling.
  public var addresses: [String]
  /// `UE`, `P-CSCF`, `I-CSCF`, `S-CSCF`, `HSS`, `AS`, `DRA`, `SLF`, `PCRF`, `MGCF`, `E-CSCF`.
  public var roles: [String]
}
