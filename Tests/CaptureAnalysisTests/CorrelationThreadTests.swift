import Foundation
import Reports
import SharedCaptures
import SubscriberTimelines
import Testing

@testable import CaptureAnalysis

/// Correlation has a thread where there is enough of it, and then the report is written there.
struct CorrelationThreadTests {
  /// A report that knows which threads wrote it.
  private struct Threads: ReportWriter {
    private(set) var names: Set<UInt> = []
    var failure: ReportOutputFailure? { nil }

    mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
      names.insert(UInt(pthread_self()))
    }

    mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {}
  }

  @Test(
    "A thread begins where there are two processors, a batch is full, and it is worth it",
    arguments: [
      (1, 1, 0, false), (2, 1, 0, true), (2, 256, 0, true), (2, 5000, 0, false), (2, 1, 100_000, false),
    ])
  func beginning(threads: Int, messagesPerBatch: Int, batchesInARow: Int, isApart: Bool) throws {
    // Days lie between them: the records of one are complete when the other begins, not at the end, where all is done on
    // the thread that waits for it.
    let captures = ["17_cx_sctp", "generated_many_failures"].map {
      SharedCaptures.packageDirectory.appending(path: "SampleCaptures/\($0).pcap").path
    }
    var options = AnalysisOptions(inputs: captures)
    options.threads = threads
    options.messagesPerBatch = messagesPerBatch
    options.density = MessageDensity(batchesInARow: batchesInARow)
    var report = Threads()
    var analysis = CaptureAnalysis(options)
    try analysis.run(into: &report)
    let others = report.names.subtracting([UInt(pthread_self())])
    #expect(!report.names.isEmpty)
    #expect(others.count == (isApart ? 1 : 0))
  }

  @Test("Messages are close that come in sixteen frames each, in sixteen batches in a row")
  func density() {
    var density = MessageDensity()
    var frames: UInt64 = 0
    func take(_ batches: Int, framesEach: UInt64) {
      for _ in 0..<batches {
        #expect(!density.isHigh)
        frames += framesEach
        density.take(batchOf: 256, upTo: frames)
      }
    }
    // Calls that are set up before their media.
    take(15, framesEach: 300)
    take(1, framesEach: 4097)
    take(20, framesEach: 40_000)
    // Batches that were full of other steps.
    density.take(batchOf: 0, upTo: frames + 1)
    take(16, framesEach: 4096)
    #expect(density.isHigh)
  }
}
