/// How a registration ended.
public enum RegistrationOutcome: String, CaseIterable, Sendable {
  /// A 2xx, or for one without SIP a successful answer.
  case accepted
  /// Any other final response.
  case rejected
  /// No final response though one was due, or a challenge that the UE never came back for.
  case unanswered
  /// No final response, and none was due by the end of the capture.
  case inProgress = "in_progress"
}
