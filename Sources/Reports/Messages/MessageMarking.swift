import CaptureFacts
import SubscriberTimelines

/// What a display filter must know of the whole capture before it can select messages: what records answer, and who the
/// nodes are. The report of a first pass over the input; the second asks it for each message.
public final class MessageMarking: ReportWriter {
  /// How many messages of records that answer a test with yes are remembered; those beyond count as if their records
  /// answered no, and are counted.
  public static let markedMessages = 1 << 22

  /// How many tests of records a filter may have: the bits of a mark.
  static let mostTests = 64

  /// Messages beyond the bound.
  public private(set) var messagesNotMarked: UInt64 = 0

  /// Nothing is written.
  public var failure: ReportOutputFailure? { nil }

  /// How many frames the pass read.
  public private(set) var frameCount: UInt64 = 0

  /// The nodes as the whole capture shows them; nil before its end.
  private(set) var nodes: NodeDirectory?

  private let tests: [DisplayFilterCondition.Leaf]
  private var marks: [UInt64: UInt64] = [:]
  private var marksOfRecords: [RecordIdentifier: UInt64] = [:]

  /// Prepares the first pass for `filter`; nil where one pass over the messages will do.
  public init?(_ filter: DisplayFilter) throws(DisplayFilterFailure) {
    let leaves = filter.condition.leaves
    guard leaves.contains(where: { $0.word.scope != .message }) else { return nil }
    tests = leaves.filter { $0.word.scope == .record }
    if tests.count > MessageMarking.mostTests {
      throw DisplayFilterFailure(
        message: "more than \(MessageMarking.mostTests) tests of records", expression: filter.expression, range: 0..<1)
    }
  }

  /// Remembers what a record answers, for each of its messages.
  public func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    switch record {
    case .registration, .call, .messaging:
      let facts = DisplayFilterFacts(subject: .record(record), nodes: nodes, subscribers: subscribers)
      let mark = mark(facts)
      guard mark != 0 else { return }
      if let id = record.id, marksOfRecords.count < FilteredReport<MessageMarking>.rememberedRecords {
        marksOfRecords[id] = mark
      }
      for leg in record.legs {
        for frame in leg.frames { note(mark, frame, leg.callID) }
      }
      for exchange in facts.exchanges { note(mark, exchange) }
    case .late(let id, let event):
      if let mark = marksOfRecords[id] { note(mark, event.frame, "") }
    case .finding, .media: break
    }
  }

  /// Remembers what lies outside of records, and who the nodes are.
  public func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    nodes = summary.nodes
    frameCount = summary.capture.frameCount
    marksOfRecords = [:]
    summary.subscribers.forEach { subscriber in
      for exchange in subscriber.diameter {
        let facts = DisplayFilterFacts(
          subject: .subscriber(subscriber, exchange), nodes: summary.nodes, subscribers: summary.subscribers)
        note(mark(facts), exchange)
      }
    }
  }

  /// The tests that the record of a message answered with yes. `identifier` is its Call-ID or Session-Id.
  func answers(_ frame: FrameReference, _ identifier: String) -> Set<DisplayFilterCondition.Leaf> {
    let mark = (marks[key(frame, identifier)] ?? 0) | (marks[key(frame, "")] ?? 0)
    guard mark != 0 else { return [] }
    return Set(tests.indices.filter { mark & 1 << UInt64($0) != 0 }.map { tests[$0] })
  }

  private func mark(_ facts: DisplayFilterFacts) -> UInt64 {
    var mark: UInt64 = 0
    for (place, test) in tests.enumerated() {
      let holds =
        if let comparison = test.comparison, let value = test.value {
          facts.any(test.word, comparison, value)
        } else {
          facts.holds(test.word)
        }
      if holds { mark |= 1 << UInt64(place) }
    }
    return mark
  }

  private func note(_ mark: UInt64, _ exchange: DiameterExchange) {
    let session = exchange.details.text(.sessionID) ?? ""
    for frame in exchange.frames { note(mark, frame, session) }
  }

  private func note(_ mark: UInt64, _ frame: FrameReference, _ identifier: String) {
    guard mark != 0 else { return }
    let key = key(frame, identifier)
    if marks.count >= MessageMarking.markedMessages, marks[key] == nil {
      messagesNotMarked += 1
    } else {
      marks[key, default: 0] |= mark
    }
  }

  /// FNV-1a over the frame and what tells its messages apart: a frame may hold messages of several records.
  private func key(_ frame: FrameReference, _ identifier: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
      hash = (hash ^ (frame.number >> shift & 0xff)) &* 0x100_0000_01b3
    }
    for byte in identifier.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}
