import SubscriberTimelines

/// One table for a person, written while the capture is read.
public struct TerminalTable: ReportWriter {
  private let output: ReportOutput
  private let section: ReportSection
  private let limit: Int
  private let style: TerminalStyle
  private let order: RowOrder?
  private var ordered: OrderedRows<[TableCell]>?
  private var rows = 0
  private var left: UInt64 = 0
  private var registrations = TextTable(RecordTables.registrations)
  private var calls = TextTable(RecordTables.calls)
  private var messaging = TextTable(RecordTables.messaging)
  private var media = TextTable(MediaTable.streams)
  private var nodes = TextTable(RecordTables.nodes)
  private var subscribers = TextTable(RecordTables.subscribers)

  /// Writes the table of `section`, of at most `limit` rows, to `output`: as they come, or in an `order`.
  public init(
    output: ReportOutput, section: ReportSection, style: TerminalStyle, limit: Int = .max, order: RowOrder? = nil
  ) {
    self.order = order
    ordered = order.map { OrderedRows($0, limit: limit) }
    self.output = output
    self.section = section
    self.limit = limit
    self.style = style
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? { output.failure }

  /// Adds the row of a record.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    let context = RowContext(reader: .person, nodes: nodes, subscribers: subscribers)
    switch (record, section) {
    case (.registration(let registration), .registrations): add(registration, to: \.registrations, context)
    case (.call(let call), .calls): add(call, to: \.calls, context)
    case (.messaging(let record), .messaging): add(record, to: \.messaging, context)
    case (.call(let call), .media):
      for stream in call.media { add(stream, to: \.media, context) }
    case (.media(let stream), .media): add(stream, to: \.media, context)
    default: return
    }
    output.endRecord()
  }

  /// Adds the rows that are only known at the end.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    let context = RowContext(reader: .person, nodes: summary.nodes, subscribers: summary.subscribers)
    switch section {
    case .nodes: for node in summary.shownNodes { add(node, to: \.nodes, context) }
    case .subscribers: summary.forEachShownSubscriber { add($0, to: \.subscribers, context) }
    default: break
    }
    var text = TerminalText(style: style)
    writeOrdered(&text)
    registrations.end(&text)
    calls.end(&text)
    messaging.end(&text)
    media.end(&text)
    nodes.end(&text)
    subscribers.end(&text)
    if rows == 0, left == 0 { text.line("no \(section.rawValue)", .faint) }
    if left > 0 { text.line("... and \(left) more", .faint) }
    if section == .nodes {
      write(summary.shownPeers, TransportTables.peers, "DIAMETER PEERS", context, &text)
      write(summary.shownAssociations, TransportTables.associations, "SCTP ASSOCIATIONS", context, &text)
    }
    output.take(&text.bytes)
    try output.complete()
  }

  /// Writes the rows that waited for the others.
  private mutating func writeOrdered(_ text: inout TerminalText) {
    guard var ordered else { return }
    let shown = ordered.rows()
    left = ordered.total - UInt64(shown.count)
    for row in shown {
      rows += 1
      switch section {
      case .registrations: registrations.add(row, to: &text)
      case .calls: calls.add(row, to: &text)
      case .messaging: messaging.add(row, to: &text)
      case .media: media.add(row, to: &text)
      case .nodes: nodes.add(row, to: &text)
      default: subscribers.add(row, to: &text)
      }
    }
  }

  /// Writes a table of what belongs to the nodes; nothing where there is none of it.
  private func write<Record>(
    _ records: [Record], _ columns: [TableColumn<Record>], _ title: String, _ context: RowContext,
    _ text: inout TerminalText
  ) {
    guard !records.isEmpty else { return }
    text.endLine()
    text.add("\(title) \(records.count)", .heading)
    text.endLine()
    var table = TextTable(columns)
    for record in records.prefix(limit) { table.add(table.row(record, context), to: &text) }
    table.end(&text)
    if records.count > limit { text.line("... and \(records.count - limit) more", .faint) }
  }

  private mutating func add<Record>(
    _ record: Record, to table: WritableKeyPath<TerminalTable, TextTable<Record>>, _ context: RowContext
  ) {
    if let column = order?.column(of: self[keyPath: table].allColumns) {
      var program = context
      program.reader = .program
      let row = self[keyPath: table].row(record, context)
      ordered?.add(row, by: OrderedRows.Key(column.cell(record, program)?.text))
      return
    }
    guard rows < limit else {
      left += 1
      return
    }
    rows += 1
    var text = TerminalText(style: style)
    let row = self[keyPath: table].row(record, context)
    self[keyPath: table].add(row, to: &text)
    output.take(&text.bytes)
  }
}
