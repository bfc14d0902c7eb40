import CaptureFacts
import SubscriberTimelines

/// One JSON document. Nodes and subscribers stand before the records that name them but are only known at the end, so
/// rendered records wait in spools, with marks in place of names.
public struct JSONReport: ReportWriter {
  /// The version of the structure: the first number changes where a key goes or changes meaning, the second where keys
  /// are added.
  public static let schemaVersion = "1.0"

  private let output: ReportOutput
  private let sections: Set<ReportSection>
  private let registrations = RecordSpool()
  private let calls = RecordSpool()
  private let messaging = RecordSpool()
  private let media = RecordSpool()
  private let findings = RecordSpool()
  private var json = JSONWriter()

  /// Writes the document with `sections` to `output`.
  public init(output: ReportOutput, sections: Set<ReportSection> = Set(ReportSection.allCases)) {
    self.output = output
    self.sections = sections
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? {
    output.failure ?? registrations.failure ?? calls.failure ?? messaging.failure ?? media.failure
      ?? findings.failure
  }

  /// Keeps a record for the end.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    switch record {
    case .registration(let registration):
      keep(in: registrations, of: .registrations) { $0.members(of: registration, .deferred) }
    case .call(let call):
      keep(in: calls, of: .calls) { $0.members(of: call, .deferred) }
    case .messaging(let record):
      keep(in: messaging, of: .messaging) { $0.members(of: record, .deferred) }
    case .finding(let finding):
      keep(in: findings, of: .findings) { $0.members(of: finding) }
    case .media(let stream):
      keep(in: media, of: .media) { $0.members(of: stream) }
    case .late: break
    }
  }

  /// Writes the document.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    let names = HandleNames.known(nodes: summary.nodes, subscribers: summary.subscribers)
    json.beginDocument()
    json.beginObject()
    json.member("schema_version", JSONReport.schemaVersion)
    section(.capture) { json in json.member("capture", object: { $0.members(of: summary.capture) }) }
    if sections.contains(.nodes) {
      beginLines("nodes")
      for node in summary.shownNodes { line { $0.members(of: node) } }
      endLines()
    }
    section(.transport) { json in
      json.member(
        "transport",
        object: { json in
          json.member("associations", each: summary.shownAssociations) { json, association in
            json.object { $0.members(of: association, summary.nodes) }
          }
          json.member("incidents", each: summary.shownIncidents) { json, incident in
            json.object { $0.members(of: incident, summary.nodes) }
          }
        })
    }
    if sections.contains(.diameterPeers) {
      beginLines("diameter_peers")
      for peer in summary.shownPeers { line { $0.members(of: peer, names) } }
      endLines()
    }
    if sections.contains(.subscribers) {
      beginLines("subscribers")
      summary.forEachShownSubscriber { subscriber in line { $0.members(of: subscriber, names) } }
      endLines()
    }
    var resolution = HandleResolution(nodes: summary.nodes, subscribers: summary.subscribers)
    emit(registrations, "registrations", of: .registrations, &resolution)
    emit(calls, "calls", of: .calls, &resolution)
    emit(messaging, "messaging", of: .messaging, &resolution)
    emit(media, "media", of: .media, &resolution)
    section(.statistics) { json in json.member("statistics", object: { $0.members(ofStatistics: summary) }) }
    emit(findings, "findings", of: .findings, &resolution)
    section(.coverage) { json in json.member("coverage", object: { $0.members(of: summary.coverage) }) }
    json.endObject()
    json.lineBreak()
    output.take(&json.bytes)
    if let failure { throw failure }
    try output.complete()
  }

  private mutating func keep(in spool: RecordSpool, of section: ReportSection, _ members: (inout JSONWriter) -> Void) {
    guard sections.contains(section) else { return }
    json.beginDocument()
    if !spool.isEmpty { json.bytes.append(contentsOf: [UInt8(ascii: ","), UInt8(ascii: "\n")]) }
    json.beginObject()
    members(&json)
    json.endObject()
    spool.append(json.bytes)
    json.bytes.removeAll(keepingCapacity: true)
  }

  private mutating func section(_ section: ReportSection, _ write: (inout JSONWriter) -> Void) {
    guard sections.contains(section) else { return }
    write(&json)
    json.lineBreak()
    output.take(&json.bytes)
  }

  /// Begins an array with one element a line, so that people find their way and differences show by record.
  private mutating func beginLines(_ key: StaticString) {
    json.key(key)
    json.beginArray()
  }

  private mutating func line(_ members: (inout JSONWriter) -> Void) {
    json.beginObject()
    members(&json)
    json.endObject()
    json.lineBreak()
    output.take(&json.bytes)
  }

  private mutating func endLines() {
    json.endArray()
    json.lineBreak()
    output.take(&json.bytes)
  }

  private mutating func emit(
    _ spool: RecordSpool, _ key: StaticString, of section: ReportSection, _ resolution: inout HandleResolution
  ) {
    guard sections.contains(section) else { return }
    beginLines(key)
    output.take(&json.bytes)
    spool.forEachBlock { block in
      resolution.resolve(block, into: &json.bytes)
      output.take(&json.bytes)
    }
    endLines()
  }
}
