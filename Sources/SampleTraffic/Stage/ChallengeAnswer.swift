/// What a UE does with a 401.
enum ChallengeAnswer {
  /// The right response: the S-CSCF accepts it.
  case correct
  /// The sequence number of the network is behind the card's: the answer carries `auts` (TS 33.203 section 6.1.3).
  case resynchronise
  /// A wrong response; the S-CSCF refuses with 403, or with another 401.
  case wrong(refusal: Int)
  /// The right response to a nonce that is no longer valid: challenged again with `stale=true` (RFC 7616
  /// section 3.3).
  case stale
  /// Nothing.
  case silence
}
