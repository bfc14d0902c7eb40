import ArgumentParser
import Reports
import SubscriberTimelines

/// Records as files of their own, and their packets.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "A JSON file for each registration, call, messaging record and subscriber, with tables; their packets.",
    discussion: """
      The folder holds index.json, overview.json and a file for each record, such as calls/call-0123456789abcdef.json;
      --pcap writes the packets of the records, with what findings say of them as comments. Folder and capture appear
      when they are complete. Documentation/Export.md describes them, with examples for jq, DuckDB and pandas.

      Examples:
        imstrace export --output core core.pcapng
        imstrace export --output core --csv --replace core.pcapng
        imstrace export --output failed --pcap failed.pcapng -Y failed core.pcapng
        imstrace export --record call-1f0c22 --pcap call.pcapng core.pcapng
        imstrace export --pcap gm.pcapng --decrypted --keys cx.pcapng gm-esp.pcapng
      """)

  @OptionGroup var input: InputArguments
  @Option(
    name: .customLong("output"), help: ArgumentHelp("Write files to this folder.", valueName: "folder"),
    completion: .directory)
  var folder: String?
  @Flag(help: "Replace the folder where it is an export already.")
  var replace = false
  @Flag(name: .customLong("csv"), help: "Write tables to the folder, too: comma-separated values with a header.")
  var hasTables = false
  @Option(
    help: ArgumentHelp(
      "Write the packets of the records to this file of pcapng: messages, media, and what findings cite, as captured.",
      valueName: "file"), completion: .file())
  var pcap: String?
  @Flag(name: .customLong("decrypted"), help: "Write what was inside of ESP in place of it, where it could be opened.")
  var isDecrypted = false
  @Flag(
    name: .customLong("redact"),
    help: "Zero keys, credentials and texts in the packets, lengths and checksums kept; with --decrypted.")
  var isRedacted = false
  @Option(
    name: .customLong("record"),
    help: ArgumentHelp(
      "Export only this: an id, the beginning of one, a Call-ID, or all of an identity, as for show.", valueName: "id"))
  var record: String?
  @Option(
    name: .customLong("fail-on"),
    help: "Exit with status 1 if there was one of: registration, call (failed ones), note, warning, error (findings).")
  var failOn: [FailureCondition] = []

  func validate() throws {
    if folder == nil, pcap == nil {
      throw ValidationError("Missing expected argument '--output <folder>' or '--pcap <file>'")
    }
    if folder == nil, hasTables || replace { throw ValidationError("--csv and --replace go with --output") }
    if isDecrypted || isRedacted, pcap == nil {
      throw ValidationError("--decrypted and --redact go with --pcap")
    }
    if record != nil, input.displayFilter != nil { throw ValidationError("--record and -Y: give one of them") }
    if pcap != nil, input.correlated { throw ValidationError("--pcap goes with captures: streams hold no packets") }
  }

  mutating func run() throws {
    let run = try AnalysisRun(input: input, failOn: failOn, outputs: [folder, pcap].compactMap(\.self))
    let folder = try openFolder()
    if record != nil || pcap != nil { try run.prepareSecondPass() }
    var answer: (records: Set<RecordIdentifier>, subscriber: RecordIdentifier?)?
    if let record {
      answer = try run.records(answering: record)
      rewind()
    }
    let packets = PacketSelection(subscriber: answer?.subscriber)
    var ending: CommandEnding?
    do {
      if let folder {
        let report = try opening { () throws(ReportOutputFailure) in
          try ExportReport(folder, tables: hasTables, packets: pcap == nil ? nil : packets)
        }
        try pass(run, report, answer?.records)
      } else {
        try pass(run, packets, answer?.records)
      }
    } catch let found as CommandEnding where found.status == CommandEnding.Status.found {
      // What --fail-on names is wanted the more.
      ending = found
    }
    if let pcap { try run.write(packets, to: pcap, decrypted: isDecrypted, redacted: isRedacted) }
    if let ending { throw ending }
  }

  private func pass(_ run: AnalysisRun, _ report: some ReportWriter, _ records: Set<RecordIdentifier>?) throws {
    if let records {
      try run.run(unfiltered: FilteredReport(report, records: records, named: record ?? ""))
    } else {
      try run.run(report)
    }
  }

  private func rewind() {
    if input.inputs.contains("-") { StandardInputCopy.rewind() }
  }

  private func openFolder() throws -> OutputFolder? {
    guard let folder else { return nil }
    return try opening { () throws(ReportOutputFailure) in try OutputFolder(folder, replaces: replace) }
  }

  private func opening<Value>(_ body: () throws(ReportOutputFailure) -> Value) throws -> Value {
    do throws(ReportOutputFailure) {
      return try body()
    } catch {
      throw CommandEnding(failureOf: error)
    }
  }
}

extension AnalysisRun {
  /// The records that answer a query, and the subscriber where it stands for one, found in a pass of its own.
  func records(answering query: String) throws -> (Set<RecordIdentifier>, RecordIdentifier?) {
    let report = try run(unfiltered: ShowReport(query: query, output: ReportOutput(), format: .ids), fails: false)
    switch report.answer {
    case .shown: return (report.shownRecords, report.subscriber)
    case .missing(let ids): return (ids, report.subscriber)
    case .nothing:
      throw CommandEnding(
        status: CommandEnding.Status.unusable,
        line: "\(query): no registration, call or subscriber in the capture has it; "
          + "imstrace registrations, calls and subscribers list them")
    case .several(let ids), .notOne(let ids):
      let shown = ids.prefix(5).map(\.description).joined(separator: ", ") + (ids.count > 5 ? ", ..." : "")
      throw CommandEnding(
        status: CommandEnding.Status.unusable, line: "\(query): stands for \(ids.count) of them: \(shown)")
    }
  }
}
