import CaptureFacts
import Reports

/// Runs correlation and the report beside reading and dissection, where there is enough of it. Batches come in the order in
/// which they were filled, so what is written is the same as on one thread.
final class CorrelationThread<Report: ReportWriter> {
  /// How many batches there are: two are worked on, and one waits on either side for a stage that is slow for a while.
  static var batchLimit: Int { 4 }

  private let correlator: Correlator
  private let condition = SharedCondition()
  private var thread: BackgroundThread?
  private var density: MessageDensity
  // Under the lock.
  private var filled: [CorrelationBatch] = []
  private var free: [CorrelationBatch]
  private var isEnded = false
  private var hasReportFailed = false
  /// Of the thread alone while it runs.
  private var report: Report

  /// Prepares it; until the thread begins by `density`, batches are worked on where they are handed over. `correlator` and
  /// `report` are its own until `finish`.
  init(_ correlator: Correlator, _ report: Report, _ density: MessageDensity) {
    self.density = density
    self.correlator = correlator
    self.report = report
    free = (1..<CorrelationThread.batchLimit).map { _ in CorrelationBatch() }
  }

  /// Hands over what `batch` holds of the capture's first `frames` frames, and puts an empty one into its place. Returns
  /// whether the report has failed by now.
  func take(_ batch: inout CorrelationBatch, frames: UInt64) -> Bool {
    if thread == nil {
      density.take(batchOf: batch.messageCount, upTo: frames)
      if density.isHigh { thread = BackgroundThread { [self] in run() } }
      guard thread != nil else {
        correlate(&batch)
        return report.failure != nil
      }
    }
    condition.change {
      filled.append(batch)
      // The other thread has it alone: storage that two hold would be copied.
      batch = CorrelationBatch()
    }
    let (empty, hasFailed) = condition.wait { free.popLast().map { ($0, hasReportFailed) } }
    batch = empty
    return hasFailed
  }

  /// Takes the last batch, waits until all is done, and returns the report.
  func finish(_ batch: inout CorrelationBatch) -> Report {
    if let thread {
      condition.change {
        filled.append(batch)
        batch = CorrelationBatch()
        isEnded = true
      }
      thread.join()
    } else {
      correlate(&batch)
    }
    return report
  }

  private func run() {
    while var batch = next() {
      correlate(&batch)
      let hasFailed = report.failure != nil
      condition.change {
        free.append(batch)
        batch = CorrelationBatch()
        hasReportFailed = hasFailed
      }
    }
  }

  /// The next batch; nil at the end.
  private func next() -> CorrelationBatch? {
    condition.wait { () -> CorrelationBatch?? in
      if !filled.isEmpty { return filled.removeFirst() }
      return isEnded ? .some(nil) : nil
    }
  }

  private func correlate(_ batch: inout CorrelationBatch) {
    // Nobody looks at messages here.
    correlator.take(&batch, points: CapturePointDirectory(), into: &report)
    batch.clear()
  }
}
