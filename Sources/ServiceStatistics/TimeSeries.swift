import CaptureFacts
import SubscriberTimelines

/// Figures by interval of time. Intervals begin at multiples of their length since 1970. Where there would be more than
/// `mostIntervals`, the length is doubled and neighbours are added up, as often as is needed.
public struct TimeSeries: Sendable {
  /// How many intervals there are at most: a day in minutes.
  static let mostIntervals = 1440

  /// How many users are followed for the registrations that are open; those of further ones are not counted.
  static let mostUsers = 1 << 17

  /// How many contacts of one user are followed.
  private static let mostContacts = 8

  /// What happened in one interval.
  public struct Interval: Sendable {
    /// Registrations of users that began.
    public var registrations: UInt64 = 0
    /// Of these, those accepted.
    public var registrationsAccepted: UInt64 = 0
    /// Of these, those rejected or not answered.
    public var registrationsFailed: UInt64 = 0
    /// Calls that began.
    public var calls: UInt64 = 0
    /// Of these, those answered.
    public var callsAnswered: UInt64 = 0
    /// Of these, those rejected or without an answer.
    public var callsFailed: UInt64 = 0
    /// REGISTER to its final 200 of those that were accepted and end no binding; 16 KiB where there is one.
    public var registrationDelay = DurationDistribution()
    /// INVITE to the first 180 of calls that rang; 16 KiB where there is one.
    public var postDialDelay = DurationDistribution()
    /// Calls that were answered less those that were released.
    var openCalls: Int64 = 0
    /// Contacts that were registered less those that ended.
    var openRegistrations: Int64 = 0

    mutating func add(_ other: Interval) {
      registrations += other.registrations
      registrationsAccepted += other.registrationsAccepted
      registrationsFailed += other.registrationsFailed
      calls += other.calls
      callsAnswered += other.callsAnswered
      callsFailed += other.callsFailed
      registrationDelay.add(other.registrationDelay)
      postDialDelay.add(other.postDialDelay)
      openCalls += other.openCalls
      openRegistrations += other.openRegistrations
    }
  }

  /// One interval as reports take it.
  public struct Point: Sendable {
    /// When it begins.
    public var start: Timestamp
    /// What happened in it.
    public var figures: Interval
    /// Calls that are answered and not released at its end.
    public var openCalls: Int64
    /// Contacts that are registered at its end, of registrations seen in the capture.
    public var openRegistrations: Int64
  }

  /// The length that was asked for, in nanoseconds.
  public let asked: Int64
  /// The length of the intervals, in nanoseconds.
  public private(set) var length: Int64
  private var intervals: [Int64: Interval] = [:]
  private var first = Int64.max
  private var last = Int64.min
  /// Until when each contact of a user is registered.
  private var users: [String: [String: Timestamp]] = [:]
  private var end = Timestamp(nanoseconds: .min)

  init(length: Int64) {
    asked = max(1, length)
    self.length = asked
  }

  // MARK: - Counting

  private mutating func change(at time: Timestamp, _ body: (inout Interval) -> Void) {
    var index = place(of: time)
    while max(last, index).subtractingReportingOverflow(min(first, index)).partialValue >= TimeSeries.mostIntervals {
      widen()
      index = place(of: time)
    }
    first = min(first, index)
    last = max(last, index)
    end = max(end, time)
    body(&intervals[index, default: Interval()])
  }

  private func place(of time: Timestamp) -> Int64 {
    let (quotient, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: length)
    return rest < 0 ? quotient - 1 : quotient
  }

  private mutating func widen() {
    guard length <= Int64.max / 2 else { return }
    length *= 2
    var merged: [Int64: Interval] = [:]
    for (index, interval) in intervals { merged[index >> 1, default: Interval()].add(interval) }
    intervals = merged
    if !merged.isEmpty {
      first >>= 1
      last >>= 1
    }
  }

  mutating func count(_ registration: Registration) {
    let isOfUser = registration.kind != .networkDeRegistration && registration.kind != .timeout
    change(at: registration.start) { interval in
      guard isOfUser else { return }
      interval.registrations += 1
      switch registration.outcome {
      case .accepted:
        interval.registrationsAccepted += 1
        if let duration = registration.duration, registration.deRegisteredBy == nil {
          interval.registrationDelay.record(duration)
        }
      case .rejected, .unanswered: interval.registrationsFailed += 1
      case .inProgress: break
      }
    }
    guard registration.outcome == .accepted,
      let user = registration.publicIdentity ?? registration.privateIdentity
    else { return }
    let time = registration.end
    let contact = registration.instance ?? registration.contact ?? ""
    switch registration.kind {
    case .initial, .additionalContact, .reRegistration:
      let seconds = Int64(registration.grantedExpiry ?? registration.requestedExpiry ?? 0)
      let known = users[user]?[contact]
      guard known != nil || (users[user]?.count ?? 0) < TimeSeries.mostContacts,
        users[user] != nil || users.count < TimeSeries.mostUsers
      else { return }
      if let known, known < time { ended(at: known) }
      if known.map({ $0 < time }) ?? true { change(at: time) { $0.openRegistrations += 1 } }
      users[user, default: [:]][contact] = time.advanced(byNanoseconds: seconds * 1_000_000_000)
    case .deRegistration where contact != "*" && !contact.isEmpty:
      if let until = users[user]?.removeValue(forKey: contact) { ended(at: min(until, time)) }
    case .deRegistration, .networkDeRegistration, .timeout:
      for until in users.removeValue(forKey: user)?.values ?? [:].values { ended(at: min(until, time)) }
    }
  }

  private mutating func ended(at time: Timestamp) {
    change(at: time) { $0.openRegistrations -= 1 }
  }

  mutating func count(_ call: Call) {
    change(at: call.start) { interval in
      interval.calls += 1
      if let time = call.ringingTime { interval.postDialDelay.record(time) }
      switch call.outcome {
      case .answered: interval.callsAnswered += 1
      case .rejected, .unanswered: interval.callsFailed += 1
      default: break
      }
    }
    guard call.outcome == .answered else { return }
    let answered = call.start.advanced(byNanoseconds: call.answerTime ?? 0)
    change(at: answered) { $0.openCalls += 1 }
    if !call.isOpenAtEnd {
      let released = call.talkTime.map { answered.advanced(byNanoseconds: $0) } ?? call.end
      change(at: released) { $0.openCalls -= 1 }
    }
  }

  // MARK: - For reports

  /// The intervals in order of time, empty ones included.
  public var points: [Point] {
    guard first <= last else { return [] }
    var series = self
    let seen = end
    // What expires before the last event is over by then; later nobody looked.
    for until in users.values.flatMap(\.values) where until < seen { series.ended(at: until) }
    var openCalls: Int64 = 0
    var openRegistrations: Int64 = 0
    return (series.first...series.last).map { index in
      let interval = series.intervals[index] ?? Interval()
      openCalls += interval.openCalls
      openRegistrations += interval.openRegistrations
      return Point(
        start: Timestamp(nanoseconds: index &* series.length), figures: interval, openCalls: openCalls,
        openRegistrations: openRegistrations)
    }
  }
}
