import ArgumentParser
import Reports

/// The overview, or everything as data.
struct AnalyzeCommand: ParsableCommand {
  /// How everything is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, ndjson
  }

  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Nodes, subscribers, registrations, calls, statistics and findings of a capture.",
    discussion: """
      Examples:
        imstrace analyze core.pcapng
        imstrace analyze --format json --output core.json core.pcapng
        imstrace analyze --format ndjson - < core.pcapng | jq 'select(.type == "call")'
        imstrace analyze --fail-on registration --fail-on call nightly.pcapng
      """)

  @OptionGroup var input: InputArguments
  @Option(help: "How to write it: text, json or ndjson.")
  var format = Format.text
  @OptionGroup var output: OutputArguments

  mutating func run() throws {
    let run = try AnalysisRun(input: input, failOn: output.failOn)
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
          output: output, style: arguments.style, limit: arguments.limit ?? TerminalOverview.standardLimit))
    case .json: try run(JSONReport(output: output))
    case .ndjson: try run(NDJSONReport(output: output))
    }
  }
}
