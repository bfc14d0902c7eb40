/// How a call goes through a back-to-back user agent, and what the agent leaves of its first side in the second.
struct BackToBackPlan {
  /// What both sides have in common beside their users.
  enum Trace: String, CaseIterable {
    /// icid-value of P-Charging-Vector (TS 24.229 section 5.7.5).
    case chargingIdentifier = "icid"
    /// related-icid: the second side has an identifier of its own.
    case relatedChargingIdentifier = "related_icid"
    /// Session-ID as RFC 7989 has it.
    case sessionID = "session_id"
    /// Session-ID in which the agent names itself first and the caller as the other side.
    case swappedSessionID = "swapped_session_id"
    /// X-Call-ID with the Call-ID of the first side.
    case callIDHeader = "call_id_header"
    /// The `o=` line, though the media go through a relay.
    case descriptionOrigin = "sdp_origin"
    /// Where the caller wants its media, though the `o=` line is the agent's own.
    case mediaAddress = "media_address"
    /// The description as a whole.
    case description
    /// Nothing.
    case parties

    /// The key that reports name.
    var key: String {
      switch self {
      case .swappedSessionID: "session_id"
      case .description: "sdp_origin"
      default: rawValue
      }
    }
  }

  var caller: Subscriber
  var callee: Subscriber
  var trace = Trace.chargingIdentifier
  /// What the caller offers; one of its own if nil.
  var media: SessionDescription?
  /// Milliseconds from the INVITE of the first side to that of the second.
  var thinking = 1

  init(_ caller: Subscriber, _ callee: Subscriber) {
    self.caller = caller
    self.callee = callee
  }
}
