import CaptureFacts
import DiameterMessages
import SIPMessages
import SubscriberTimelines

/// One page that holds the whole report: a file that opens without a network, from a folder or an e-mail.
///
/// The page is data and a program that shows them. Data are JSON in script elements that no browser runs: a summary, the
/// rows of the tables, and blocks of records and of messages that are only parsed when one of them is looked at. It is
/// the report of a second pass: `HTMLSelection` knows the nodes by then, so that nothing waits for the end but to stand
/// in order.
public final class HTMLReport: ReportWriter, MessageObserver {
  /// How many records a page shows; those beyond are counted.
  public static let shownRecords = 1 << 18
  /// How many messages of different kinds are told apart: method, status, command and result.
  public static let distinctLabels = 1 << 12
  /// How many octets of the text of a message are held.
  public static let messageLength = 1 << 15
  /// How many records, or messages, one block holds.
  private static let blockLength = 64

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? {
    output.failure ?? details.failure ?? messages.failure ?? findings.failure
      ?? rows.lazy.compactMap(\.spool.failure).first
  }

  private let output: ReportOutput
  private let selection: HTMLSelection
  private let summary: ReportSummary
  private let view: String
  private let frames: FrameText
  private let epoch: Timestamp
  private let nodeNumbers: [String: Int]
  private var page: TerminalPage
  private var json = JSONWriter()
  private let details = RecordSpool()
  private let messages = RecordSpool()
  private let findings = RecordSpool()
  private var rows = PageTable.Kind.allCases.map { (kind: $0, spool: RecordSpool()) }
  private var ordinals: [RecordIdentifier: Int] = [:]
  private var recordsNotShown: UInt64 = 0
  private var labels: [TimelineEvent.Kind: Int] = [:]
  private var labelList: [TimelineEvent.Kind] = []
  private var links = PageLinks()
  private var messageFrames: [UInt64] = []

  /// Writes the page to `output`. `selection` is what the first pass found; `view` is the part that is seen first.
  public init(output: ReportOutput, selection: HTMLSelection, view: String = "overview") {
    guard let summary = selection.summary else { preconditionFailure("the first pass has not ended") }
    self.output = output
    self.selection = selection
    self.summary = summary
    self.view = view
    frames = FrameText(summary.capture)
    epoch = summary.capture.firstTime ?? Timestamp(nanoseconds: 0)
    nodeNumbers = Dictionary(
      summary.nodes.nodes().enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    page = TerminalPage(style: TerminalStyle(), summary: summary)
  }

  // MARK: - Records

  /// Keeps a record for the end.
  public func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    if case .finding(let finding) = record { return keep(finding) }
    guard let id = record.id, let header = page.header(of: record) else { return }
    guard ordinals.count < HTMLReport.shownRecords else {
      recordsNotShown += 1
      return
    }
    let ordinal = ordinals.count
    guard ordinals.updateValue(ordinal, forKey: id) == nil else { return }
    links.count(record, nodeNumber, isUser)
    beginElement(in: details, "d", ordinal)
    json.beginObject()
    json.members(of: header)
    if let frames = record.cause?.frames, !frames.isEmpty { json.member("x", frames) }
    json.member("e", each: record.events) { json, event in self.append(event, since: record.start, to: &json) }
    if case .call(let call) = record { json.member(media: call, nodeNumbers, nodes: summary.nodes, frames) }
    json.endObject()
    endElement(in: details)
    let context = RowContext(reader: .program, nodes: summary.nodes, subscribers: summary.subscribers)
    for index in rows.indices {
      json.beginDocument()
      guard json.row(of: record, rows[index].kind, ordinal, since: epoch, context, frames) else { continue }
      keepRow(in: rows[index].spool)
    }
  }

  private func keep(_ finding: Finding) {
    json.beginDocument()
    json.beginObject()
    json.member("severity", finding.severity.name)
    json.member("rule", finding.rule)
    json.member("text", finding.sentence(naming: frames.text))
    json.member("at", (finding.time.nanoseconds - epoch.nanoseconds) / 1000)
    json.member("about", finding.about)
    json.endObject()
    keepRow(in: findings)
  }

  private func keepRow(in spool: RecordSpool) {
    if !spool.isEmpty { spool.append(Array(",\n".utf8)) }
    flush(to: spool)
  }

  /// `[µs since the start, from, to, label, frame, seen again, frame as the user finds it]`; the last two only where they
  /// say something.
  private func append(_ event: TimelineEvent, since start: Int64, to json: inout JSONWriter) {
    json.beginArray()
    json.value((event.time.nanoseconds - start) / 1000)
    json.value(nodeNumber(event.from))
    json.value(nodeNumber(event.to))
    json.value(label(of: event.kind))
    json.value(event.frame.number)
    let again = Int(event.copies) * 2 + (event.isRetransmission ? 1 : 0)
    let name = frames.text(event.frame)
    let isNamed = name != String(event.frame.number)
    if again > 0 || isNamed { json.value(again) }
    if isNamed { json.value(name) }
    json.endArray()
  }

  private func label(of kind: TimelineEvent.Kind) -> Int {
    if let known = labels[kind] { return known }
    guard labelList.count < HTMLReport.distinctLabels else { return 0 }
    labels[kind] = labelList.count
    labelList.append(kind)
    return labelList.count - 1
  }

  private func nodeNumber(_ handle: NodeHandle) -> Int {
    nodeNumbers[summary.nodes.id(of: handle)] ?? 0
  }

  private func isUser(_ handle: NodeHandle) -> Bool {
    summary.nodes.roles(of: handle).first == .userEquipment
  }

  // MARK: - Messages

  /// Inputs are known from the first pass.
  public func begin(inputs: [String]) {}

  /// Takes a SIP message.
  public func take(_ observed: Observed<SIPMessage>, _ sighting: MessageSighting, _ context: MessageContext) {
    guard selection.holds(observed.frame) else { return }
    keep(observed, sighting, MessageLine(observed.message).summary) { $0.add(observed.message) }
  }

  /// Takes a Diameter message.
  public func take(_ observed: Observed<DiameterMessage>, _ sighting: MessageSighting, _ context: MessageContext) {
    guard selection.holds(observed.frame) else { return }
    let dictionary = DiameterDictionary.known
    keep(observed, sighting, MessageLine(observed.message, dictionary).summary) { $0.add(observed.message, dictionary) }
  }

  private func keep<Message>(
    _ observed: Observed<Message>, _ sighting: MessageSighting, _ title: String, lines: (inout MessageLines) -> Void
  ) {
    var text = MessageLines(.full, showing: [], style: TerminalStyle())
    lines(&text)
    beginElement(in: messages, "m", messageFrames.count)
    messageFrames.append(observed.frame.number)
    json.beginObject()
    json.member("title", title)
    json.member("frame", frames.text(observed.frame))
    json.member("from", nodeNumber(sighting.from))
    json.member("to", nodeNumber(sighting.to))
    json.member("transport", observed.flow.transport.name)
    json.member("time", observed.time)
    let bytes = text.text.bytes
    json.member("text", String(decoding: bytes.prefix(HTMLReport.messageLength), as: UTF8.self))
    if bytes.count > HTMLReport.messageLength { json.member("cut", bytes.count - HTMLReport.messageLength) }
    json.endObject()
    endElement(in: messages)
  }

  // MARK: - Blocks

  private func beginElement(in spool: RecordSpool, _ prefix: String, _ ordinal: Int) {
    json.beginDocument()
    if ordinal % HTMLReport.blockLength == 0 {
      let opening = "<script type=\"application/json\" id=\"\(prefix)\(ordinal / HTMLReport.blockLength)\">[\n"
      spool.append(Array(((ordinal > 0 ? "]</script>\n" : "") + opening).utf8))
    } else {
      spool.append(Array(",\n".utf8))
    }
  }

  private func endElement(in spool: RecordSpool) {
    flush(to: spool)
  }

  private func flush(to spool: RecordSpool) {
    spool.append(HTMLReport.escapedForScript(json.bytes))
    json.bytes.removeAll(keepingCapacity: true)
  }

  /// JSON that cannot end, or change how a browser reads, the element it stands in (HTML section 4.12.1.3): every `<` is
  /// in a string, where its escape means the same.
  static func escapedForScript(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "<")) else { return bytes }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(bytes.count + 64)
    for byte in bytes {
      if byte == UInt8(ascii: "<") {
        escaped.append(contentsOf: "\\u003c".utf8)
      } else {
        escaped.append(byte)
      }
    }
    return escaped
  }

  // MARK: - The end

  /// Writes the page.
  public func finish(_ end: ReportSummary) throws(ReportOutputFailure) {
    let names = end.capture.files.map { String($0.name.split(separator: "/").last ?? "") }
    output.write(PageContent.head(title: names.joined(separator: ", ") + " - imstrace"))
    writeBlock("summary") { json in self.writeSummary(end, to: &json) }
    writeSubscribers(end)
    for (kind, spool) in rows {
      open("t-" + kind.rawValue)
      spool.forEachBlock { output.write($0) }
      output.write(Array("]</script>\n".utf8))
    }
    open("findings-data")
    findings.forEachBlock { output.write($0) }
    output.write(Array("]</script>\n".utf8))
    for spool in [details, messages] {
      spool.forEachBlock { output.write($0) }
      if !spool.isEmpty { output.write(Array("]</script>\n".utf8)) }
    }
    output.write(PageContent.tail())
    if let failure { throw failure }
    try output.complete()
  }

  private func open(_ id: String) {
    output.write(Array("<script type=\"application/json\" id=\"\(id)\">[\n".utf8))
  }

  private func writeBlock(_ id: String, _ write: (inout JSONWriter) -> Void) {
    output.write(Array("<script type=\"application/json\" id=\"\(id)\">".utf8))
    json.beginDocument()
    json.beginObject()
    write(&json)
    json.endObject()
    output.write(HTMLReport.escapedForScript(json.bytes))
    json.bytes.removeAll(keepingCapacity: true)
    output.write(Array("</script>\n".utf8))
  }

  private func writeSummary(_ end: ReportSummary, to json: inout JSONWriter) {
    json.member("schema_version", JSONReport.schemaVersion)
    json.member("view", view)
    json.member("epoch_us", epoch.nanoseconds / 1000)
    json.member("block_length", HTMLReport.blockLength)
    json.member("capture", object: { $0.members(of: end.capture) })
    json.member("statistics", object: { $0.members(ofStatistics: end) })
    json.member("coverage", object: { $0.members(of: end.coverage) })
    json.pageNodes(summary.nodes)
    json.member("unknown_rank", Ladder.rank(of: []))
    let names = HandleNames.known(nodes: end.nodes, subscribers: end.subscribers)
    json.member("diameter_peers", each: end.shownPeers) { json, peer in
      json.beginObject()
      json.members(of: peer, names)
      json.endObject()
    }
    json.member("associations", each: end.shownAssociations) { json, association in
      json.object { $0.members(of: association, end.nodes) }
    }
    json.member("incidents", each: end.shownIncidents) { json, incident in
      json.object { $0.members(of: incident, end.nodes) }
    }
    json.member("links", each: links.sorted) { json, link in json.object(link) }
    json.member("labels", each: labelList) { $0.object($1) }
    json.member("tables", each: PageTable.Kind.allCases) { $0.object($1) }
    json.pageTones()
    json.member("message_frames", each: messageFrames) { $0.value($1) }
    json.member("messages", selection.choice.rawValue)
    if selection.recordsLeftOut > 0 { json.member("records_without_messages", selection.recordsLeftOut) }
    if recordsNotShown > 0 { json.member("records_not_shown", recordsNotShown) }
  }

  /// The subscribers with what is said of them and the ordinals of their records.
  private func writeSubscribers(_ end: ReportSummary) {
    open("subscribers-data")
    var isFirst = true
    var left = HTMLReport.shownRecords
    end.forEachShownSubscriber { subscriber in
      guard left > 0 else { return }
      left -= 1
      if !isFirst { output.write(Array(",\n".utf8)) }
      isFirst = false
      json.beginDocument()
      json.beginObject()
      json.member("id", subscriber.id)
      json.members(of: page.header(of: subscriber))
      json.member("impis", subscriber.privateIdentities)
      json.member("impus", subscriber.publicIdentities)
      json.member("s_cscf", subscriber.servingCSCF)
      for (key, ids) in [
        ("registrations" as StaticString, subscriber.registrations), ("calls", subscriber.calls),
        ("messaging", subscriber.messaging),
      ] {
        json.member(key, each: ids.compactMap { ordinals[$0] }) { $0.value($1) }
      }
      json.endObject()
      output.write(HTMLReport.escapedForScript(json.bytes))
      json.bytes.removeAll(keepingCapacity: true)
    }
    output.write(Array("]</script>\n".utf8))
  }
}
