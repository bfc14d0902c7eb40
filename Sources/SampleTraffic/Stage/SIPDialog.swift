/// An established dialog as both ends know it (RFC 3261 section 12).
struct SIPDialog {
  /// The way from the caller to the callee without nodes that did not ask to stay on it.
  var nodes: [Node]
  var callID: String
  /// `From` of the caller with its tag.
  var callerField: String
  /// `To` of the caller with the tag of the callee.
  var calleeField: String
  var callerContact: String
  var calleeContact: String
  /// The routes from the caller's side, one for each node between.
  var routes: [String]
  var callerSequence: Int
  var calleeSequence = 1
  var callerMedia: SessionDescription
  var calleeMedia: SessionDescription
}
