import ArgumentParser
import Reports
import SubscriberTimelines

/// One thing in full.
struct ShowCommand: ParsableCommand {
  /// How it is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "The timeline of one registration, call or subscriber, as a ladder.",
    discussion: """
      The first argument is an id that another command printed (its beginning is enough), a Call-ID, or an identity:
      IMPI, IMPU or the digits of a number.

      Examples:
        imstrace show call-1f0c22 core.pcapng
        imstrace show sip:001010000000001@ims.example core.pcapng
        imstrace show 15550001 --format json core.pcapng
      """)

  @Argument(help: "An id, the beginning of one, a Call-ID or an identity.")
  var id: String
  @OptionGroup var input: InputArguments
  @Option(help: "How to write it: text or json.")
  var format = Format.text
  @OptionGroup var output: OutputArguments

  mutating func run() throws {
    // Standard input cannot be read again: what was kept in the one reading is shown then.
    var answer = try show(selecting: input.inputs.contains("-") ? [] : nil)
    if case .missing(let ids) = answer { answer = try show(selecting: ids) }
    switch answer {
    case .shown, .missing: break
    case .nothing:
      throw CommandEnding(
        status: CommandEnding.Status.unusable, line: "\(id): no registration, call or subscriber in the capture has it")
    case .several(let ids):
      let shown = ids.prefix(5).map(\.description).joined(separator: ", ") + (ids.count > 5 ? ", ..." : "")
      throw CommandEnding(
        status: CommandEnding.Status.unusable, line: "\(id): stands for \(ids.count) of them: \(shown)")
    }
  }

  private func show(selecting selection: Set<RecordIdentifier>?) throws -> ShowReport.Answer {
    let report = ShowReport(
      query: id, selection: selection, output: try output.open(isStream: false),
      format: format == .json ? .json : .text(output.style))
    return try AnalysisRun(input: input, failOn: output.failOn).run(report).answer
  }
}
