import SubscriberTimelines

/// What the ratios of RFC 6076 sections 4.6 to 4.9 are made of. A call counts once, however many hops it takes and however
/// often its INVITE was challenged (section 4: a request repeated with credentials is the same attempt).
struct SessionRatios: Sendable {
  private var requests: UInt64 = 0
  private var redirected: UInt64 = 0
  private var answered: UInt64 = 0
  private var effective: UInt64 = 0
  private var ineffective: UInt64 = 0
  private var openAtEnd: UInt64 = 0
  private var completed: UInt64 = 0
  private var delivered: UInt64 = 0

  /// Answers of the called user, which say that the network did its part (RFC 6076 section 4.7).
  private static let userAnswers: Set<UInt16> = [480, 486, 600, 603]
  /// Answers of a network that could not (RFC 6076 section 4.8).
  private static let networkFailures: Set<UInt16> = [408, 500, 503, 504]

  /// Counts a call whose request is in the capture and was decided there.
  mutating func count(_ call: Call) {
    guard !call.beganBeforeCapture, call.outcome != .inProgress else { return }
    requests += 1
    if SessionRatios.isDelivered(call) { delivered += 1 }
    switch call.outcome {
    case .answered:
      answered += 1
      effective += 1
      if call.isOpenAtEnd { openAtEnd += 1 } else { completed += 1 }
    case .redirected: redirected += 1
    case .unanswered: ineffective += 1
    default:
      guard let status = call.status else { return }
      if SessionRatios.userAnswers.contains(status) { effective += 1 }
      if SessionRatios.networkFailures.contains(status) { ineffective += 1 }
    }
  }

  /// Whether the network brought the call to the called user: answered, busy, refused by the user, or rang (ITU-T E.425
  /// counts answer, user busy, ring no answer and terminal rejection).
  private static func isDelivered(_ call: Call) -> Bool {
    switch call.outcome {
    case .answered, .busy, .declined, .noAnswer: true
    default: call.ringingTime != nil
    }
  }

  var answerSeizure: Double? { percentage(answered, of: requests) }
  var networkEffectiveness: Double? { percentage(delivered, of: requests) }
  var establishment: Double? { percentage(answered, of: requests - redirected) }
  var establishmentEffectiveness: Double? { percentage(effective, of: requests - redirected) }
  var ineffectiveAttempts: Double? { percentage(ineffective, of: requests) }
  /// Over the calls whose end is known: one that is still open has neither completed nor failed.
  var completion: Double? { percentage(completed, of: requests - openAtEnd) }
}
