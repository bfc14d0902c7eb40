/// How a registration ended.
public enum RegistrationOutcome: String, CaseIterable, Sendable {
  /// A 2xx, or for one without SIP a successful answer.
  case accepted
  /// Any other final response, or a 401 that the user never answered.
  case rejected
  /// No final response though one was due.
  case unanswered
  /// No final response, and none was due by the end of the capture.
  case inProgress = "in_progress"
}
