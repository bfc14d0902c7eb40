/// How a call attempt ends.
enum CallEnd: Sendable {
  /// Answered, and released after some talk, in milliseconds.
  case answered(talk: Int, releasedBy: CallParty)
  /// Answered, and still open when the capture ends.
  case open
  /// Answered; the BYE is never answered.
  case lostPeer(talk: Int)
  /// Answered; the other end does not know the dialog any more: 481 to BYE.
  case lostDialog(talk: Int)
  /// Refused by the node at this index on the way of the INVITE (0 caller ... 6 callee).
  case refused(status: Int, phrase: String, node: Int, fields: [(String, String)])
  /// Given up by the caller after this time in milliseconds.
  case cancelled(after: Int)
  /// The node at this index gets the INVITE and says nothing.
  case silent(node: Int)
  /// Rang for this time in milliseconds; then the callee's side gives up with this code, without CANCEL of the caller.
  case unanswered(ringing: Int, status: Int, phrase: String)
}
