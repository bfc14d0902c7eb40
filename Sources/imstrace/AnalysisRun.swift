import CaptureAnalysis
import CaptureInput
import Reports

/// One run of the analysis into one report, with what the user is told beside it.
struct AnalysisRun {
  var options: AnalysisOptions
  private let failOn: [FailureCondition]
  private let showsProgress: Bool

  init(input: InputArguments, failOn: [FailureCondition]) {
    options = AnalysisOptions(inputs: input.inputs)
    options.captureFilter = input.captureFilter
    options.isInterrupted = { Interruption.isAsked }
    self.failOn = failOn
    showsProgress = StandardError.isTerminal && !input.isQuiet
    Interruption.begin()
  }

  init(live capture: LiveCaptureOptions, isQuiet: Bool, failOn: [FailureCondition]) {
    options = AnalysisOptions(live: capture, isInterrupted: { Interruption.isAsked })
    self.failOn = failOn
    showsProgress = StandardError.isTerminal && !isQuiet
    Interruption.begin()
  }

  /// Runs, and returns the report for what it knows beside its output.
  @discardableResult
  func run<Report: ReportWriter>(_ report: Report) throws -> Report {
    var tallied = TalliedReport(report)
    var analysis = CaptureAnalysis(options)
    var progress = ProgressLine(isShown: showsProgress)
    do {
      try analysis.run(into: &tallied) { progress.show(packets: $0) }
      progress.clear()
    } catch {
      progress.clear()
      throw CommandEnding(failureOf: error)
    }
    for warning in analysis.warnings { StandardError.write(line: warning.description) }
    if failOn.contains(where: { $0.isMet(by: tallied.tally) }) {
      throw CommandEnding(status: CommandEnding.Status.found)
    }
    return tallied.report
  }
}
