import Foundation
import Reports
import SharedCaptures
import Testing

@testable import CaptureAnalysis

/// The same input gives the same output: texts are hashed under another key in each run, records wait in tables, and
/// nothing of that may show.
struct DeterminismTests {
  private static let captures = [
    "03_call_cancelled.pcap", "07_rereg_dereg.pcap", "17_cx_sctp.pcap", "generated_many_failures.pcap",
  ].map { SharedCaptures.packageDirectory.appending(path: "SampleCaptures").appending(path: $0) }

  /// All captures that are at hand: those of the package, and the shared ones where they are.
  private static var everyCapture: [URL] {
    let folder = SharedCaptures.packageDirectory.appending(path: "SampleCaptures")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") }.sorted().map { folder.appending(path: $0) }
      + ["ims", "realcore", "sip", "sctp", "diameter"].flatMap {
        SharedCaptures.files(in: $0, endingIn: [".pcap", ".pcapng", ".cap"])
      }
  }

  @Test("Two runs write the same bytes", arguments: captures)
  func repeated(_ capture: URL) throws {
    let folder = try TemporaryFolder()
    let runs = try (0..<3).map { try json([capture], in: folder, as: "\($0).json") }
    #expect(!runs[0].isEmpty)
    #expect(runs[1] == runs[0])
    #expect(runs[2] == runs[0])
  }

  @Test("Two processes write the same bytes", arguments: captures)
  func processes(_ capture: URL) throws {
    // The standard library hashes under another seed in each process.
    let runs = try (0..<2).map { _ in try BuiltCommand.run(["analyze", "--format", "json", capture.path]) }
    #expect(runs.map(\.status) == [0, 0])
    #expect(!runs[0].output.isEmpty)
    #expect(runs[0].output == runs[1].output)
  }

  @Test("Two threads write the same bytes as one", arguments: everyCapture)
  func threads(_ capture: URL) throws {
    let folder = try TemporaryFolder()
    let alone = try output(of: capture, in: folder, threads: 1) { NDJSONReport(output: $0) }
    #expect(!alone.isEmpty)
    // A batch of each message, of a few, and one that most captures do not fill.
    for messages in [1, 7, CorrelationBatch.messageLimit] {
      let apart = try output(of: capture, in: folder, threads: 2, messages) { NDJSONReport(output: $0) }
      // Not the texts themselves: what would be printed of a difference has no end.
      let isSame = apart == alone
      #expect(isSame, "\(messages) messages in a batch")
    }
  }

  @Test("Two threads write the same bytes as one in the other forms", arguments: captures)
  func formsOnThreads(_ capture: URL) throws {
    let folder = try TemporaryFolder()
    let json = try (1...2).map { try output(of: capture, in: folder, threads: $0, 3) { JSONReport(output: $0) } }
    let isSameJSON = json[0] == json[1]
    #expect(!json[0].isEmpty && isSameJSON)
    for form in [["analyze"], ["analyze", "--format", "html"], ["nodes"], ["subscribers"]] {
      let runs = try (1...2).map { try BuiltCommand.run(form + ["--threads", "\($0)", capture.path]) }
      let isSame = runs[0].output == runs[1].output
      #expect(!runs[0].output.isEmpty && isSame, "\(form)")
      #expect(runs[0].status == runs[1].status, "\(form)")
    }
  }

  @Test("A report that fails on its thread ends the run there")
  func failure() throws {
    let report = try ReportOutput(path: "/dev/full", whenComplete: false)
    report.flushesEachRecord = true
    var output = NDJSONReport(output: report)
    var options = AnalysisOptions(inputs: Self.captures.map(\.path))
    options.threads = 2
    options.messagesPerBatch = 1
    options.density = MessageDensity(batchesInARow: 0)
    var analysis = CaptureAnalysis(options)
    #expect(throws: ReportOutputFailure.self) { try analysis.run(into: &output) }
  }

  @Test("A capture in three files gives the records of the whole", arguments: captures)
  func rotated(_ capture: URL) throws {
    let folder = try TemporaryFolder()
    let parts = try split(capture, into: 3, in: folder)
    let whole = try records(json([capture], in: folder, as: "whole.json"))
    let rotated = try records(json(parts, in: folder, as: "parts.json"))
    #expect(whole.keys.sorted() == rotated.keys.sorted())
    for (section, value) in whole { #expect(rotated[section] == value, "\(section)") }
  }

  private func output<Report: ReportWriter>(
    of capture: URL, in folder: TemporaryFolder, threads: Int,
    _ messagesPerBatch: Int = CorrelationBatch.messageLimit, _ make: (ReportOutput) -> Report
  ) throws -> Data {
    let path = folder.url.appending(path: "output")
    var report = make(try ReportOutput(path: path.path, whenComplete: false))
    var options = AnalysisOptions(inputs: [capture.path])
    options.threads = threads
    options.messagesPerBatch = messagesPerBatch
    options.density = MessageDensity(batchesInARow: 0)
    var analysis = CaptureAnalysis(options)
    try analysis.run(into: &report)
    return try Data(contentsOf: path)
  }

  private func json(_ captures: [URL], in folder: TemporaryFolder, as name: String) throws -> Data {
    let path = folder.url.appending(path: name)
    var report = JSONReport(output: try ReportOutput(path: path.path, whenComplete: false))
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: captures.map(\.path)))
    try analysis.run(into: &report)
    return try Data(contentsOf: path)
  }

  /// The sections of a report that do not name files, each as text with sorted keys.
  private func records(_ json: Data) throws -> [String: String] {
    let document = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    return try document.filter { $0.key != "capture" }.mapValues { section in
      let data = try JSONSerialization.data(withJSONObject: section, options: [.sortedKeys, .fragmentsAllowed])
      return String(decoding: data, as: UTF8.self)
    }
  }

  /// Cuts a classic capture file between records.
  private func split(_ capture: URL, into count: Int, in folder: TemporaryFolder) throws -> [URL] {
    let bytes = [UInt8](try Data(contentsOf: capture))
    let records = ClassicCapture.records(of: bytes)
    let share = records.count / count + 1
    return try (0..<count).map { part in
      let own = records[min(part * share, records.count)..<min((part + 1) * share, records.count)]
      return try folder.write(Array(bytes[..<24]) + own.flatMap { bytes[$0] }, as: "part-\(part).pcap")
    }
  }
}
