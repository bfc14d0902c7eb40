import CaptureFacts
import SIPMessages
import SubscriberTimelines

/// The counters of one node, after those of 3GPP TS 32.409: each hop counts its own, each registration or session once.
public struct NodeStatistics: Sendable {
  /// The counters of the requests of one kind that the node was sent.
  public struct Requests: Sendable {
    /// Records in which the node was sent the request; challenges and retransmissions are no further attempts.
    public private(set) var attempts: UInt64 = 0
    /// Those that it answered with 2xx.
    public private(set) var successes: UInt64 = 0
    /// Those that it answered with another final status, by that status.
    public private(set) var failures: [UInt16: UInt64] = [:]
    /// Request to the final answer of those that succeeded: with their challenges.
    public private(set) var setupTime = DurationDistribution()

    /// Those without a final answer.
    public var unanswered: UInt64 { attempts - successes - failures.values.reduce(0, +) }

    mutating func count(_ status: UInt16?, after time: Int64) {
      attempts += 1
      guard let status else { return }
      if (200..<300).contains(status) {
        successes += 1
        setupTime.record(time)
      } else {
        failures[status, default: 0] += 1
      }
    }

    mutating func add(_ other: Requests) {
      attempts += other.attempts
      successes += other.successes
      failures.merge(other.failures, uniquingKeysWith: +)
      setupTime.add(other.setupTime)
    }
  }

  /// REGISTER.
  public private(set) var registrations = Requests()
  /// INVITE that opens a session.
  public private(set) var sessions = Requests()

  /// The status and the time of what a node answers to the first request of a method that it is sent in a record.
  private struct Attempt {
    let node: UInt32
    let start: Timestamp
    var status: UInt16?
    var end: Timestamp
  }

  /// Counts what each node did in a record, by the handle of the node.
  static func count(
    _ events: [TimelineEvent], _ method: SIPMethod, into nodes: inout [UInt32: NodeStatistics], room: Int
  ) -> UInt64 {
    var dropped: UInt64 = 0
    for attempt in attempts(in: events, method) {
      let time = attempt.end.nanoseconds(since: attempt.start)
      if let place = nodes.index(forKey: attempt.node) {
        nodes.values[place].count(attempt.status, of: method, after: time)
      } else if nodes.count < room {
        nodes[attempt.node, default: NodeStatistics()].count(attempt.status, of: method, after: time)
      } else {
        dropped += 1
      }
    }
    return dropped
  }

  private mutating func count(_ status: UInt16?, of method: SIPMethod, after time: Int64) {
    if method == .register {
      registrations.count(status, after: time)
    } else {
      sessions.count(status, after: time)
    }
  }

  /// One attempt for each node that is sent the request. What answers a challenge goes on with it; a session that was
  /// answered once is not answered again by a request inside of it.
  private static func attempts(in events: [TimelineEvent], _ method: SIPMethod) -> [Attempt] {
    var attempts: [Attempt] = []
    for event in events {
      switch event.kind {
      case .request(method):
        guard !attempts.contains(where: { $0.node == event.to.index }) else { continue }
        attempts.append(Attempt(node: event.to.index, start: event.time, end: event.time))
      case .response(let status, method) where status >= 200:
        guard let place = attempts.firstIndex(where: { $0.node == event.from.index }),
          attempts[place].status.map({ $0 == 401 || $0 == 407 }) ?? true
        else { continue }
        attempts[place].status = status
        attempts[place].end = event.time
      default: break
      }
    }
    return attempts
  }

  mutating func add(_ other: NodeStatistics) {
    registrations.add(other.registrations)
    sessions.add(other.sessions)
  }
}
