/// How one call goes: the defaults are a voice call between two registered users that is answered.
struct CallPlan {
  /// The P-CSCF's question to the PCRF (TS 29.214 section 4.4.1).
  enum PolicyPlan {
    /// The result of AAR; nil where the PCRF stays silent.
    case asked(DiameterResult?)
  }

  var caller: Subscriber
  var callee: Subscriber
  /// The Request-URI that the caller writes; the dialled identity of the callee if nil.
  var dialled: String?
  var callID: String?
  /// Milliseconds from 180 to the end of ringing; nil where the callee does not ring.
  var ringing: Int? = 900
  var end = CallEnd.answered(talk: 2000, releasedBy: .caller)
  /// The Reason of the BYE or CANCEL (RFC 3326).
  var reason: String?
  var events: [CallEvent] = []
  /// The codec of its speech.
  var format = MediaFormat.alaw
  /// Whether its media are encrypted (RFC 3711, RFC 4568).
  var suite: MediaProtection.Suite?
  var hasVideo = false
  /// Whether 183 with SDP, PRACK and UPDATE come before ringing (RFC 3262, RFC 3312).
  var hasEarlyMedia = false
  /// Whether the 181 of RFC 3261 section 21.1.3 announces a forwarding, with History-Info (RFC 7044).
  var isForwarded = false
  /// Whether the callee first refuses the session interval with 422 (RFC 4028 section 7.3).
  var meetsLongerInterval = false
  /// nil where the HSS stays silent.
  var location: DiameterResult? = .success
  var namesServer = true
  /// What the I-CSCF answers where the HSS refuses, or names nobody.
  var locationFailure: (status: Int, phrase: String) = (404, "Not Found")
  var policy: PolicyPlan?
  /// Code and phrase of the P-CSCF where the PCRF refuses.
  var policyFailure: (status: Int, phrase: String) = (580, "Precondition Failure")
  var features: [String] = []
  /// The calls that it continues.
  var related: [String] = []
  /// The tag of the callee; one at random if nil.
  var calleeTag: String?
  /// What the caller offers beside audio, or in its place.
  var messages: SessionDescription.Messages?
  /// Fields that the caller adds.
  var fields: [(String, String)] = []
  var cause: FailureCause?

  init(_ caller: Subscriber, _ callee: Subscriber) {
    self.caller = caller
    self.callee = callee
  }
}
