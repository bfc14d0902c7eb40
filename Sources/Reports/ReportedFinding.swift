import CaptureFacts
import SubscriberTimelines

/// A line of the list of findings: a cause for which service failed, or something beyond single records.
struct ReportedFinding {
  let rule: String
  let severity: Finding.Severity
  let text: String
  let frames: [FrameReference]
  let about: [RecordIdentifier]
  let time: Timestamp

  /// The finding in or about a record; nil where there is none.
  init?(_ record: TimelineRecord) {
    guard case .finding(let finding) = record else { return nil }
    self.init(finding)
  }

  private init(_ finding: Finding) {
    rule = finding.rule
    severity = finding.severity
    text = finding.text
    frames = finding.frames
    about = finding.about
    time = finding.time
  }
}

extension RegistrationOutcome {
  /// Whether service failed.
  public var isFailure: Bool { self == .rejected || self == .unanswered }
}

extension CallOutcome {
  /// Whether service failed; a user who is busy, declines or does not answer is no failure of the service.
  public var isFailure: Bool { self == .rejected || self == .unanswered }
}

extension TimelineRecord {
  /// How bad the finding in this record is, as reports list it; nil where there is none.
  public var findingSeverity: Finding.Severity? { ReportedFinding(self)?.severity }
}
