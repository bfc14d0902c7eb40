/// One Call-ID of a call.
public struct Dialog: Sendable {
  /// What joined a dialog to its call, strongest first.
  public enum JoinKey: String, Sendable {
    /// The same Call-ID: the first dialog of a call.
    case callID = "call_id"
    /// icid-value of P-Charging-Vector (RFC 7315 section 4.6).
    case chargingIdentifier = "icid"
    /// Session-ID (RFC 7989).
    case sessionID = "session_id"
    /// Replaces (RFC 3891) or Refer-To.
    case replaces
  }

  /// The Call-ID.
  public var callID: String
  /// What joined it.
  public var joinedBy: JoinKey
  /// How sure the join is, from 0 to 1.
  public var confidence: Double
}
