import ArgumentParser

/// The analysis of what was dissected elsewhere.
struct CorrelateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correlate", abstract: "The analysis of streams that messages --for-correlation wrote.",
    discussion: """
      What analyze prints of a capture, correlate prints of its stream. Several streams are merged by time. The tables
      and show take streams too, with --correlated.

      Examples:
        imstrace messages --for-correlation core.pcapng | imstrace correlate -
        ssh tap imstrace messages --for-correlation - < core.pcapng | imstrace correlate --format json -
        imstrace correlate site-a.ndjson site-b.ndjson
        imstrace show --correlated 15550001 site-a.ndjson
      """)

  @OptionGroup var input: InputArguments
  @Option(help: "How to write it: text, json or ndjson.")
  var format = AnalyzeCommand.Format.text
  @OptionGroup var output: OutputArguments

  func validate() throws {
    try input.requireNoPackets()
  }

  mutating func run() throws {
    input.correlated = true
    try AnalysisRun(input: input, failOn: output.failOn).write(format, output)
  }
}
