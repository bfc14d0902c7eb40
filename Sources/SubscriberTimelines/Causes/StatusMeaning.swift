/// What a failing final response means where nothing else in the capture explains it.
struct StatusMeaning: Sendable {
  let status: UInt16
  /// The key of the cause.
  let key: String
  let severity: Finding.Severity
  let meaning: String

  init(_ status: UInt16, _ key: String, _ severity: Finding.Severity, _ meaning: String) {
    self.status = status
    self.key = key
    self.severity = severity
    self.meaning = meaning
  }

  /// To INVITE (RFC 3261 section 21, TS 24.229).
  static let ofInvite: [StatusMeaning] = [
    StatusMeaning(
      380, "emergency_redirect", .note, "another service is to be used, as in an emergency call outside of IMS"),
    StatusMeaning(400, "bad_request", .error, "the request is not well formed in its eyes"),
    StatusMeaning(403, "forbidden", .error, "the network refuses the session"),
    StatusMeaning(404, "callee_not_found", .warning, "the callee is not known or not registered there"),
    StatusMeaning(405, "method_not_allowed", .error, "it does not take this method for this address"),
    StatusMeaning(406, "not_acceptable_content", .error, "it has no answer of a kind that the caller accepts"),
    StatusMeaning(408, "callee_timeout", .warning, "no answer arrived in time"),
    StatusMeaning(410, "callee_gone", .warning, "the callee is no longer there, and no other address is known"),
    StatusMeaning(413, "request_too_large", .error, "the request is larger than it takes"),
    StatusMeaning(414, "address_too_long", .error, "the Request-URI is longer than it takes"),
    StatusMeaning(415, "media_type_not_supported", .error, "the body is of a type that is not understood"),
    StatusMeaning(416, "address_scheme_not_supported", .error, "it does not route this kind of URI"),
    StatusMeaning(
      420, "extension_not_supported", .error,
      "the request requires an extension that it lacks, and was not sent without"),
    StatusMeaning(421, "extension_required", .error, "it requires an extension that the caller does not offer"),
    StatusMeaning(
      422, "session_interval_too_small", .error, "the session interval is too small, and no longer one was offered"),
    StatusMeaning(428, "identity_required", .error, "it requires an Identity header"),
    StatusMeaning(433, "anonymity_disallowed", .warning, "the callee takes no anonymous calls"),
    StatusMeaning(436, "bad_identity_info", .error, "it could not fetch the certificate that Identity names"),
    StatusMeaning(437, "unsupported_credential", .error, "it does not trust the certificate that Identity names"),
    StatusMeaning(438, "invalid_identity", .error, "the signature in Identity does not fit the request"),
    StatusMeaning(480, "callee_not_reachable", .warning, "the callee is not reachable now"),
    StatusMeaning(481, "dialog_lost", .error, "the dialog is not known there any more"),
    StatusMeaning(482, "loop_detected", .error, "the request came back to a node that it had passed"),
    StatusMeaning(483, "too_many_hops", .error, "Max-Forwards ran out: the request loops"),
    StatusMeaning(484, "address_incomplete", .warning, "the dialled number is incomplete"),
    StatusMeaning(485, "address_ambiguous", .warning, "the dialled address fits more than one user"),
    StatusMeaning(488, "media_not_acceptable", .error, "the offered media are not acceptable"),
    StatusMeaning(491, "request_pending", .warning, "another offer was under way"),
    StatusMeaning(493, "undecipherable", .error, "it cannot decrypt the body"),
    StatusMeaning(
      494, "security_agreement_required", .error, "it requires a security agreement (RFC 3329), and none was made"),
    StatusMeaning(500, "server_error", .error, "a node failed inside"),
    StatusMeaning(501, "method_not_implemented", .error, "it does not have this method"),
    StatusMeaning(502, "bad_gateway", .error, "the next node's answer was not understood"),
    StatusMeaning(503, "overloaded", .error, "a node is overloaded or out of service"),
    StatusMeaning(504, "next_hop_timeout", .error, "a node behind it did not answer in time"),
    StatusMeaning(505, "version_not_supported", .error, "it does not have this version of SIP"),
    StatusMeaning(513, "message_too_large", .error, "the message is larger than it takes"),
    StatusMeaning(580, "precondition_failed", .error, "resources could not be reserved"),
    StatusMeaning(604, "callee_does_not_exist", .warning, "the callee does not exist anywhere"),
    StatusMeaning(606, "not_acceptable_anywhere", .error, "no terminal of the callee takes the offered session"),
    StatusMeaning(607, "call_unwanted", .note, "the callee does not want this call or caller (RFC 8197)"),
    StatusMeaning(
      608, "call_rejected_by_network", .warning, "a node rejects the call on behalf of the callee (RFC 8688)"),
  ]

  /// To REGISTER (RFC 3261 section 10.3, TS 24.229 section 5.4.1).
  static let ofRegister: [StatusMeaning] = [
    StatusMeaning(400, "bad_request", .error, "the request is not well formed in its eyes"),
    StatusMeaning(404, "address_of_record_not_found", .error, "the address-of-record is not one of its domain"),
    StatusMeaning(
      420, "extension_not_supported", .error,
      "the request requires an extension that it lacks, and was not sent without"),
    StatusMeaning(421, "extension_required", .error, "it requires an extension that the UE does not offer"),
    StatusMeaning(
      423, "interval_too_brief", .error, "the expiry asked for is too short, and no longer one was asked for after that"
    ),
    StatusMeaning(
      494, "security_agreement_required", .error, "it requires a security agreement (RFC 3329), and none was made"),
    StatusMeaning(500, "server_error", .error, "a node failed inside"),
    StatusMeaning(503, "overloaded", .error, "a node is overloaded or out of service"),
    StatusMeaning(504, "next_hop_timeout", .error, "a node behind it did not answer in time"),
  ]
}
