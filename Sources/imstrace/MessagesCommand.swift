import ArgumentParser
import CaptureFacts
import Reports

/// Every message, one a line.
struct MessagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages", abstract: "The SIP and Diameter messages, one a line or one object each.",
    discussion: """
      -Y selects messages: by what they are themselves (method, status, result, call_id, ip, port, time), by their
      ends (node, role, interface), and by the record they belong to (subscriber, outcome, failed, ...).

      Examples:
        imstrace messages core.pcapng
        imstrace messages -Y 'method == REGISTER and status >= 400' core.pcapng
        imstrace messages -Y 'subscriber == 15550001 and failed' --detail full core.pcapng
        imstrace messages --format ndjson --detail headers core.pcapng | jq .headers
      """)

  @OptionGroup var input: InputArguments
  @Option(help: "How to write it: text, json, ndjson or csv.")
  var format = TableFormat.text
  @Option(help: "How much: summary, headers (and AVPs), or full (and bodies).")
  var detail = MessageDetail.summary
  @Option(
    name: .customLong("show-secrets"),
    help: ArgumentHelp(
      "Show what is masked otherwise: keys, credentials, or texts of messages; may be repeated.", valueName: "kind"))
  var shownSecrets: [SecretKind] = []
  @OptionGroup var output: OutputArguments

  func validate() throws {
    if format == .html { throw ValidationError("--format html goes with analyze and the tables of records") }
    if format == .csv, detail != .summary { throw ValidationError("--format csv goes with --detail summary") }
  }

  mutating func run() throws {
    var run = try AnalysisRun(input: input, failOn: output.failOn)
    var marking: MessageMarking?
    if let filter = run.displayFilter {
      marking = try AnalysisRun.readingFilter { () throws(DisplayFilterFailure) in try MessageMarking(filter) }
    }
    if let marking {
      try run.prepareSecondPass()
      try run.run(unfiltered: marking, fails: false)
      if marking.messagesNotMarked > 0 {
        StandardError.write(
          line: "-Y: \(marking.messagesNotMarked) messages of selected records are not shown, for there are too many")
      }
      try run.beginSecondPass(ofFrames: marking.frameCount)
    }
    let report = MessageReport(
      output: try output.open(isStream: format == .ndjson), form: form, detail: detail, showing: Set(shownSecrets),
      filter: run.displayFilter, marking: marking, limit: output.limit ?? .max)
    try run.run(unfiltered: report, observer: report)
  }

  private var form: MessageReport.Form {
    switch format {
    case .text: .text(output.style)
    case .json: .json
    case .ndjson: .ndjson
    case .csv, .html: .csv
    }
  }
}

extension MessageDetail: ExpressibleByArgument {}
extension SecretKind: ExpressibleByArgument {}
