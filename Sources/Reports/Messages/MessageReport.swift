import CaptureFacts
import DiameterMessages
import SIPMessages
import SubscriberTimelines

/// The messages of a capture, one after the other.
///
/// NDJSON is written as messages come, with the names of nodes known then; the other forms wait in a spool for the end of
/// the capture, when it is known who the nodes are.
public final class MessageReport: ReportWriter, MessageObserver {
  /// How messages are written.
  public enum Form: Sendable {
    /// A line for each, with lines of detail under it, for a person.
    case text(TerminalStyle)
    /// A line for each, as comma-separated values.
    case csv
    /// One document.
    case json
    /// One object a line.
    case ndjson
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? { output.failure ?? spool.failure }

  private let output: ReportOutput
  private let form: Form
  private let detail: MessageDetail
  private let shownSecrets: Set<SecretKind>
  private let filter: DisplayFilter?
  private let marking: MessageMarking?
  private let frame: UInt64?
  private let limit: Int
  private let spool = RecordSpool()
  private var json = JSONWriter()
  private var inputs: [String] = []
  private var shown = 0
  private var left: UInt64 = 0

  /// Writes messages to `output`: those that `filter` selects, which may need the `marking` of an earlier pass, at most
  /// `limit` of them, of `frame` alone where one is given. Secrets are masked but for the kinds in `shownSecrets`.
  public init(
    output: ReportOutput, form: Form, detail: MessageDetail = .summary, showing shownSecrets: Set<SecretKind> = [],
    filter: DisplayFilter? = nil, marking: MessageMarking? = nil, frame: UInt64? = nil,
    limit: Int = .max
  ) {
    self.frame = frame
    self.output = output
    self.form = form
    self.detail = detail
    self.shownSecrets = shownSecrets
    self.filter = filter
    self.marking = marking
    self.limit = limit
  }

  // MARK: - Messages

  /// How many messages were shown.
  public var shownMessages: Int { shown }

  /// Names the inputs.
  public func begin(inputs: [String]) {
    self.inputs = inputs
  }

  /// Takes a SIP message.
  public func take(_ observed: Observed<SIPMessage>, _ sighting: MessageSighting, _ context: MessageContext) {
    guard frame ?? observed.frame.number == observed.frame.number else { return }
    let message = observed.message
    let line = MessageLine(message)
    guard isShown(line, observed, sighting, context) else { return }
    write(line, observed, sighting, context) { json in
      json.members(ofSummary: message)
      if detail >= .headers { json.members(ofHeaders: message, showing: shownSecrets) }
      if detail >= .full { json.members(ofBody: message, showing: shownSecrets) }
    } lines: { lines in
      lines.add(message)
    }
  }

  /// Takes a Diameter message.
  public func take(_ observed: Observed<DiameterMessage>, _ sighting: MessageSighting, _ context: MessageContext) {
    guard frame ?? observed.frame.number == observed.frame.number else { return }
    let message = observed.message
    let dictionary = DiameterDictionary.known
    let line = MessageLine(message, dictionary)
    guard isShown(line, observed, sighting, context) else { return }
    write(line, observed, sighting, context) { json in
      json.members(ofSummary: message, dictionary)
      if detail >= .headers {
        json.members(
          ofAttributes: message, DiameterAttributeRenderer(dictionary: dictionary, showing: shownSecrets),
          withDocuments: detail >= .full)
      }
    } lines: { lines in
      lines.add(message, dictionary)
    }
  }

  /// Records are not shown.
  public func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {}

  private func isShown<Message>(
    _ line: MessageLine, _ observed: Observed<Message>, _ sighting: MessageSighting, _ context: MessageContext
  ) -> Bool {
    if let filter {
      let identifier = line.callID.isEmpty ? line.sessionID : line.callID
      let facts = MessageFacts(
        line: line, flow: observed.flow, time: observed.time, sighting: sighting,
        nodes: marking?.nodes ?? context.nodes,
        answers: marking?.answers(observed.frame, identifier) ?? [])
      guard filter.selects(facts) else { return false }
    }
    guard shown < limit else {
      left += 1
      return false
    }
    shown += 1
    return true
  }

  private func write<Message>(
    _ line: MessageLine, _ observed: Observed<Message>, _ sighting: MessageSighting, _ context: MessageContext,
    members: (inout JSONWriter) -> Void, lines: (inout MessageLines) -> Void
  ) {
    switch form {
    case .ndjson:
      json.beginDocument()
      json.beginObject()
      json.member("type", "message")
      let names = HandleNames.known(nodes: marking?.nodes ?? context.nodes, subscribers: context.subscribers)
      json.members(of: observed, sighting, context.points, inputs: inputs, names)
      members(&json)
      json.endObject()
      json.lineBreak()
      output.take(&json.bytes)
      output.endRecord()
    case .json:
      json.beginDocument()
      json.bytes.append(contentsOf: (shown > 1 ? ",\n" : "\n").utf8)
      json.beginObject()
      json.members(of: observed, sighting, context.points, inputs: inputs, .deferred)
      members(&json)
      json.endObject()
      spool.append(json.bytes)
      json.bytes.removeAll(keepingCapacity: true)
    case .text(let style):
      var row = MessageRow()
      row.add(line, observed, sighting, inputs: inputs)
      row.end()
      if detail > .summary {
        var text = MessageLines(detail, showing: shownSecrets, style: style)
        lines(&text)
        row.bytes += text.text.bytes
      }
      row.endDetail()
      spool.append(row.bytes)
    case .csv:
      var row = MessageRow()
      row.addValues(line, observed, sighting, inputs: inputs)
      row.end()
      row.endDetail()
      spool.append(row.bytes)
    }
  }

  // MARK: - The end

  /// Completes the output.
  public func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    switch form {
    case .ndjson: break
    case .json: finishDocument(summary)
    case .text(let style): finishText(summary, style)
    case .csv: finishValues(summary)
    }
    if let failure { throw failure }
    try output.complete()
  }

  private func finishDocument(_ summary: ReportSummary) {
    json.beginDocument()
    json.beginObject()
    json.member("schema_version", JSONReport.schemaVersion)
    json.member("capture", object: { $0.members(of: summary.capture) })
    json.key("messages")
    json.beginArray()
    output.take(&json.bytes)
    forEachResolvedBlock(summary) { output.write($0) }
    json.endArray()
    json.endObject()
    json.lineBreak()
    output.take(&json.bytes)
  }

  private func finishText(_ summary: ReportSummary, _ style: TerminalStyle) {
    var table = TextTable(MessageRow.textColumns, isCut: false)
    let context = RowContext(reader: .person, nodes: summary.nodes, subscribers: summary.subscribers)
    var text = TerminalText(style: style)
    forEachRow(summary) { row, detail in
      table.add(table.row(row, context), detail: detail, to: &text)
      output.take(&text.bytes)
    }
    table.end(&text)
    if shown == 0 { text.line("no messages", .faint) }
    if left > 0 { text.line("... and \(left) more", .faint) }
    output.take(&text.bytes)
  }

  private func finishValues(_ summary: ReportSummary) {
    var csv = CSVWriter()
    csv.add(MessageRow.valueKeys)
    forEachRow(summary) { row, _ in
      csv.add(row.cells)
      output.take(&csv.bytes)
    }
    output.take(&csv.bytes)
  }

  private func forEachResolvedBlock(_ summary: ReportSummary, _ body: ([UInt8]) -> Void) {
    var resolution = HandleResolution(nodes: summary.nodes, subscribers: summary.subscribers)
    spool.forEachBlock { block in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(block.count)
      resolution.resolve(block, into: &bytes)
      body(bytes)
    }
  }

  /// Calls `body` with each row that was kept and its lines of detail.
  private func forEachRow(_ summary: ReportSummary, _ body: (MessageRow.Cells, [UInt8]) -> Void) {
    var rest: [UInt8] = []
    forEachResolvedBlock(summary) { block in
      rest += block
      var start = 0
      while let end = rest[start...].firstIndex(of: MessageRow.detailEnd) {
        let rowEnd = rest[start..<end].firstIndex(of: MessageRow.rowEnd) ?? end
        body(MessageRow.Cells(rest[start..<rowEnd]), Array(rest[min(rowEnd + 1, end)..<end]))
        start = end + 1
      }
      rest.removeFirst(start)
    }
  }
}
