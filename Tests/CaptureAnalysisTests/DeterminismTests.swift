import CaptureAnalysis
import Foundation
import Reports
import SharedCaptures
import Testing

/// The same input gives the same output: texts are hashed under another key in each run, records wait in tables, and
/// nothing of that may show.
struct DeterminismTests {
  private static let captures = [
    "03_call_cancelled.pcap", "07_rereg_dereg.pcap", "17_cx_sctp.pcap", "generated_many_failures.pcap",
  ].map { SharedCaptures.packageDirectory.appending(path: "SampleCaptures").appending(path: $0) }

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

  @Test("A capture in three files gives the records of the whole", arguments: captures)
  func rotated(_ capture: URL) throws {
    let folder = try TemporaryFolder()
    let parts = try split(capture, into: 3, in: folder)
    let whole = try records(json([capture], in: folder, as: "whole.json"))
    let rotated = try records(json(parts, in: folder, as: "parts.json"))
    #expect(whole.keys.sorted() == rotated.keys.sorted())
    for (section, value) in whole { #expect(rotated[section] == value, "\(section)") }
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
