import SubscriberTimelines

/// One table as comma-separated values (RFC 4180) with a header.
public struct CSVReport: ReportWriter {
  private let output: ReportOutput
  private let section: ReportSection
  private var csv = CSVWriter()
  private var hasHeader = false
  private let limit: Int
  private let order: RowOrder?
  private var ordered: OrderedRows<[String]>?
  private var rows = 0

  /// Writes the table of `section`, of at most `limit` rows, to `output`: as they come, or in an `order`.
  public init(output: ReportOutput, section: ReportSection, limit: Int = .max, order: RowOrder? = nil) {
    self.limit = limit
    self.order = order
    ordered = order.map { OrderedRows($0, limit: limit) }
    self.output = output
    self.section = section
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? { output.failure }

  /// Writes the row of a record.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    let context = RowContext(reader: .program, nodes: nodes, subscribers: subscribers)
    switch (record, section) {
    case (.registration(let registration), .registrations): row(registration, RecordTables.registrations, context)
    case (.call(let call), .calls): row(call, RecordTables.calls, context)
    case (.messaging(let record), .messaging): row(record, RecordTables.messaging, context)
    case (.call(let call), .media):
      for stream in call.media { row(stream, MediaTable.streams, context) }
    case (.media(let stream), .media): row(stream, MediaTable.streams, context)
    default: return
    }
    output.endRecord()
  }

  /// Writes the rows that are only known at the end.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    let context = RowContext(reader: .program, nodes: summary.nodes, subscribers: summary.subscribers)
    switch section {
    case .registrations: header(RecordTables.registrations)
    case .calls: header(RecordTables.calls)
    case .messaging: header(RecordTables.messaging)
    case .media: header(MediaTable.streams)
    case .nodes:
      header(RecordTables.nodes)
      for node in summary.shownNodes { row(node, RecordTables.nodes, context) }
    case .subscribers:
      header(RecordTables.subscribers)
      summary.forEachShownSubscriber { row($0, RecordTables.subscribers, context) }
    case .capture, .transport, .diameterPeers, .statistics, .findings, .coverage: break
    }
    for row in ordered?.rows() ?? [] { write(row) }
    try output.complete()
  }

  private mutating func row<Record>(_ record: Record, _ columns: [TableColumn<Record>], _ context: RowContext) {
    header(columns)
    if let column = order?.column(of: columns) {
      let fields = fields(of: record, columns, context)
      ordered?.add(fields, by: OrderedRows.Key(column.cell(record, context)?.text))
    } else if rows < limit {
      rows += 1
      write(fields(of: record, columns, context))
    }
  }

  private func fields<Record>(of record: Record, _ columns: [TableColumn<Record>], _ context: RowContext) -> [String] {
    columns.compactMap { $0.key == nil ? nil : $0.cell(record, context)?.text ?? "" }
  }

  private mutating func header<Record>(_ columns: [TableColumn<Record>]) {
    if hasHeader { return }
    hasHeader = true
    write(columns.compactMap(\.key))
  }

  private mutating func write(_ fields: [String]) {
    csv.add(fields)
    output.take(&csv.bytes)
  }
}
