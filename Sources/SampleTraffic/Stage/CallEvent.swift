/// Something that happens while two parties talk.
enum CallEvent {
  /// re-INVITE with `sendonly`.
  case hold(CallParty)
  /// re-INVITE with `sendrecv`.
  case resume(CallParty)
  /// re-INVITE that adds video.
  case addVideo(CallParty)
  /// re-INVITE without video.
  case removeVideo(CallParty)
  /// UPDATE that refreshes the session timer (RFC 4028).
  case refresh(CallParty)
  /// REFER to a third party; the call to it is a call of its own.
  case refer(CallParty, to: String)
  /// The PCRF reports the loss of the bearer with RAR, or aborts the Rx session with ASR (TS 29.214 section 4.4.6).
  case bearerLost(DiameterCommand)
  /// INFO that nobody knows the dialog of: 481.
  case unknownDialog
  /// Nothing for this time in milliseconds.
  case pause(Int)
  /// Messages over the session that was agreed on; the clock does not move.
  case messages
  /// RTP; the clock does not move.
  case media(MediaPlan)
}
