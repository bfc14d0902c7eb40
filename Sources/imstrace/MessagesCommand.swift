import ArgumentParser
import CaptureAnalysis
import CaptureFacts
import CorrelationStreams
import Reports

/// Every message, one a line.
struct MessagesCommand: ParsableCommand {
  /// The most bytes that are read of a file with a key: a key is shorter.
  static let longestMaskKey = 4096

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
        imstrace messages --for-correlation core.pcapng | imstrace correlate -
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
  @Flag(
    help:
      "Write all that correlation needs, secrets masked, for imstrace correlate (Documentation/CorrelationStream.md).")
  var forCorrelation = false
  @Option(
    help: ArgumentHelp(
      "Mask secrets under the key in this file, so that streams of several places can be joined by them.",
      valueName: "file"), completion: .file())
  var maskKey: String?
  @OptionGroup var output: OutputArguments

  func validate() throws {
    if format == .html { throw ValidationError("--format html goes with analyze and the tables of records") }
    if input.correlated, forCorrelation || !shownSecrets.isEmpty {
      throw ValidationError(
        "--correlated streams hold no secrets, and are no captures: no --show-secrets, no --for-correlation")
    }
    if maskKey != nil, !forCorrelation { throw ValidationError("--mask-key goes with --for-correlation") }
    if forCorrelation {
      // All messages cross, whole: what selects and shows is asked for where they are joined.
      if input.displayFilter != nil {
        throw ValidationError("-Y goes with imstrace correlate, not with --for-correlation")
      }
      let isShaped = format != .text || detail != .summary || !shownSecrets.isEmpty
      if isShaped || output.limit != nil || !output.failOn.isEmpty {
        throw ValidationError(
          "--for-correlation has one form: no --format, --detail, --show-secrets, --limit, --fail-on")
      }
    }
    if format == .csv, detail != .summary { throw ValidationError("--format csv goes with --detail summary") }
  }

  mutating func run() throws {
    var run = try AnalysisRun(input: input, output: output)
    if forCorrelation { return try writeStream(run) }
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

  private func writeStream(_ run: AnalysisRun) throws {
    var mask = SecretMask()
    if let maskKey {
      guard let key = SmallFile.bytes(path: maskKey, longest: Self.longestMaskKey), let given = SecretMask(key: key)
      else {
        throw CommandEnding(
          status: CommandEnding.Status.unusable,
          line: "\(maskKey): cannot be read, or has fewer than \(SecretMask.shortestKey) bytes")
      }
      mask = given
    }
    let report = CorrelationReport(output: try output.open(isStream: true), mask: mask)
    try run.run(unfiltered: report, stream: report.stream)
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
