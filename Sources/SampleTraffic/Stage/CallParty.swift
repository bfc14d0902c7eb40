/// Who does something in a call.
enum CallParty: String, Sendable {
  case caller, callee
  /// The P-CSCF of the caller, for the network.
  case network
}
