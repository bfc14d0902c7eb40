import SIPMessages
import SubscriberTimelines

/// Figures over messages, subscriptions and publications.
public struct MessagingStatistics: Sendable {
  /// How many there were.
  public private(set) var total: UInt64 = 0
  /// By the method that began them.
  public private(set) var byMethod: [SIPMethod: UInt64] = [:]
  /// By what they are for.
  public private(set) var byService: [MessagingService: UInt64] = [:]
  /// By how they ended.
  public private(set) var byOutcome: [RegistrationOutcome: UInt64] = [:]
  /// By final SIP status.
  public private(set) var byStatus: [UInt16: UInt64] = [:]

  mutating func count(_ record: MessagingRecord) {
    total += 1
    byMethod[record.method, default: 0] += 1
    byService[record.service, default: 0] += 1
    byOutcome[record.outcome, default: 0] += 1
    if let status = record.status { byStatus[status, default: 0] += 1 }
  }
}
