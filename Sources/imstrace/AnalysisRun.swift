import ArgumentParser
import CaptureAnalysis
import CaptureInput
import CorrelationStreams
import Reports

/// One run of the analysis into one report, with what the user is told beside it.
struct AnalysisRun {
  var options: AnalysisOptions
  let displayFilter: DisplayFilter?
  private let failOn: [FailureCondition]
  private let showsProgress: Bool
  /// What the process may still reach once it begins to read; nil for all that it may now.
  private var confinement: FileConfinement?

  /// Reads files, and can reach nothing but them and the output from then on.
  init(input: InputArguments, output: OutputArguments) throws {
    try self.init(input: input, failOn: output.failOn, outputs: output.path.map { [$0] } ?? [])
  }

  /// The same, with several outputs.
  init(input: InputArguments, failOn: [FailureCondition], outputs: [String]) throws {
    try self.init(input: input, failOn: failOn)
    var confinement = FileConfinement(
      readable: options.inputs + options.keyCaptures + options.securityAssociationFiles,
      outputs: outputs.filter { $0 != "-" })
    confinement.allowsNames = options.captureFilter != nil
    self.confinement = confinement
  }

  private init(input: InputArguments, failOn: [FailureCondition]) throws {
    if input.inputs.isEmpty { throw ValidationError("Missing expected argument '<file> ...'") }
    displayFilter = try AnalysisRun.filter(input.displayFilter)
    try input.dictionaries.add()
    options = AnalysisOptions(inputs: input.inputs)
    options.readsCorrelationStreams = input.correlated
    options.captureFilter = input.captureFilter
    input.keys.apply(to: &options)
    try input.names.apply(to: &options)
    options.stop.frames = input.count
    options.threads = input.threads
    options.usesCapturedNames = !input.ignoresNames
    options.verifiesSCTPChecksums = input.sctpChecksum
    options.isInterrupted = { Interruption.isAsked }
    self.failOn = failOn
    showsProgress = StandardError.isTerminal && !input.isQuiet
    Interruption.begin()
  }

  init(
    live capture: LiveCaptureOptions, displayFilter: String?, isQuiet: Bool, failOn: [FailureCondition]
  ) throws {
    self.displayFilter = try AnalysisRun.filter(displayFilter)
    options = AnalysisOptions(live: capture, isInterrupted: { Interruption.isAsked })
    self.failOn = failOn
    showsProgress = StandardError.isTerminal && !isQuiet
    Interruption.begin()
  }

  private static func filter(_ expression: String?) throws -> DisplayFilter? {
    guard let expression else { return nil }
    return try readingFilter { () throws(DisplayFilterFailure) in try DisplayFilter(expression) }
  }

  /// What `body` makes of a filter; what is wrong with it ends the command.
  static func readingFilter<Value>(_ body: () throws(DisplayFilterFailure) -> Value) throws -> Value {
    do throws(DisplayFilterFailure) {
      return try body()
    } catch {
      throw CommandEnding(status: CommandEnding.Status.unusable, line: error.description, excerpt: error.excerpt)
    }
  }

  /// Sees to it that the input can be read twice.
  func prepareSecondPass() throws {
    guard options.inputs.contains("-") else { return }
    do {
      try StandardInputCopy.keep()
    } catch {
      throw CommandEnding(failureOf: error)
    }
  }

  /// Goes back to the start of the input, to read as many frames as the first pass did.
  mutating func beginSecondPass(ofFrames count: UInt64) throws {
    if options.inputs.contains("-") { StandardInputCopy.rewind() }
    options.stop.frames = count
    options.isInterrupted = { false }
  }

  /// Runs, and returns the report for what it knows beside its output.
  @discardableResult
  func run<Report: ReportWriter>(_ report: Report) throws -> Report {
    guard let displayFilter else { return try run(unfiltered: report) }
    return try run(unfiltered: FilteredReport(report, displayFilter, interval: options.statisticsInterval)).report
  }

  /// Runs, without asking the display filter about records; `observer` is shown each message. A pass that does not
  /// decide how the command ends `fails` never. With `stream` messages are written there and not joined.
  @discardableResult
  func run<Report: ReportWriter>(
    unfiltered report: Report, observer: (any MessageObserver)? = nil, stream: CorrelationStreamWriter? = nil,
    opened: OpenedPackets? = nil, fails: Bool = true
  ) throws -> Report {
    var tallied = TalliedReport(report)
    var analysis = CaptureAnalysis(options, observer: observer, stream: stream, opened: opened)
    var progress = ProgressLine(isShown: showsProgress)
    confinement?.take()
    do {
      try analysis.run(into: &tallied) { progress.show($0) }
      progress.clear()
    } catch {
      progress.clear()
      throw CommandEnding(failureOf: error)
    }
    guard fails else { return tallied.report }
    for warning in analysis.warnings { StandardError.write(line: warning.description) }
    if failOn.contains(where: { $0.isMet(by: tallied.tally) }) {
      throw CommandEnding(status: CommandEnding.Status.found)
    }
    return tallied.report
  }

  /// Writes the packets of a selection, which an earlier pass made, to a capture; where they are to be `decrypted`
  /// or `redacted`, another pass opens them and learns their secrets first.
  func write(_ selection: PacketSelection, to path: String, decrypted: Bool, redacted: Bool) throws {
    if selection.leftOut > 0 {
      StandardError.write(
        line: "\(path): \(selection.leftOut) frames or streams of media are left out, for there are too many")
    }
    var pass = self
    try pass.beginSecondPass(ofFrames: selection.frameCount)
    var opened: OpenedPackets?
    let secrets = redacted ? SecretPlaces(of: selection.frames) : nil
    if decrypted || redacted {
      let packets = OpenedPackets(of: selection.frames)
      try pass.run(unfiltered: PacketSelection(), observer: secrets, opened: packets, fails: false)
      if packets.leftOut > 0 {
        StandardError.write(line: "\(path): \(packets.leftOut) packets stay encrypted, for there are too many")
      }
      if let secrets, secrets.leftOut > 0 {
        StandardError.write(
          line: "\(path): \(secrets.leftOut) messages are zeroed whole, for there are too many to know their secrets")
      }
      opened = packets
      try pass.beginSecondPass(ofFrames: selection.frameCount)
    }
    var packets = SelectedPackets(selection, opened: opened, secrets: secrets)
    var progress = ProgressLine(isShown: showsProgress)
    defer { progress.clear() }
    do {
      try packets.write(of: pass.options, to: path) { progress.show($0) }
    } catch {
      throw CommandEnding(failureOf: error)
    }
  }
}
