import CaptureFacts
import SubscriberTimelines

/// One JSON object a line, each with its `type`, as soon as it is complete. Names are those known at that moment; the
/// lines of nodes and subscribers at the end say under which ids earlier lines name the same one.
public struct NDJSONReport: ReportWriter {
  private let output: ReportOutput
  private let sections: Set<ReportSection>
  private var json = JSONWriter()

  /// Writes the lines of `sections` to `output`.
  public init(output: ReportOutput, sections: Set<ReportSection> = Set(ReportSection.allCases)) {
    self.output = output
    self.sections = sections
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? { output.failure }

  /// Writes the line of a record.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    let names = HandleNames.known(nodes: nodes, subscribers: subscribers)
    switch record {
    case .registration(let registration):
      line("registration", in: .registrations) { $0.members(of: registration, names) }
    case .call(let call):
      line("call", in: .calls) { $0.members(of: call, names) }
    case .messaging(let record):
      line("messaging", in: .messaging) { $0.members(of: record, names) }
    case .late(let id, let event):
      guard let section = ReportSection(id.kind) else { break }
      line("late", in: section) { json in
        json.member("id", id)
        json.members(of: event, names)
      }
    case .media(let stream):
      line("media", in: .media) { $0.members(of: stream) }
    case .finding(let finding):
      line("finding", in: .findings) { $0.members(of: finding) }
    }
    output.endRecord()
  }

  /// Writes the lines of the capture, the figures and the coverage as they are now; later ones replace them.
  public mutating func summarize(_ summary: ReportSummary) throws(ReportOutputFailure) {
    writeCapture(summary)
    writeFigures(summary)
    output.flush()
  }

  /// Writes the lines that are only known at the end.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    let names = HandleNames.known(nodes: summary.nodes, subscribers: summary.subscribers)
    writeCapture(summary)
    if sections.contains(.nodes) {
      for node in summary.shownNodes { line("node", in: .nodes) { $0.members(of: node) } }
    }
    for association in summary.shownAssociations {
      line("association", in: .transport) { $0.members(of: association, summary.nodes) }
    }
    for incident in summary.shownIncidents {
      line("incident", in: .transport) { $0.members(of: incident, summary.nodes) }
    }
    for peer in summary.shownPeers { line("diameter_peer", in: .diameterPeers) { $0.members(of: peer, names) } }
    if sections.contains(.subscribers) {
      summary.forEachShownSubscriber { subscriber in
        line("subscriber", in: .subscribers) { $0.members(of: subscriber, names) }
      }
    }
    writeFigures(summary)
    try output.complete()
  }

  private mutating func writeCapture(_ summary: ReportSummary) {
    line("capture", in: .capture) { json in
      json.member("schema_version", JSONReport.schemaVersion)
      json.members(of: summary.capture)
    }
  }

  private mutating func writeFigures(_ summary: ReportSummary) {
    line("statistics", in: .statistics) { $0.members(ofStatistics: summary) }
    line("coverage", in: .coverage) { $0.members(of: summary.coverage) }
  }

  private mutating func line(_ type: String, in section: ReportSection, _ members: (inout JSONWriter) -> Void) {
    guard sections.contains(section) else { return }
    json.beginDocument()
    json.beginObject()
    json.member("type", type)
    members(&json)
    json.endObject()
    json.lineBreak()
    output.take(&json.bytes)
  }
}

extension ReportSection {
  /// The section of a kind of record.
  init?(_ kind: RecordIdentifier.Kind) {
    switch kind {
    case .registration: self = .registrations
    case .call: self = .calls
    case .messaging: self = .messaging
    case .subscriber: self = .subscribers
    }
  }
}
