/// What kind of secret a value of a message is. Reports mask them unless a kind is asked for by name.
public enum SecretKind: String, CaseIterable, Sendable {
  /// Keys that protect traffic: CK and IK in Cx and in challenges, keys of SRTP in SDP.
  case keys
  /// What proves an identity: digests and the hashes behind them, authentication vectors, resynchronisation tokens.
  case credentials
  /// What people wrote to each other: the texts of short messages and of MESSAGE.
  case texts
}
