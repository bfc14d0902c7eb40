import SubscriberTimelines

/// Figures over one Diameter command of one interface, after the counters of 3GPP TS 32.409.
public struct DiameterCommandStatistics: Sendable {
  /// How many different results are told apart for one command; hostile input has 2^32 of them.
  public static let distinctResults = 64

  /// The reference point: `Cx`.
  public let interface: String
  /// The abbreviation of the request: `UAR`.
  public let command: String
  /// Requests, retransmissions not counted, those included of which only the answer was seen.
  public private(set) var attempts: UInt64 = 0
  /// Those with an answer.
  public private(set) var answered: UInt64 = 0
  /// The results of its answers, in the order in which they were seen first: a command has few.
  private(set) var counted: [ResultCount] = []
  /// Answers without a result, or with one beyond `distinctResults`.
  public private(set) var otherResults: UInt64 = 0
  /// Retransmissions of requests.
  public private(set) var retransmissions: UInt64 = 0
  /// Request to answer.
  public private(set) var answerTime = DurationDistribution()

  /// Requests without an answer.
  public var unanswered: UInt64 { attempts - answered }

  init(interface: String, command: String) {
    self.interface = interface
    self.command = command
  }

  mutating func count(_ exchange: DiameterExchange) {
    attempts += 1
    retransmissions &+= UInt64(clamping: exchange.retransmissions)
    guard exchange.answerFrame != nil else { return }
    answered += 1
    if let time = exchange.answerTime { answerTime.record(time) }
    guard let result = exchange.result,
      count(
        ResultCount(result: result, name: exchange.resultName, count: 1),
        room: DiameterCommandStatistics.distinctResults)
    else {
      otherResults += 1
      return
    }
  }

  /// Counts answers with one result; false where it is another one than all before, and there are `room` of them.
  private mutating func count(_ answers: ResultCount, room: Int) -> Bool {
    if let place = counted.firstIndex(where: { $0.result == answers.result }) {
      counted[place].count += answers.count
      if counted[place].name == nil { counted[place].name = answers.name }
      return true
    }
    guard counted.count < room else { return false }
    counted.append(answers)
    return true
  }

  /// Counts all that another one of the same command counted.
  mutating func add(_ other: DiameterCommandStatistics) {
    attempts += other.attempts
    answered += other.answered
    for answers in other.counted { _ = count(answers, room: .max) }
    otherResults += other.otherResults
    retransmissions &+= other.retransmissions
    answerTime.add(other.answerTime)
  }
}
