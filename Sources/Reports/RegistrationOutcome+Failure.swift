import SubscriberTimelines

extension RegistrationOutcome {
  /// Whether service failed.
  public var isFailure: Bool { self == .rejected || self == .unanswered }
}

extension CallOutcome {
  /// Whether service failed; a user who is busy, declines or does not answer is no failure of the service.
  public var isFailure: Bool { self == .rejected || self == .unanswered }
}
