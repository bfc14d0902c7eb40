extension Dialog {
  /// What joined a dialog to its record, or one record to another.
  public enum JoinKey: String, Sendable {
    /// The same Call-ID: the first dialog of a call.
    case callID = "call_id"
    /// icid-value of P-Charging-Vector (RFC 7315 section 4.6).
    case chargingIdentifier = "icid"
    /// related-icid of P-Charging-Vector (TS 24.229 section 7.2A.5): the icid-value of the other side.
    case relatedChargingIdentifier = "related_icid"
    /// Session-ID (RFC 7989).
    case sessionID = "session_id"
    /// A header of the node that names the Call-ID of its other side: X-CID, X-Call-ID and the like.
    case callIDHeader = "call_id_header"
    /// The correlation identifier of a capture agent (HEP version 3).
    case captureAgent = "capture_agent"
    /// The origin of the session description (RFC 8866 section 5.2), passed on as it was.
    case descriptionOrigin = "sdp_origin"
    /// Where the caller wants its media: address and port of the session description.
    case mediaAddress = "media_address"
    /// The same two users at nearly the same time.
    case parties
    /// Replaces (RFC 3891).
    case replaces
    /// Target-Dialog (RFC 4538).
    case targetDialog = "target_dialog"
    /// Refer-To (RFC 3515): who was referred calls whom it was referred to.
    case referTo = "refer_to"
    /// The number for session transfer (TS 24.237), which an access network registered or a server named.
    case transferNumber = "stn_sr"
    /// The focus of a conference (RFC 4579), which the one calls and the other watches.
    case focus
    /// In-Reply-To (RFC 3261 section 20.21).
    case inReplyTo = "in_reply_to"
    /// RP-Message-Reference of a short message (TS 24.011 section 8.2.3).
    case relayReference = "rp_reference"
    /// TP-Message-Reference of a short message (TS 23.040 section 9.2.3.6).
    case transferReference = "tp_reference"
    /// TP-SCTS: the centre named the time under which it delivers, between the same two numbers.
    case centreTime = "tp_scts"
    /// The same user data between the same two numbers, taken by the centre when it was sent.
    case userDataAndTime = "user_data_and_time"
    /// The same user data between the same two numbers.
    case userData = "user_data"
    /// The user whom a subscription watches and who publishes (RFC 3856).
    case presentity

    /// How sure a join by this key is: a charging identifier is one session's by definition (TS 32.260), but some
    /// back-to-back user agents reuse it for the next. What a capture agent correlates by is up to its configuration.
    var confidence: Double {
      switch self {
      case .callID, .inReplyTo: 1
      case .replaces, .targetDialog, .sessionID, .centreTime: 0.95
      case .chargingIdentifier, .relatedChargingIdentifier, .callIDHeader, .userDataAndTime: 0.9
      // Eight bits, used again and again, but for one user and within timer TR1M.
      case .relayReference: 0.9
      case .descriptionOrigin: 0.85
      case .captureAgent, .mediaAddress, .transferReference, .referTo, .userData, .focus: 0.8
      case .presentity, .transferNumber: 0.7
      case .parties: 0.6
      }
    }
  }
}
