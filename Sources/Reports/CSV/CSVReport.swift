import SubscriberTimelines

/// One table as comma-separated values (RFC 4180) with a header.
public struct CSVReport: ReportWriter {
  /// What a table is about.
  enum Content {
    case section(ReportSection)
    /// The Diameter exchanges of all records and subscribers.
    case exchanges

    /// The tables of an export.
    static let exported: [Content] = [
      .section(.registrations), .section(.calls), .section(.messaging), .section(.media), .section(.subscribers),
      .section(.nodes), .section(.findings), .exchanges,
    ]

    /// The name of its file.
    var name: String {
      switch self {
      case .section(let section): section.rawValue
      case .exchanges: "exchanges"
      }
    }
  }

  private let output: ReportOutput
  private let content: Content
  private var csv = CSVWriter()
  private var hasHeader = false
  private let limit: Int
  private let order: RowOrder?
  private var ordered: OrderedRows<[String]>?
  private var rows = 0

  /// Writes all rows of a table to `output`, as they come.
  init(output: ReportOutput, content: Content) {
    self.output = output
    self.content = content
    limit = .max
    order = nil
  }

  /// Writes the table of `section`, of at most `limit` rows, to `output`: as they come, or in an `order`.
  public init(output: ReportOutput, section: ReportSection, limit: Int = .max, order: RowOrder? = nil) {
    self.limit = limit
    self.order = order
    ordered = order.map { OrderedRows($0, limit: limit) }
    self.output = output
    content = .section(section)
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? { output.failure }

  /// Writes the row of a record.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    let context = RowContext(reader: .program, nodes: nodes, subscribers: subscribers)
    switch (record, content) {
    case (.registration(let registration), .section(.registrations)):
      row(registration, RecordTables.registrations, context)
    case (.call(let call), .section(.calls)): row(call, RecordTables.calls, context)
    case (.messaging(let record), .section(.messaging)): row(record, RecordTables.messaging, context)
    case (.call(let call), .section(.media)):
      for stream in call.media { row(stream, MediaTable.streams, context) }
    case (.media(let stream), .section(.media)): row(stream, MediaTable.streams, context)
    case (.finding(let finding), .section(.findings)): row(finding, RecordTables.findings, context)
    case (_, .exchanges):
      for exchange in record.diameter {
        row(PlacedExchange(exchange: exchange, record: record.id), PlacedExchange.columns, context)
      }
    default: return
    }
    output.endRecord()
  }

  /// Writes the rows that are only known at the end.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    let context = RowContext(reader: .program, nodes: summary.nodes, subscribers: summary.subscribers)
    switch content {
    case .exchanges:
      header(PlacedExchange.columns)
      summary.forEachShownSubscriber { subscriber in
        for exchange in subscriber.diameter {
          row(PlacedExchange(exchange: exchange, record: subscriber.id), PlacedExchange.columns, context)
        }
      }
    case .section(.registrations): header(RecordTables.registrations)
    case .section(.calls): header(RecordTables.calls)
    case .section(.messaging): header(RecordTables.messaging)
    case .section(.media): header(MediaTable.streams)
    case .section(.findings): header(RecordTables.findings)
    case .section(.nodes):
      header(RecordTables.nodes)
      for node in summary.shownNodes { row(node, RecordTables.nodes, context) }
    case .section(.subscribers):
      header(RecordTables.subscribers)
      summary.forEachShownSubscriber { row($0, RecordTables.subscribers, context) }
    case .section(.capture), .section(.transport), .section(.diameterPeers), .section(.statistics), .section(.coverage):
      break
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
