import ArgumentParser
import Reports
import ServiceStatistics
import SubscriberTimelines

/// What makes the command exit with status 1 where the user asks for it.
enum FailureCondition: String, CaseIterable, ExpressibleByArgument {
  /// A registration was rejected or not answered.
  case registration
  /// A call was rejected or not answered.
  case call
  /// A finding of this severity, or a worse one.
  case note, warning, error

  func isMet(by tally: FailureTally) -> Bool {
    switch self {
    case .registration: tally.registrations
    case .call: tally.calls
    case .note: tally.worstFinding != nil
    case .warning: tally.worstFinding ?? .note >= .warning
    case .error: tally.worstFinding == .error
    }
  }
}

/// What went wrong in a run.
struct FailureTally {
  var registrations = false
  var calls = false
  var worstFinding: Finding.Severity?

  mutating func count(_ record: TimelineRecord) {
    switch record {
    case .registration(let registration): registrations = registrations || registration.outcome.isFailure
    case .call(let call): calls = calls || call.outcome.isFailure
    case .finding(let finding): worstFinding = max(worstFinding ?? finding.severity, finding.severity)
    case .messaging, .late, .media: break
    }
  }
}
