/// How a call attempt ended.
public enum CallOutcome: String, CaseIterable, Sendable {
  /// A 2xx to INVITE, also where the end of the call is not in the capture.
  case answered
  /// The caller gave up: CANCEL.
  case cancelled
  /// It rang and was not taken: 408, 480 or 487 without CANCEL.
  case noAnswer = "no_answer"
  /// 486 or 600.
  case busy
  /// 603.
  case declined
  /// A 3xx.
  case redirected
  /// Any other final response.
  case rejected
  /// No final response though one was due.
  case unanswered
  /// No final response, and none was due by the end of the capture.
  case inProgress = "in_progress"
}
