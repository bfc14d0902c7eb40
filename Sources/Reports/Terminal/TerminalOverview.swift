import CaptureFacts
import ServiceStatistics
import SubscriberTimelines

/// The overview for a person: what is wrong first, then nodes and records, each table limited. What does not fit is counted.
public struct TerminalOverview: ReportWriter {
  /// How many rows a table has where the user did not say.
  public static let standardLimit = 20

  private let output: ReportOutput
  /// How many rows of each table are kept, and how many of them are shown: fewer where all must fit one screen.
  private let kept: Int
  private var limits: OverviewLimits
  private let isFitted: Bool
  private var text: TerminalText
  private var findings = FindingGroups()
  private var registrations: SelectedRows
  private var calls: SelectedRows
  private var messaging: SelectedRows
  private let registrationTable = TextTable(RecordTables.registrations)
  private let callTable = TextTable(RecordTables.calls)
  private let messagingTable = TextTable(RecordTables.messaging)

  /// Writes tables of at most `limit` rows to `output`; without one, as many as fit the screen of a terminal.
  public init(output: ReportOutput, style: TerminalStyle, limit: Int? = nil) {
    self.output = output
    kept = max(0, limit ?? TerminalOverview.standardLimit)
    limits = OverviewLimits(kept)
    isFitted = limit == nil && style.height != nil
    text = TerminalText(style: style)
    registrations = SelectedRows(limit: kept)
    calls = SelectedRows(limit: kept)
    messaging = SelectedRows(limit: kept)
  }

  /// Why nothing more can be written.
  public var failure: ReportOutputFailure? { output.failure }

  /// Keeps the row of a record as long as there is room.
  public mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    let context = RowContext(reader: .person, nodes: nodes, subscribers: subscribers)
    switch record {
    case .registration(let registration):
      registrations.add(preferred: registration.outcome.isFailure) { registrationTable.row(registration, context) }
    case .call(let call):
      calls.add(preferred: call.outcome.isFailure) { callTable.row(call, context) }
    case .messaging(let record):
      messaging.add(preferred: record.outcome.isFailure) { messagingTable.row(record, context) }
    case .finding(let finding): findings.add(finding)
    case .late, .media: break
    }
  }

  /// Writes the overview as it is now.
  public mutating func summarize(_ summary: ReportSummary) throws(ReportOutputFailure) {
    write(summary)
    text.endLine()
    output.take(&text.bytes)
    output.flush()
  }

  /// Writes the overview.
  public mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
    write(summary)
    output.take(&text.bytes)
    try output.complete()
  }

  /// Writes less and less until it fits the screen; what is left out is counted.
  private mutating func write(_ summary: ReportSummary) {
    limits = OverviewLimits(kept)
    let start = text.bytes.count
    while true {
      writeSections(summary)
      let lines = text.bytes[start...].count { $0 == UInt8(ascii: "\n") }
      // The prompt takes the last line.
      guard isFitted, let height = text.style.height, lines >= height else { return }
      guard let smaller = limits.smaller else { return removeEmptyLines(from: start) }
      text.bytes.removeSubrange(start...)
      limits = smaller
    }
  }

  /// The last that can be left out.
  private mutating func removeEmptyLines(from start: Int) {
    let newline = UInt8(ascii: "\n")
    let lines = text.bytes[start...].split(separator: newline)
    text.bytes.replaceSubrange(start..., with: Array(lines.joined(separator: [newline])))
    text.bytes.append(newline)
  }

  private mutating func writeSections(_ summary: ReportSummary) {
    writeCapture(summary.capture)
    writeSelection(summary.selection)
    writeFindings(FrameText(summary.capture))
    let context = RowContext(reader: .person, nodes: summary.nodes, subscribers: summary.subscribers)
    writeNodes(summary.shownNodes, context)
    writePeers(summary.shownPeers, context)
    let statistics = summary.statistics
    write(registrations, registrationTable, "REGISTRATIONS", outcomes(statistics.registrations))
    write(calls, callTable, "CALLS", outcomes(statistics.calls), figures(statistics.calls))
    writeDiameter(statistics, context)
    write(messaging, messagingTable, "MESSAGES AND SUBSCRIPTIONS", outcomes(statistics.messaging))
    writeCoverage(summary.coverage)
  }

  private mutating func writeCapture(_ capture: CaptureSummary) {
    let names = capture.files.map(\.name)
    text.add(text.cut(names.joined(separator: ", "), to: text.style.width), .heading)
    text.endLine()
    var line = "\(capture.frameCount) frames, \(capture.bytes) bytes"
    if let first = capture.firstTime, let last = capture.lastTime {
      var bytes: [UInt8] = []
      bytes.appendDate(CivilTime(first))
      bytes.append(UInt8(ascii: " "))
      bytes.appendTimeOfDay(CivilTime(first), fractionDigits: 3)
      line +=
        ", " + String(decoding: bytes, as: UTF8.self) + " UTC, " + DurationText.text(last.nanoseconds(since: first))
    }
    text.line(line, .faint)
  }

  private mutating func writeSelection(_ selection: RecordSelection?) {
    guard let selection else { return }
    let streams =
      selection.allStreams == 0
      ? "" : " and \(selection.streams) of \(selection.allStreams) streams outside of calls"
    text.paragraph(
      "only \(selection.records) of \(selection.allRecords) records\(streams): \(selection.expression); figures are of these, "
        + "COVERAGE is of the whole capture", indent: 2, startingAt: 0)
  }

  /// Writes what is wrong: what has the same reason at the same node in one line, with how often and the first of it.
  private mutating func writeFindings(_ frames: FrameText) {
    guard findings.total > 0 else { return }
    heading(
      "FINDINGS", findings.total, findings.bySeverity.sorted { $0.key > $1.key }.map { ($0.key.name, $0.value) })
    var told: UInt64 = 0
    for group in findings.ordered.prefix(min(kept, limits.findings)) {
      let finding = group.first
      text.add(finding.severity.name, finding.severity.tone)
      text.spaces(8 - finding.severity.name.utf8.count)
      var sentence = finding.sentence(naming: frames.text)
      let others = group.count - 1
      if let id = finding.about.first {
        let context = id.kind.rawValue.utf8.count + 1 + RowContext.shownDigits
        let more = others == 0 ? "" : " and \(others) more"
        sentence = String(id.description.prefix(context)) + more + ": " + sentence
      } else if others > 0 {
        sentence = "\(group.count) times: " + sentence
      }
      text.paragraph(sentence, indent: 8, startingAt: 8)
      told += group.count
    }
    more(than: told, of: findings.total)
  }

  private mutating func writeNodes(_ nodes: [Node], _ context: RowContext) {
    guard !nodes.isEmpty else { return }
    // The network is what the reader looks for: of the users, who are many, only as many as fit beside it.
    var rows = SelectedRows(limit: kept)
    var table = TextTable(RecordTables.nodes)
    for node in nodes {
      let isOfNetwork = node.roles.contains { $0 != .userEquipment }
      rows.add(preferred: isOfNetwork) { table.row(node, context) }
    }
    heading("NODES", rows.total, [])
    let shown = rows.shown(limits.others)
    for row in shown { table.add(row, to: &text) }
    table.end(&text)
    if !shown.isEmpty || !isFitted { more(than: UInt64(shown.count), of: rows.total) }
  }

  /// Writes the Diameter connections with which something is wrong; `nodes` shows all.
  private mutating func writePeers(_ peers: [DiameterPeer], _ context: RowContext) {
    let troubled = peers.filter(\.isTroubled)
    guard !troubled.isEmpty else { return }
    heading("DIAMETER PEERS IN TROUBLE", UInt64(troubled.count), [])
    var table = TextTable(TransportTables.peers)
    for peer in troubled.prefix(max(limits.others, 1)) { table.add(table.row(peer, context), to: &text) }
    table.end(&text)
    more(than: UInt64(min(troubled.count, max(limits.others, 1))), of: UInt64(troubled.count))
  }

  private mutating func write<Record>(
    _ rows: SelectedRows, _ table: TextTable<Record>, _ title: String, _ outcomes: [(String, UInt64)],
    _ figures: String? = nil
  ) {
    guard rows.total > 0 else { return }
    heading(title, rows.total, outcomes)
    if let figures { text.line(figures) }
    var table = table
    let shown = rows.shown(limits.records)
    for row in shown { table.add(row, to: &text) }
    table.end(&text)
    if !shown.isEmpty || !isFitted { more(than: UInt64(shown.count), of: rows.total) }
  }

  private mutating func writeDiameter(_ statistics: ServiceStatistics, _ context: RowContext) {
    let commands = statistics.diameter
    guard !commands.isEmpty else { return }
    heading("DIAMETER", commands.reduce(0) { $0 + $1.attempts }, [])
    if isHeadingAlone(limits.others) { return }
    let limit = limits.others
    var table = TextTable(DiameterTable.columns)
    for command in commands.prefix(max(limit, 1)) {
      for row in DiameterTable.Row.rows(of: command, limit: max(limit, 1)) {
        table.add(table.row(row, context), to: &text)
      }
    }
    table.end(&text)
    more(than: UInt64(min(commands.count, max(limit, 1))), of: UInt64(commands.count))
  }

  private mutating func writeCoverage(_ coverage: Coverage) {
    heading("COVERAGE", nil, [])
    text.paragraph(
      "\(coverage.sipMessages) SIP messages (seen \(coverage.sipObservations) times), \(coverage.diameterMessages) "
        + "Diameter messages (seen \(coverage.diameterObservations) times)", indent: 0, startingAt: 0)
    if coverage.diameterUnplaced > 0 {
      text.line("\(coverage.diameterUnplaced) Diameter exchanges without a place", .caution)
    }
    if coverage.securityPayloadsOpened > 0 {
      text.line("\(coverage.securityPayloadsOpened) ESP packets opened")
    }
    if coverage.commentedFrames > 0 {
      text.line("\(coverage.commentedFrames) frames with comments, which show prints")
    }
    let gaps = AnomalyKind.allCases.map { ($0, coverage.count(of: $0)) }.filter { $0.1 > 0 }
    guard !gaps.isEmpty else { return }
    let list = gaps.map { kind, count in String(kind.key.map { $0 == "_" ? " " : $0 }) + " " + String(count) }
    text.paragraph("not seen into: " + list.joined(separator: ", "), indent: 2, startingAt: 0, .caution)
  }

  /// Whether a part is cut down to its heading, which tells how much there is.
  private func isHeadingAlone(_ rows: Int) -> Bool { isFitted && rows == 0 }

  private mutating func heading(_ title: String, _ total: UInt64?, _ parts: [(String, UInt64)]) {
    text.endLine()
    text.add(title, .heading)
    if let total { text.add(" \(total)", .heading) }
    let shown = parts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    if !shown.isEmpty { text.add(": " + shown) }
    text.endLine()
  }

  private mutating func more(than shown: UInt64, of total: UInt64) {
    if total > shown { text.line("... and \(total - shown) more", .faint) }
  }

  private func outcomes(_ statistics: RegistrationStatistics) -> [(String, UInt64)] {
    RegistrationOutcome.allCases.map { (word($0.rawValue), statistics.byOutcome[$0] ?? 0) }
  }

  private func outcomes(_ statistics: CallStatistics) -> [(String, UInt64)] {
    CallOutcome.allCases.map { (word($0.rawValue), statistics.byOutcome[$0] ?? 0) }
  }

  private func outcomes(_ statistics: MessagingStatistics) -> [(String, UInt64)] {
    RegistrationOutcome.allCases.map { (word($0.rawValue), statistics.byOutcome[$0] ?? 0) }
  }

  /// The figures by which networks judge their calls (ITU-T E.425), in one line.
  private func figures(_ statistics: CallStatistics) -> String? {
    func percent(_ name: String, _ ratio: Double?) -> String? {
      ratio.map { "\(name) \(($0 * 10).rounded() / 10) %" }
    }
    let delay = statistics.postDialDelay
    let dial = delay.percentile(50).map { half in
      "post-dial delay " + DurationText.text(half)
        + (delay.percentile(95).map { " (p95 \(DurationText.text($0)))" } ?? "")
    }
    let parts = [
      percent("ASR", statistics.answerSeizureRatio), percent("NER", statistics.networkEffectivenessRatio), dial,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private func word(_ key: String) -> String { String(key.map { $0 == "_" ? "-" : $0 }) }
}

extension Finding.Severity {
  var tone: Tone {
    switch self {
    case .error: .bad
    case .warning: .caution
    case .note: .plain
    }
  }
}
