import SIPMessages
import SubscriberTimelines

/// Figures over calls.
public struct CallStatistics: Sendable {
  /// How many there were.
  public private(set) var total: UInt64 = 0
  /// By how they ended.
  public private(set) var byOutcome: [CallOutcome: UInt64] = [:]
  /// By final SIP status.
  public private(set) var byStatus: [UInt16: UInt64] = [:]
  /// By what they are for.
  public private(set) var byService: [CallService: UInt64] = [:]
  /// Emergency calls.
  public private(set) var emergency: UInt64 = 0
  /// Answered and not released by the end of the capture.
  public private(set) var openAtEnd: UInt64 = 0
  /// INVITE to 200.
  public private(set) var answerTime = DurationDistribution()
  /// 200 to BYE: Session Duration Time of completed sessions (RFC 6076 section 4.5).
  public private(set) var talkTime = DurationDistribution()
  /// INVITE to the first indication of status, of calls that got one (RFC 6076 section 4.3.1).
  public private(set) var successfulRequestDelay = DurationDistribution()
  /// INVITE to the final response of a call that failed (RFC 6076 section 4.3.2).
  public private(set) var failedRequestDelay = DurationDistribution()
  /// INVITE to the first 180 of calls that rang: post-dial delay.
  public private(set) var postDialDelay = DurationDistribution()
  /// BYE to its 2xx (RFC 6076 section 4.4).
  public private(set) var disconnectDelay = DurationDistribution()
  /// By the network in which the caller was registered.
  public private(set) var byVisitedNetwork = GroupedOutcomes()
  /// By the access of the caller.
  public private(set) var byAccessType = GroupedOutcomes()
  private var ratios = SessionRatios()

  /// Session Establishment Ratio (RFC 6076 section 4.6), as a percentage.
  public var establishmentRatio: Double? { ratios.establishment }
  /// Session Establishment Effectiveness Ratio (RFC 6076 section 4.7), as a percentage.
  public var establishmentEffectivenessRatio: Double? { ratios.establishmentEffectiveness }
  /// Ineffective Session Attempts (RFC 6076 section 4.8), as a percentage.
  public var ineffectiveAttempts: Double? { ratios.ineffectiveAttempts }
  /// Session Completion Ratio (RFC 6076 section 4.9), as a percentage.
  public var completionRatio: Double? { ratios.completion }

  /// Answer Seizure Ratio (ITU-T E.425), as a percentage.
  public var answerSeizureRatio: Double? { ratios.answerSeizure }
  /// Network Effectiveness Ratio (ITU-T E.425), as a percentage.
  public var networkEffectivenessRatio: Double? { ratios.networkEffectiveness }

  mutating func count(_ call: Call) {
    total += 1
    byOutcome[call.outcome, default: 0] += 1
    if let status = call.status { byStatus[status, default: 0] += 1 }
    byService[call.service, default: 0] += 1
    byVisitedNetwork.count(call.outcome, as: call.visitedNetwork)
    byAccessType.count(call.outcome, as: GroupedOutcomes.accessType(call.accessNetwork))
    if call.isEmergency { emergency += 1 }
    if call.isOpenAtEnd { openAtEnd += 1 }
    if let time = call.answerTime { answerTime.record(time) }
    if let time = call.ringingTime { postDialDelay.record(time) }
    if let time = call.talkTime { talkTime.record(time) }
    let delays = CallDelays(call.events)
    if let delay = delays.firstStatus {
      successfulRequestDelay.record(delay)
    } else if let delay = delays.failure {
      failedRequestDelay.record(delay)
    }
    if let delay = delays.disconnect { disconnectDelay.record(delay) }
    ratios.count(call)
  }
}
