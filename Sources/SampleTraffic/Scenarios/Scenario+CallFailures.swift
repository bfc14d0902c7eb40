extension Scenario {
  /// Calls that end before or against the wish of a user.
  static let callFailures: [Scenario] =
    refusals + [
      callScenario("session_interval_too_small", "422 with Min-SE, then a longer interval: not a failure") {
        $0.meetsLongerInterval = true
      },
      callScenario("cancelled_call", "It rings and the caller gives up: CANCEL, 487") {
        $0.end = .cancelled(after: 2500)
        $0.cause = .callerGaveUp
      },
      callScenario("rang_then_480", "It rings, nobody answers: 480 by the callee's side") {
        $0.end = .unanswered(ringing: 4000, status: 480, phrase: "Temporarily Unavailable")
        $0.cause = .notAnswered
      },
      callScenario("rang_then_408", "It rings, nobody answers: 408") {
        $0.end = .unanswered(ringing: 4000, status: 408, phrase: "Request Timeout")
        $0.cause = .notAnswered
      },
      callScenario("invite_unanswered", "The P-CSCF never answers INVITE: retransmitted until timer B") {
        $0.end = .silent(node: 1)
        $0.cause = .noResponse
      },
      callScenario("callee_unreachable", "The callee's device never answers INVITE: 408 by its P-CSCF") {
        $0.end = .silent(node: 6)
        $0.cause = .noResponse
      },
      callScenario("hss_silent_lir", "LIR without answer: 504") {
        $0.location = nil
        $0.locationFailure = (504, "Server Time-out")
        $0.cause = .homeServerSilent
      },
      callScenario("lia_user_unknown", "LIA 5001: 604 by the I-CSCF") {
        $0.location = .experimental(5001)
        $0.locationFailure = (604, "Does Not Exist Anywhere")
        $0.cause = .calleeUnknown
      },
      callScenario("lia_not_registered", "LIA 5003 IDENTITY_NOT_REGISTERED: 480") {
        $0.location = .experimental(5003)
        $0.locationFailure = (480, "Temporarily Unavailable")
        $0.cause = .identityNotRegistered
      },
      callScenario("lia_no_server", "LIA 2003 UNREGISTERED_SERVICE without Server-Name: 480") {
        $0.location = .experimental(2003)
        $0.namesServer = false
        $0.locationFailure = (480, "Temporarily Unavailable")
        $0.cause = .servingNodeNotSelectable
      },
      callScenario("lia_unable_to_comply", "LIA 5012: 500") {
        $0.location = .base(5012)
        $0.locationFailure = (500, "Server Internal Error")
        $0.cause = .diameterUnableToComply
      },
      callScenario("lia_unable_to_deliver", "LIA 3002: 504") {
        $0.location = .base(3002)
        $0.locationFailure = (504, "Server Time-out")
        $0.cause = .diameterUnableToDeliver
      },
      callScenario("rx_service_not_authorised", "AAA 5063 REQUESTED_SERVICE_NOT_AUTHORIZED: 403") {
        $0.policy = .asked(.experimental(5063))
        $0.policyFailure = (403, "Forbidden")
        $0.cause = .serviceNotAuthorised
      },
      callScenario("rx_no_ip_session", "AAA 5065 IP-CAN_SESSION_NOT_AVAILABLE: 580") {
        $0.policy = .asked(.experimental(5065))
        $0.cause = .serviceNotAuthorised
      },
      callScenario("rx_silent", "AAR without answer: 580") {
        $0.policy = .asked(nil)
        $0.cause = .policyServerSilent
      },
      callScenario("bearer_lost_asr", "ASR of the PCRF: the P-CSCF releases the call") {
        $0.policy = .asked(.success)
        $0.events = [.bearerLost(.abortSession)]
        $0.end = .answered(talk: 5, releasedBy: .network)
        $0.reason = "SIP;cause=503;text=\"Bearer lost\""
        $0.cause = .bearerLost
      },
      callScenario("bearer_lost_rar", "RAR with loss of bearer: the P-CSCF releases the call") {
        $0.policy = .asked(.success)
        $0.events = [.bearerLost(.reAuth)]
        $0.end = .answered(talk: 5, releasedBy: .network)
        $0.reason = "SIP;cause=503;text=\"Bearer lost\""
        $0.cause = .bearerLost
      },
      callScenario("bye_with_reason", "The callee's side ends the call with a Q.850 cause") {
        $0.end = .answered(talk: 1500, releasedBy: .callee)
        $0.reason = "Q.850;cause=38;text=\"Network out of order\""
        $0.cause = .releasedWithReason
      },
      callScenario("dialog_lost", "481 in mid-call: the callee lost the dialog") {
        $0.events = [.unknownDialog]
        $0.end = .lostDialog(talk: 500)
        $0.cause = .dialogLost
      },
      callScenario("bye_unanswered", "BYE without answer: the callee is gone") {
        $0.end = .lostPeer(talk: 800)
        $0.cause = .peerLost
      },
      callScenario("one_way_media", "RTP in one direction only") {
        $0.events = [.media(MediaPlan(2000, isOneWay: true))]
        $0.end = .answered(talk: 100, releasedBy: .caller)
        $0.cause = .oneWayMedia
      },
    ]

  /// A final failure of INVITE.
  private struct Refusal {
    var name: String
    var status: Int
    var phrase: String
    /// The place of its sender on the way: 1 P-CSCF, 4 the callee's S-CSCF, 6 the callee.
    var node: Int
    var cause: FailureCause?
    var fields: [(String, String)] = []

    init(
      _ name: String, _ status: Int, _ phrase: String, by node: Int, _ cause: FailureCause?,
      _ fields: [(String, String)] = []
    ) {
      self.name = name
      self.status = status
      self.phrase = phrase
      self.node = node
      self.cause = cause
      self.fields = fields
    }
  }

  private static let refusalRows: [Refusal] = [
    Refusal("busy", 486, "Busy Here", by: 6, .busy),
    Refusal("busy_everywhere", 600, "Busy Everywhere", by: 6, .busy),
    Refusal("declined", 603, "Decline", by: 6, .declined),
    Refusal("unavailable", 480, "Temporarily Unavailable", by: 4, .temporarilyUnavailable),
    Refusal("not_found", 404, "Not Found", by: 4, .calleeUnknown),
    Refusal(
      "not_acceptable", 488, "Not Acceptable Here", by: 6, .notAcceptable,
      [("Warning", "304 ims \"Media type not available\"")]),
    Refusal("not_acceptable_anywhere", 606, "Not Acceptable", by: 6, .notAcceptable),
    Refusal(
      "unsupported_media", 415, "Unsupported Media Type", by: 6, .unsupportedMedia, [("Accept", "application/sdp")]),
    Refusal("overloaded", 503, "Service Unavailable", by: 4, .overloaded, [("Retry-After", "30")]),
    Refusal("loop_detected", 482, "Loop Detected", by: 4, .loopDetected),
    Refusal("too_many_hops", 483, "Too Many Hops", by: 4, .tooManyHops),
    Refusal(
      "emergency_redirect", 380, "Alternative Service", by: 1, .emergencyRedirect,
      [("P-Asserted-Identity", "<sip:pcscf.\(CoreNetwork.homeDomain)>")]),
    Refusal(
      "redirected", 302, "Moved Temporarily", by: 6, .redirected,
      [("Contact", "<sip:15550000003@\(CoreNetwork.homeDomain)>")]),
  ]

  private static var refusals: [Scenario] {
    refusalRows.map { row in
      let refusal = CallEnd.refused(status: row.status, phrase: row.phrase, node: row.node, fields: row.fields)
      let cause = row.cause
      return callScenario(row.name, "A call is refused: \(row.status) \(row.phrase)") {
        $0.end = refusal
        $0.cause = cause
      }
    }
  }
}
