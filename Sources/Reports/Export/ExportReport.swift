import CaptureFacts
import SubscriberTimelines

/// A folder with one JSON file for each record and subscriber, and an index of them; tables beside, where they are asked
/// for. Who the subscribers and nodes are is only known at the end, so rendered records wait in a spool until then.
public struct ExportReport: ReportWriter {
  private let folder: OutputFolder
  private let spool = RecordSpool()
  private var overview: JSONReport
  private var tables: [CSVReport] = []
  private let packets: PacketSelection?
  private var json = JSONWriter()

  /// Fills `folder`, with `tables` too, and tells `packets` of the records.
  public init(_ folder: OutputFolder, tables: Bool, packets: PacketSelection? = nil) throws(ReportOutputFailure) {
    self.folder = folder
    self.packets = packets
    let records: Set<ReportSection> = [.registrations, .calls, .messaging, .subscribers]
    overview = JSONReport(
      output: try folder.open(ExportReport.overview), sections: Set(ReportSection.allCases).subtracting(records))
    guard tables else { return }
    try folder.makeFolder(ExportReport.tableFolder)
    for content in CSVReport.Content.exported {
      self.tables.append(CSVReport(output: try folder.open(ExportReport.file(content)), content: content))
    }
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? {
    spool.failure ?? overview.failure ?? tables.lazy.compactMap(\.failure).first
  }

  /// Keeps a record for the end.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    switch record {
    case .registration(let registration):
      keep(registration.id, registration.start, registration.frames, registration.outcome.rawValue, registration.status)
      { json in
        json.member("subscriber", registration.subscriber, .deferred)
      } document: {
        $0.members(of: registration, .deferred)
      }
    case .call(let call):
      keep(call.id, call.start, call.frames, call.outcome.rawValue, call.status) { json in
        json.member("caller_subscriber", call.callerSubscriber, .deferred)
        json.member("callee_subscriber", call.calleeSubscriber, .deferred)
      } document: {
        $0.members(of: call, .deferred)
      }
    case .messaging(let record):
      keep(record.id, record.start, record.frames, record.outcome.rawValue, record.status) { json in
        json.member("subscriber", record.subscriber, .deferred)
      } document: {
        $0.members(of: record, .deferred)
      }
    case .finding, .media, .late: break
    }
    packets?.receive(record, nodes: nodes, subscribers: subscribers)
    overview.receive(record, nodes: nodes, subscribers: subscribers)
    for table in tables.indices { tables[table].receive(record, nodes: nodes, subscribers: subscribers) }
  }

  /// Keeps two lines: what the index says of a record, and the record.
  private mutating func keep(
    _ id: RecordIdentifier, _ start: Timestamp, _ frames: [FrameReference], _ outcome: String, _ status: UInt16?,
    _ subscribers: (inout JSONWriter) -> Void, document: (inout JSONWriter) -> Void
  ) {
    json.beginDocument()
    json.beginObject()
    json.member("id", id)
    json.member("start", start)
    json.member("first_frame", frames.min())
    json.member("outcome", outcome)
    json.member("status", status)
    subscribers(&json)
    json.endObject()
    json.lineBreak()
    appendDocument(of: id.kind, document)
    spool.append(json.bytes)
    json.bytes.removeAll(keepingCapacity: true)
  }

  private mutating func appendDocument(of kind: RecordIdentifier.Kind, _ members: (inout JSONWriter) -> Void) {
    json.beginDocument()
    json.beginObject()
    json.member("type", kind.typeName)
    members(&json)
    json.endObject()
    json.lineBreak()
  }

  /// Writes all files and lets the folder appear.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    if let failure { throw failure }
    try packets?.finish(summary)
    try overview.finish(summary)
    for table in tables.indices { try tables[table].finish(summary) }
    let names = HandleNames.known(nodes: summary.nodes, subscribers: summary.subscribers)
    let index = try folder.open(OutputFolder.index)
    json.beginDocument()
    json.beginObject()
    json.member("schema_version", JSONReport.schemaVersion)
    json.member("overview", ExportReport.overview)
    if !tables.isEmpty { json.member("tables", CSVReport.Content.exported.map(ExportReport.file)) }
    json.lineBreak()
    json.key("records")
    json.beginArray()
    json.lineBreak()
    index.take(&json.bytes)
    var files = RecordFiles(folder: folder, index: index)
    var resolution = HandleResolution(nodes: summary.nodes, subscribers: summary.subscribers)
    spool.forEachBlock { block in
      resolution.resolve(block, into: &files.waiting)
      files.writeWhole()
    }
    summary.forEachShownSubscriber { subscriber in
      json.beginDocument()
      json.beginObject()
      json.member("id", subscriber.id)
      json.memberIfAny("impis", subscriber.privateIdentities)
      json.memberIfAny("impus", subscriber.publicIdentities)
      json.endObject()
      json.lineBreak()
      appendDocument(of: .subscriber) { $0.members(of: subscriber, names) }
      files.waiting.append(contentsOf: json.bytes)
      json.bytes.removeAll(keepingCapacity: true)
      files.writeWhole()
    }
    if let failure = files.failure ?? spool.failure { throw failure }
    index.write(Array("]}\n".utf8))
    try index.complete()
    try folder.complete()
  }

  private static let overview = "overview.json"
  private static let tableFolder = "tables"

  private static func file(_ content: CSVReport.Content) -> String { tableFolder + "/" + content.name + ".csv" }
}
