import ArgumentParser

/// The analysis of what was dissected elsewhere.
struct CorrelateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correlate", abstract: "The analysis of streams that messages --for-correlation wrote.",
    discussion: """
      What analyze prints of a capture, correlate prints of its stream. Several streams are merged by time. The tables
      and show take streams too, with --correlated.

      Examples:
        imstrace correlate site-a.ndjson site-b.ndjson
        imstrace messages --for-correlation core.pcapng | imstrace correlate --format json -
        imstrace show --correlated 15550001 site-a.ndjson
      """)

  @OptionGroup var input: InputArguments
  @Option(help: "How to write it: text, json, ndjson or html (one page that opens without a network).")
  var format = AnalyzeCommand.Format.text
  @OptionGroup var series: IntervalArguments
  @OptionGroup var page: PageArguments
  @OptionGroup var output: OutputArguments

  func validate() throws {
    try input.requireNoPackets()
  }

  mutating func run() throws {
    input.correlated = true
    var run = try AnalysisRun(input: input, output: output)
    run.options.statisticsInterval = series.nanoseconds
    if format == .html { return try run.writePage(page, output) }
    try run.write(format, output)
  }
}
