import ArgumentParser
import Reports

/// Where the result goes and how it looks.
struct OutputArguments: ParsableArguments {
  @Option(
    name: .customLong("output"), help: ArgumentHelp("Write to this file.", valueName: "file"), completion: .file())
  var path: String?

  @Option(help: ArgumentHelp("Show at most this many rows of a table.", valueName: "rows"))
  var limit: Int?

  @Option(help: "When to colour: auto, always or never.")
  var color = TerminalStyle.ColourChoice.auto

  @Option(
    name: .customLong("fail-on"),
    help: "Exit with status 1 if there was one of: registration, call (failed ones), note, warning, error (findings).")
  var failOn: [FailureCondition] = []

  var style: TerminalStyle { TerminalStyle.detect(color, toFile: path != nil) }

  /// Opens the output. A stream of records appears as it is written, a document when it is complete.
  func open(isStream: Bool) throws -> ReportOutput {
    do {
      guard let path, path != "-" else { return ReportOutput() }
      return try ReportOutput(path: path, whenComplete: !isStream)
    } catch {
      throw CommandEnding(failureOf: error)
    }
  }

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit takes a number of rows, not \(limit)") }
  }
}

extension TerminalStyle.ColourChoice: ExpressibleByArgument {}
