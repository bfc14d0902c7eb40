import CaptureFacts
import SIPMessages
import Testing

@testable import ServiceStatistics
@testable import SubscriberTimelines

@Suite struct ServiceStatisticsTests {
  private func registration(
    _ outcome: RegistrationOutcome, _ kind: RegistrationKind = .initial, milliseconds: Int64? = nil
  ) -> Registration {
    Registration(
      id: RecordIdentifier(kind: .registration, hash: 1), subscriber: nil, kind: kind, isEmergency: false,
      outcome: outcome, status: outcome == .accepted ? 200 : nil, challenges: 1, start: Timestamp(nanoseconds: 0),
      end: Timestamp(nanoseconds: 0), duration: milliseconds.map { $0 * 1_000_000 }, privateIdentity: nil,
      publicIdentity: nil, contact: nil, requestedExpiry: nil, grantedExpiry: nil, accessNetwork: nil,
      visitedNetwork: nil, userAgent: nil, instance: nil, servingCSCF: nil, authenticationScheme: nil,
      serviceRoute: [], associatedIdentities: [], deRegistrationReason: nil, legs: [], diameter: [], events: [],
      frames: [], cause: nil)
  }

  private func call(
    _ outcome: CallOutcome, _ status: UInt16?, isOpen: Bool = false, beganBefore: Bool = false,
    events: [TimelineEvent] = []
  ) -> Call {
    Call(
      id: RecordIdentifier(kind: .call, hash: 1), callerSubscriber: nil, calleeSubscriber: nil, caller: "", callee: "",
      calleeIdentity: nil, outcome: outcome, status: status, isOpenAtEnd: isOpen, beganBeforeCapture: beganBefore,
      isEmergency: false, start: Timestamp(nanoseconds: 0), end: Timestamp(nanoseconds: 0), ringingTime: nil,
      answerTime: nil, talkTime: nil, releasedBy: nil, challenges: 0, chargingIdentifier: nil, dialogs: [], legs: [],
      diameter: [], media: [], events: events, frames: [], cause: nil)
  }

  private func event(_ milliseconds: Int64, _ from: UInt32, _ to: UInt32, _ kind: TimelineEvent.Kind) -> TimelineEvent {
    TimelineEvent(
      time: Timestamp(nanoseconds: milliseconds * 1_000_000), frame: FrameReference(number: 1),
      from: NodeHandle(index: from), to: NodeHandle(index: to), transport: .udp, kind: kind, isRetransmission: false,
      copies: 0, fingerprint: 0, mark: 0)
  }

  private func exchange(
    _ command: UInt32, answer: UInt64?, result: DiameterExchange.Result? = nil, milliseconds: Int64? = nil
  ) -> DiameterExchange {
    DiameterExchange(
      interface: "Cx", command: "C\(command)", commandCode: command, applicationID: 16_777_216,
      from: NodeHandle(index: 0), to: NodeHandle(index: 1), start: Timestamp(nanoseconds: 0),
      requestFrame: FrameReference(number: 1), answerFrame: answer.map { FrameReference(number: $0) }, frames: [],
      answerTime: milliseconds.map { $0 * 1_000_000 }, result: result, resultName: nil, retransmissions: 1, hops: [],
      joinedBy: nil, details: DiameterDetails())
  }

  private func statistics(_ records: [TimelineRecord]) -> ServiceStatistics {
    var statistics = ServiceStatistics()
    for record in records { statistics.count(record) }
    return statistics
  }

  @Test("RFC 6076 4.1 and 4.2: RRD of those accepted, IRA of attempts that came to an end") func registrations() {
    let statistics = statistics([
      .registration(registration(.accepted, milliseconds: 100)),
      .registration(registration(.accepted, .reRegistration, milliseconds: 300)),
      .registration(registration(.rejected, milliseconds: 9_000)), .registration(registration(.unanswered)),
      .registration(registration(.inProgress)),
      .registration(registration(.accepted, .deRegistration, milliseconds: 1)),
      .registration(registration(.rejected, .networkDeRegistration)),
    ]).registrations
    #expect(statistics.total == 7)
    #expect(statistics.requestDelay.count == 2)
    #expect(statistics.requestDelay.mean == 200_000_000)
    #expect(statistics.ineffectiveAttempts == 50)
    #expect(statistics.byKind[.initial] == 4)
    #expect(statistics.challenges == 7)
  }

  @Test("RFC 6076 4.6 to 4.9: 3xx leaves SER and SEER, the user's answers are effective, the network's failures not")
  func ratios() {
    let statistics = statistics([
      .call(call(.answered, 200)), .call(call(.answered, 200, isOpen: true)), .call(call(.redirected, 302)),
      .call(call(.busy, 486)), .call(call(.declined, 603)), .call(call(.noAnswer, 480)), .call(call(.cancelled, 487)),
      .call(call(.rejected, 503)), .call(call(.rejected, 404)), .call(call(.unanswered, nil)),
      .call(call(.inProgress, nil)), .call(call(.answered, 200, beganBefore: true)),
    ]).calls
    #expect(statistics.total == 12)
    // Ten requests, one redirected.
    #expect(statistics.establishmentRatio == 100.0 * 2 / 9)
    #expect(statistics.establishmentEffectivenessRatio == 100.0 * 5 / 9)
    #expect(statistics.ineffectiveAttempts == 20)
    // One is still open.
    #expect(statistics.completionRatio == 100.0 * 1 / 9)
  }

  @Test("RFC 6076 4.3 and 4.4: delays are taken at the user who asked, challenges and other hops do not count")
  func delays() {
    let answered = call(
      .answered, 200,
      events: [
        event(0, 1, 2, .request(.invite)), event(5, 2, 3, .request(.invite)),
        event(6, 3, 2, .response(status: 180, method: .invite)),
        event(10, 2, 1, .response(status: 100, method: .invite)),
        event(20, 2, 1, .response(status: 401, method: .invite)), event(30, 1, 2, .request(.invite)),
        event(250, 2, 1, .response(status: 183, method: .invite)), event(900, 3, 2, .request(.bye)),
        event(910, 2, 1, .request(.bye)), event(920, 1, 2, .response(status: 200, method: .bye)),
        event(930, 2, 3, .response(status: 200, method: .bye)),
      ])
    let failed = call(
      .rejected, 503,
      events: [event(0, 1, 2, .request(.invite)), event(70, 2, 1, .response(status: 503, method: .invite))])
    let statistics = statistics([.call(answered), .call(failed)]).calls
    #expect(statistics.successfulRequestDelay.mean == 250_000_000)
    #expect(statistics.failedRequestDelay.mean == 70_000_000)
    #expect(statistics.disconnectDelay.mean == 30_000_000)
  }

  @Test("Diameter by command: attempts, results of both kinds apart, unanswered, times") func diameter() throws {
    var statistics = ServiceStatistics()
    for number in 1...98 {
      statistics.count(exchange(300, answer: 2, result: .base(2001), milliseconds: Int64(number)))
    }
    statistics.count(exchange(300, answer: 2, result: .experimental(vendor: 10415, code: 2001), milliseconds: 1_000))
    statistics.count(exchange(300, answer: nil))
    statistics.count(exchange(303, answer: 2))
    let command = try #require(statistics.diameter.first)
    #expect(statistics.diameter.map(\.command) == ["C300", "C303"])
    #expect((command.attempts, command.answered, command.unanswered) == (100, 99, 1))
    #expect(command.results.map(\.count) == [98, 1])
    #expect(command.results[1].result == .experimental(vendor: 10415, code: 2001))
    #expect(command.answerTime.maximum == 1_000_000_000)
    #expect(command.retransmissions == 100)
    #expect(statistics.diameter[1].otherResults == 1)
  }

  @Test("percentiles are right to one percent, and never outside the extremes") func percentiles() throws {
    var distribution = DurationDistribution()
    #expect(distribution.percentile(50) == nil && distribution.mean == nil)
    for number in 1...10_000 { distribution.record(Int64(number) * 1_000_000) }
    for percentage in [1.0, 50, 95, 99] {
      let found = Double(try #require(distribution.percentile(percentage)))
      #expect(abs(found / (percentage * 100_000_000) - 1) < 0.011)
    }
    #expect(distribution.percentile(100) == 10_000_000_000)
    var single = DurationDistribution()
    single.record(1_234_567)
    #expect(single.percentile(50) == 1_234_567)
  }

  /// The nearest rank by definition, at two significant digits, whether a list or a histogram holds the values.
  @Test(
    "percentiles do not depend on how many values there are or how they came together",
    arguments: [1, 2, 127, 128, 129, 300])
  func percentilesOfFewAndMany(_ count: Int) throws {
    // Milliseconds, minutes and, so that no list takes them, hours, in no order.
    let values = (0..<count).map { Int64(($0 * 37) % count + 1) * ($0 % 3 == 0 ? 1_000_000 : 60_000_000_000) }
    var whole = DurationDistribution()
    var parts = [DurationDistribution(), DurationDistribution(), DurationDistribution()]
    for (place, value) in values.enumerated() {
      whole.record(value)
      parts[place % 3].record(value)
    }
    var sum = parts[0]
    sum.add(parts[1])
    sum.add(parts[2])
    let sorted = values.sorted()
    for percentage in [1.0, 50, 95, 99, 100] {
      let rank = max(1, Int((percentage * Double(count) / 100).rounded(.up)))
      let found = Double(try #require(whole.percentile(percentage)))
      #expect(abs(found / Double(sorted[rank - 1]) - 1) < 0.011)
      #expect(sum.percentile(percentage) == whole.percentile(percentage))
    }
    #expect(sum.count == whole.count && sum.minimum == whole.minimum && sum.maximum == whole.maximum)
  }

  @Test("no duration, however hostile, traps", arguments: [Int64.min, -1, 0, 1, Int64.max])
  func extremes(_ nanoseconds: Int64) {
    var distribution = DurationDistribution()
    for _ in 0..<3 { distribution.record(nanoseconds) }
    #expect(distribution.count == 3)
    #expect(distribution.percentile(99) == nanoseconds)
    _ = distribution.mean
  }

  @Test("commands and results beyond their bounds are counted, not kept") func bounds() {
    var statistics = ServiceStatistics()
    for number in 0..<2_000 { statistics.count(exchange(UInt32(number), answer: nil)) }
    #expect(statistics.diameter.count == ServiceStatistics.distinctCommands)
    #expect(statistics.otherDiameter == UInt64(2_000 - ServiceStatistics.distinctCommands))
    var one = ServiceStatistics()
    for number in 0..<200 { one.count(exchange(300, answer: 2, result: .base(UInt32(number)))) }
    #expect(one.diameter[0].results.count == DiameterCommandStatistics.distinctResults)
    #expect(one.diameter[0].otherResults == UInt64(200 - DiameterCommandStatistics.distinctResults))
  }

  @Test("intervals are doubled until they fit, and nothing is lost by it") func series() {
    var series = TimeSeries(length: 1_000_000_000)
    for second in 0..<3000 as Range<Int64> {
      var one = call(.answered, 200)
      one.start = Timestamp(nanoseconds: second * 1_000_000_000)
      one.answerTime = 0
      one.talkTime = 1_000_000_000
      series.count(one)
    }
    let points = series.points
    #expect(series.length == 4_000_000_000)
    #expect(points.count <= TimeSeries.mostIntervals)
    #expect(points.reduce(0) { $0 + $1.figures.calls } == 3000)
    #expect(points.last?.openCalls == 0)
  }

  @Test("a contact is registered until it is given up or expires, refreshed or not") func openRegistrations() {
    var series = TimeSeries(length: 10_000_000_000)
    func count(_ kind: RegistrationKind, _ contact: String, at seconds: Int64, expiry: UInt32? = nil) {
      var one = registration(.accepted, kind)
      one.publicIdentity = "sip:a@b"
      one.contact = contact
      one.grantedExpiry = expiry
      one.start = Timestamp(nanoseconds: seconds * 1_000_000_000)
      one.end = one.start
      series.count(one)
    }
    count(.initial, "x", at: 0, expiry: 100)
    count(.initial, "y", at: 15, expiry: 10)
    count(.reRegistration, "x", at: 25, expiry: 100)
    count(.deRegistration, "x", at: 45)
    #expect(series.points.map(\.openRegistrations) == [1, 2, 1, 1, 0])
  }

  @Test("a node counts an attempt once, with its challenge, by the answer that it gave") func nodeCounters() {
    var nodes: [UInt32: NodeStatistics] = [:]
    let events = [
      event(0, 0, 1, .request(.register)), event(10, 1, 2, .request(.register)),
      event(20, 2, 1, .response(status: 401, method: .register)),
      event(30, 1, 0, .response(status: 401, method: .register)),
      event(100, 0, 1, .request(.register)), event(110, 1, 2, .request(.register)),
      event(120, 2, 1, .response(status: 403, method: .register)),
    ]
    #expect(NodeStatistics.count(events, .register, into: &nodes, room: 8) == 0)
    #expect(nodes[2]?.registrations.attempts == 1)
    #expect(nodes[2]?.registrations.failures == [403: 1])
    // The answer of the first hop is not in the capture: a challenge is none.
    #expect(nodes[1]?.registrations.attempts == 1)
    #expect(nodes[1]?.registrations.failures == [401: 1])
    #expect(NodeStatistics.count(events, .register, into: &nodes, room: 2) == 0)
    var none: [UInt32: NodeStatistics] = [:]
    #expect(NodeStatistics.count(events, .register, into: &none, room: 0) == 2)
  }
}
