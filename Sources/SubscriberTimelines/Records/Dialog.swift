/// One Call-ID of a call, message or subscription.
public struct Dialog: Sendable {
  /// What joined a dialog to its record, strongest first.
  public enum JoinKey: String, Sendable {
    /// The same Call-ID: the first dialog of a call.
    case callID = "call_id"
    /// icid-value of P-Charging-Vector (RFC 7315 section 4.6).
    case chargingIdentifier = "icid"
    /// Session-ID (RFC 7989).
    case sessionID = "session_id"
    /// The correlation identifier of a capture agent (HEP version 3).
    case captureAgent = "capture_agent"
    /// Replaces (RFC 3891) or Refer-To.
    case replaces
    /// In-Reply-To (RFC 3261 section 20.21).
    case inReplyTo = "in_reply_to"
    /// RP-Message-Reference of a short message (TS 24.011 section 8.2.3).
    case relayReference = "rp_reference"
    /// TP-Message-Reference of a short message (TS 23.040 section 9.2.3.6).
    case transferReference = "tp_reference"
    /// The user whom a subscription watches and who publishes (RFC 3856).
    case presentity
  }

  /// The Call-ID.
  public var callID: String
  /// What joined it.
  public var joinedBy: JoinKey
  /// How sure the join is, from 0 to 1.
  public var confidence: Double
}
