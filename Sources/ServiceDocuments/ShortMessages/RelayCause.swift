/// Why a short message was not taken over (TS 24.011 section 8.2.5.4).
public struct RelayCause: Hashable, Sendable {
  /// The cause value.
  public var code: UInt8
  /// What stands behind it.
  public var diagnostic: UInt8?

  /// The words of TS 24.011 table 8.4; nil where the value is not assigned.
  public var name: String? { RelayCause.names[code] }

  private static let names: [UInt8: String] = [
    1: "unassigned (unallocated) number", 8: "operator determined barring", 10: "call barred", 11: "reserved",
    21: "short message transfer rejected", 22: "memory capacity exceeded", 27: "destination out of order",
    28: "unidentified subscriber", 29: "facility rejected", 30: "unknown subscriber", 38: "network out of order",
    41: "temporary failure", 42: "congestion", 47: "resources unavailable, unspecified",
    50: "requested facility not subscribed", 69: "requested facility not implemented",
    81: "invalid short message transfer reference value", 95: "semantically incorrect message",
    96: "invalid mandatory information", 97: "message type non-existent or not implemented",
    98: "message not compatible with short message protocol state",
    99: "information element non-existent or not implemented", 111: "protocol error, unspecified",
    127: "interworking, unspecified",
  ]
}
