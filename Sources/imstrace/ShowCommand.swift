import ArgumentParser
import Reports
import SubscriberTimelines

/// One thing in full.
struct ShowCommand: ParsableCommand {
  /// How it is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, svg, mermaid, html
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
        imstrace show call-1f0c22 --format svg --output call.svg core.pcapng
        imstrace show call-1f0c22 --format html --output call.html core.pcapng
        imstrace show --message 17 core.pcapng
      """)

  @Argument(help: "An id, the beginning of one, a Call-ID or an identity; none with --message.")
  var id: String?
  @OptionGroup var input: InputArguments
  @Option(
    help: "How to write it: text, json, html (a page), svg or mermaid (the ladder of one record as a drawing).")
  var format = Format.text
  @OptionGroup var page: PageArguments
  @Option(help: ArgumentHelp("Show the messages of this frame in full instead.", valueName: "frame"))
  var message: UInt64?
  @Flag(name: .customLong("all"), help: "Draw retransmissions as arrows of their own.")
  var showsAll = false
  @OptionGroup var output: OutputArguments

  func validate() throws {
    if message != nil, format != .text, format != .json {
      throw ValidationError("--message goes with --format text or json")
    }
    if format == .html, input.displayFilter != nil {
      throw ValidationError("-Y goes with the other formats of show, or with analyze --format html")
    }
    if message == nil, id == nil { throw ValidationError("Missing expected argument '<id>'") }
  }

  mutating func run() throws {
    if let message { return try show(message: message) }
    let id = id ?? ""
    // Standard input cannot be read again: what was kept in the one reading is shown then.
    var answer = try format == .html ? showPage() : show(selecting: input.inputs.contains("-") ? [] : nil)
    if case .missing(let ids) = answer { answer = try show(selecting: ids) }
    switch answer {
    case .shown, .missing: break
    case .notOne(let ids):
      let shown = ids.prefix(5).map(\.description).joined(separator: ", ") + (ids.count > 5 ? ", ..." : "")
      throw CommandEnding(
        status: CommandEnding.Status.unusable,
        line: "\(id): a drawing holds one record, and there are \(ids.count): \(shown); show one of them")
    case .nothing:
      throw CommandEnding(
        status: CommandEnding.Status.unusable,
        line: "\(id): no registration, call or subscriber in the capture has it; "
          + "imstrace registrations, calls and subscribers list them")
    case .several(let ids):
      let shown = ids.prefix(5).map(\.description).joined(separator: ", ") + (ids.count > 5 ? ", ..." : "")
      throw CommandEnding(
        status: CommandEnding.Status.unusable, line: "\(id): stands for \(ids.count) of them: \(shown)")
    }
  }

  private func show(selecting selection: Set<RecordIdentifier>?) throws -> ShowReport.Answer {
    let report = ShowReport(
      query: id ?? "", selection: selection, output: try output.open(isStream: false), format: form,
      showsAll: showsAll)
    return try AnalysisRun(input: input, output: output).run(report).answer
  }

  /// A page of what is found alone: which records these are is known after a pass of its own.
  private func showPage() throws -> ShowReport.Answer {
    let run = try AnalysisRun(input: input, output: output)
    try run.prepareSecondPass()
    let report = try run.run(
      unfiltered: ShowReport(query: id ?? "", output: ReportOutput(), format: .ids), fails: false)
    let records: Set<RecordIdentifier>
    switch report.answer {
    case .shown: records = report.shownRecords
    case .missing(let ids): records = ids
    case .nothing, .several, .notOne: return report.answer
    }
    if input.inputs.contains("-") { StandardInputCopy.rewind() }
    try run.writePage(page, output, records: records, named: id ?? "")
    return .shown
  }

  private var form: ShowReport.Format {
    switch format {
    case .text: .text(output.style)
    case .json: .json
    case .svg: .svg
    case .mermaid: .mermaid
    case .html: .ids
    }
  }

  /// What a frame holds. All arguments are files then.
  private func show(message frame: UInt64) throws {
    var input = input
    if let id { input.files.insert(id, at: 0) }
    let run = try AnalysisRun(input: input, output: output)
    let report = MessageReport(
      output: try output.open(isStream: false), form: format == .json ? .json : .text(output.style), detail: .full,
      frame: frame)
    try run.run(unfiltered: report, observer: report)
    guard report.shownMessages == 0 else { return }
    throw CommandEnding(
      status: CommandEnding.Status.unusable,
      line: "frame \(frame): no SIP or Diameter message ends in it; imstrace messages lists the frames that have one")
  }
}
