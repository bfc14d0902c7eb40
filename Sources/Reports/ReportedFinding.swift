import CaptureFacts
import SubscriberTimelines

/// A line of the list of findings: what correlation found beyond single records, and the cause of each record that did
/// not end as its user wished.
struct ReportedFinding {
  let rule: String
  let severity: Finding.Severity
  let text: String
  let frames: [FrameReference]
  let about: [RecordIdentifier]
  let time: Timestamp

  /// The finding in or about a record; nil where there is none.
  init?(_ record: TimelineRecord) {
    switch record {
    case .finding(let finding): self.init(finding)
    case .registration(let registration):
      guard let cause = registration.cause else { return nil }
      self.init(cause, registration.outcome.severity, registration.id, registration.start)
    case .call(let call):
      guard let cause = call.cause else { return nil }
      self.init(cause, call.outcome.severity, call.id, call.start)
    case .messaging, .late: return nil
    }
  }

  private init(_ finding: Finding) {
    rule = finding.rule
    severity = finding.severity
    text = finding.text
    frames = finding.frames
    about = finding.about
    time = finding.time
  }

  private init(_ cause: Cause, _ severity: Finding.Severity, _ id: RecordIdentifier, _ time: Timestamp) {
    rule = cause.rule
    self.severity = severity
    text = cause.text
    frames = cause.frames
    about = [id]
    self.time = time
  }
}

extension RegistrationOutcome {
  /// Whether service failed.
  public var isFailure: Bool { self == .rejected || self == .unanswered }

  /// How bad what caused it is.
  var severity: Finding.Severity { isFailure ? .error : .note }
}

extension CallOutcome {
  /// Whether service failed; a user who is busy, declines or does not answer is no failure of the service.
  public var isFailure: Bool { self == .rejected || self == .unanswered }

  /// How bad what caused it is. A cause of an answered call is about how it ended.
  var severity: Finding.Severity {
    switch self {
    case .rejected, .unanswered: .error
    case .answered: .warning
    case .cancelled, .noAnswer, .busy, .declined, .redirected, .inProgress: .note
    }
  }
}
