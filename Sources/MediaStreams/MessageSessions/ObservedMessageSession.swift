/// What one side of a session of MSRP sent (RFC 4975).
public struct ObservedMessageSession: Hashable, Sendable {
  /// How many failures are told apart.
  public static let keptFailures = 8

  /// A status and how often it came.
  public struct Failure: Hashable, Sendable {
    /// The status.
    public var status: UInt16
    /// How often.
    public var count: UInt32

    /// A status that came so often.
    public init(status: UInt16, count: UInt32) {
      self.status = status
      self.count = count
    }
  }

  /// Chunks: SEND requests.
  public var chunks: UInt64 = 0
  /// Messages that were sent to their end.
  public var messages: UInt64 = 0
  /// Messages that were given up.
  public var abandoned: UInt64 = 0
  /// REPORT requests.
  public var reports: UInt64 = 0
  /// Responses.
  public var responses: UInt64 = 0
  /// Responses and reports that tell of a failure, in the order in which each status came first.
  public var failures: [Failure] = []

  /// Nothing sent.
  public init() {}

  mutating func take(_ message: MessageSessionMessage) {
    switch message.kind {
    case .send:
      chunks &+= 1
      if message.continuation == UInt8(ascii: "$") { messages &+= 1 }
      if message.continuation == UInt8(ascii: "#") { abandoned &+= 1 }
    case .report(let status):
      reports &+= 1
      noteFailure(status, 1)
    case .response(let status):
      responses &+= 1
      noteFailure(status, 1)
    case .other: break
    }
  }

  mutating func append(_ later: ObservedMessageSession) {
    chunks &+= later.chunks
    messages &+= later.messages
    abandoned &+= later.abandoned
    reports &+= later.reports
    responses &+= later.responses
    for failure in later.failures { noteFailure(failure.status, failure.count) }
  }

  private mutating func noteFailure(_ status: UInt16, _ count: UInt32) {
    guard status >= 300 else { return }
    if let place = failures.firstIndex(where: { $0.status == status }) {
      failures[place].count &+= count
    } else if failures.count < ObservedMessageSession.keptFailures {
      failures.append(Failure(status: status, count: count))
    }
  }
}
