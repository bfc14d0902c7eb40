import CaptureFacts
import SubscriberTimelines

/// What happened in one registration, call or messaging record, or to one subscriber: header lines and a ladder, or the
/// objects with their timelines.
///
/// Which records belong to a subscriber is only certain at the end, when some of them may have gone by; their ids are
/// `missing` then, nothing is written, and another run that is given them shows all.
public struct ShowReport: ReportWriter {
  /// How many records are kept; those beyond are counted.
  public static let keptRecords = 1_000

  /// How the answer looks.
  public enum Format: Sendable {
    /// For a person.
    case text(TerminalStyle)
    /// For a program.
    case json
    /// The ladder of one record as a drawing.
    case svg
    /// The ladder of one record as a diagram of Mermaid.
    case mermaid
    /// Nothing is written: only the ids are asked for.
    case ids
  }

  /// What came of the query.
  public enum Answer: Sendable {
    /// It was shown.
    case shown
    /// Nothing in the capture answers it.
    case nothing
    /// Several things do, with these ids.
    case several([RecordIdentifier])
    /// Several records answer it, and a drawing holds one: these.
    case notOne([RecordIdentifier])
    /// These records must be selected in another run.
    case missing(Set<RecordIdentifier>)
  }

  /// What came of the query; `nothing` before the end.
  public private(set) var answer = Answer.nothing

  /// The records that were shown.
  public private(set) var shownRecords: Set<RecordIdentifier> = []

  /// The subscriber that the query stands for; nil where it stands for records.
  public private(set) var subscriber: RecordIdentifier?

  private let output: ReportOutput
  private let format: Format
  private let showsAll: Bool
  private let query: RecordQuery
  private let selection: Set<RecordIdentifier>?
  private var kept: [(record: TimelineRecord, match: RecordQuery.Match)] = []
  private var left = 0

  /// Answers `query` on `output`; `showsAll` draws each retransmission, too. `selection` names the records that an earlier run found missing.
  public init(
    query: String, selection: Set<RecordIdentifier>? = nil, output: ReportOutput, format: Format,
    showsAll: Bool = false
  ) {
    self.showsAll = showsAll
    self.query = RecordQuery(query)
    self.selection = selection
    self.output = output
    self.format = format
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? { output.failure }

  /// Keeps a record that answers the query.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    let isSelected = record.id.map { selection?.contains($0) ?? false } ?? false
    guard let match = query.matches(record, subscribers) ?? (isSelected ? .identity : nil) else { return }
    if kept.count < ShowReport.keptRecords {
      kept.append((record, match))
    } else {
      left += 1
    }
  }

  /// Writes what answers the query.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    let byID = kept.filter { $0.match == .id }
    let byCallID = kept.filter { $0.match == .callID }
    if byID.count > 1 {
      answer = .several(byID.compactMap(\.record.id))
    } else if !byID.isEmpty || !byCallID.isEmpty {
      write((byID.isEmpty ? byCallID : byID).map(\.record), nil, summary)
    } else {
      showSubscriber(summary)
    }
    // What was not answered leaves no empty file behind.
    if case .shown = answer, shownRecords.isEmpty { try output.complete() }
  }

  private mutating func showSubscriber(_ summary: ReportSummary) {
    var found: [Subscriber] = []
    summary.subscribers.forEach { subscriber in
      if found.count < ShowReport.keptRecords, query.matches(subscriber) { found.append(subscriber) }
    }
    if found.count > 1 {
      answer = .several(found.map(\.id))
    } else if let subscriber = found.first {
      self.subscriber = subscriber.id
      let wanted = Set(subscriber.registrations + subscriber.calls + subscriber.messaging)
      let records = kept.map(\.record).filter { $0.id.map(wanted.contains) ?? false }
      let missing = wanted.subtracting(records.compactMap(\.id))
      if missing.isEmpty || selection != nil || left > 0 {
        write(records, subscriber, summary)
      } else {
        answer = .missing(wanted)
      }
    } else if !kept.isEmpty {
      write(kept.map(\.record), nil, summary)
    }
  }

  private mutating func write(_ records: [TimelineRecord], _ subscriber: Subscriber?, _ summary: ReportSummary) {
    answer = .shown
    let records = records.sorted { $0.start < $1.start }
    switch format {
    case .text(let style):
      var page = TerminalPage(style: style, summary: summary, showsAll: showsAll)
      if let subscriber { page.draw(page.header(of: subscriber)) }
      var exchanges = (subscriber?.diameter ?? [])[...]
      for record in records {
        while let exchange = exchanges.first, exchange.start.nanoseconds < record.start {
          page.show(exchange)
          exchanges.removeFirst()
        }
        page.show(record)
        output.take(&page.text.bytes)
      }
      for exchange in exchanges { page.show(exchange) }
      if left > 0 { page.text.line("... and \(left) more records", .faint) }
      output.take(&page.text.bytes)
    case .ids: shownRecords = Set(records.compactMap(\.id))
    case .json:
      var json = JSONWriter()
      json.show(records, subscriber, summary)
      output.take(&json.bytes)
    case .svg, .mermaid:
      guard let record = records.first, records.count == 1 else {
        answer = .notOne(records.compactMap(\.id))
        return
      }
      draw(record, summary)
    }
  }

  private func draw(_ record: TimelineRecord, _ summary: ReportSummary) {
    var page = TerminalPage(style: TerminalStyle(), summary: summary, showsAll: showsAll)
    guard let header = page.header(of: record) else { return }
    let ladder = page.ladder(of: record)
    switch format {
    case .svg:
      output.write(Array(LadderVector(ladder, title: header.title, subtitle: header.outcome ?? "").text().utf8))
    case .mermaid:
      let title = [header.title, header.outcome].compactMap(\.self).joined(separator: " ")
      output.write(Array(LadderMermaid.text(ladder, title: title).utf8))
    case .text, .json, .ids: break
    }
  }
}
