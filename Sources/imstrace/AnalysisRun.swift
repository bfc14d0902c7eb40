import CaptureAnalysis
import CaptureInput
import Reports

/// One run of the analysis into one report, with what the user is told beside it.
struct AnalysisRun {
  var options: AnalysisOptions
  private let displayFilter: DisplayFilter?
  private let failOn: [FailureCondition]
  private let showsProgress: Bool

  init(input: InputArguments, failOn: [FailureCondition]) throws {
    displayFilter = try AnalysisRun.filter(input.displayFilter)
    options = AnalysisOptions(inputs: input.inputs)
    options.captureFilter = input.captureFilter
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
    do throws(DisplayFilterFailure) {
      return try DisplayFilter(expression)
    } catch {
      throw CommandEnding(status: CommandEnding.Status.unusable, line: error.description, excerpt: error.excerpt)
    }
  }

  /// Runs, and returns the report for what it knows beside its output.
  @discardableResult
  func run<Report: ReportWriter>(_ report: Report) throws -> Report {
    guard let displayFilter else { return try runUnfiltered(report) }
    return try runUnfiltered(FilteredReport(report, displayFilter)).report
  }

  private func runUnfiltered<Report: ReportWriter>(_ report: Report) throws -> Report {
    var tallied = TalliedReport(report)
    var analysis = CaptureAnalysis(options)
    var progress = ProgressLine(isShown: showsProgress)
    do {
      try analysis.run(into: &tallied) { progress.show(packets: $0, dropped: $1) }
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
