import ArgumentParser
import Reports
import SubscriberTimelines

/// The overview, or everything as data.
struct AnalyzeCommand: ParsableCommand {
  /// How everything is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, ndjson, html
  }

  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Nodes, subscribers, registrations, calls, statistics and findings of a capture.",
    discussion: """
      Examples:
        imstrace analyze core.pcapng
        imstrace analyze --format json --output core.json core.pcapng
        imstrace analyze --format html --output core.html core.pcapng
        imstrace analyze --format ndjson - < core.pcapng | jq 'select(.type == "call")'
        imstrace analyze --fail-on registration --fail-on call nightly.pcapng
      """)

  @OptionGroup var input: InputArguments
  @Option(help: "How to write it: text, json, ndjson or html (one page that opens without a network).")
  var format = Format.text
  @OptionGroup var series: IntervalArguments
  @OptionGroup var page: PageArguments
  @OptionGroup var output: OutputArguments

  mutating func run() throws {
    var run = try AnalysisRun(input: input, output: output)
    run.options.statisticsInterval = series.nanoseconds
    if format == .html { return try run.writePage(page, output) }
    try run.write(format, output)
  }
}

extension AnalysisRun {
  /// Writes all sections.
  func write(_ format: AnalyzeCommand.Format, _ arguments: OutputArguments, isLive: Bool = false) throws {
    // A live capture goes on as a user who may not be able to rename what root created.
    let output = try arguments.open(isStream: isLive || format == .ndjson)
    output.flushesEachRecord = isLive
    switch format {
    case .text:
      try run(
        TerminalOverview(
          output: output, style: arguments.style, limit: arguments.limit))
    case .json: try run(JSONReport(output: output))
    case .ndjson: try run(NDJSONReport(output: output))
    case .html: preconditionFailure("a page takes two passes: writePage")
    }
  }

  /// Writes one page, in two passes over the input: the first learns who the nodes are and whose messages it holds.
  /// `records` limits it to those that `name` stands for.
  func writePage(
    _ page: PageArguments, _ arguments: OutputArguments, view: String = "overview",
    records: Set<RecordIdentifier>? = nil, named name: String = ""
  ) throws {
    var second = self
    try prepareSecondPass()
    let selection: HTMLSelection
    let first = HTMLSelection(page.messages)
    if let records {
      selection = try run(unfiltered: FilteredReport(first, records: records, named: name), fails: false).report
    } else if let displayFilter {
      selection = try run(unfiltered: FilteredReport(first, displayFilter), fails: false).report
    } else {
      selection = try run(unfiltered: first, fails: false)
    }
    try second.beginSecondPass(ofFrames: selection.frameCount)
    let report = HTMLReport(
      output: try arguments.open(isStream: false), selection: selection, view: selection.onlyRecord?.description ?? view
    )
    if let records {
      try second.run(unfiltered: FilteredReport(report, records: records, named: name), observer: report)
    } else if let displayFilter {
      try second.run(unfiltered: FilteredReport(report, displayFilter), observer: report)
    } else {
      try second.run(unfiltered: report, observer: report)
    }
  }
}
