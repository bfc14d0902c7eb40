import CaptureInput
import CorrelationStreams
import Foundation
import Reports
import SharedCaptures
import SubscriberTimelines
import Testing

@testable import CaptureAnalysis

/// What is joined from a stream is, byte for byte, what is joined at once.
@Suite struct CorrelationStreamTests {
  /// All forms of one run.
  private struct AllForms: ReportWriter {
    var json: JSONReport
    var lines: NDJSONReport
    var overview: TerminalOverview

    init(_ folder: URL) throws {
      func output(_ name: String) throws -> ReportOutput {
        try ReportOutput(path: folder.appending(path: name).path, whenComplete: false)
      }
      json = JSONReport(output: try output("json"))
      lines = NDJSONReport(output: try output("ndjson"))
      overview = TerminalOverview(output: try output("text"), style: TerminalStyle(width: 100))
    }

    var failure: ReportOutputFailure? { json.failure ?? lines.failure ?? overview.failure }

    mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory) {
      json.receive(record, nodes: nodes, subscribers: subscribers)
      lines.receive(record, nodes: nodes, subscribers: subscribers)
      overview.receive(record, nodes: nodes, subscribers: subscribers)
    }

    mutating func finish(_ summary: ReportSummary) throws(ReportOutputFailure) {
      try json.finish(summary)
      try lines.finish(summary)
      try overview.finish(summary)
    }
  }

  /// Writes a stream; nil where the capture cannot be read at all.
  private func write(_ captures: [URL], to url: URL) throws -> Bool {
    var report = CorrelationReport(
      output: try ReportOutput(path: url.path, whenComplete: false), mask: SecretMask())
    var dissection = CaptureAnalysis(AnalysisOptions(inputs: captures.map(\.path)), stream: report.stream)
    do {
      try dissection.run(into: &report)
      return true
    } catch is CaptureInputFailure {
      return false
    }
  }

  /// The three forms, of captures or of streams.
  private func forms(_ inputs: [URL], areStreams: Bool, in folder: URL) throws -> [Data] {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var options = AnalysisOptions(inputs: inputs.map(\.path))
    options.readsCorrelationStreams = areStreams
    var report = try AllForms(folder)
    var analysis = CaptureAnalysis(options)
    try analysis.run(into: &report)
    return try ["json", "ndjson", "text"].map { try Data(contentsOf: folder.appending(path: $0)) }
  }

  private func expectEqual(_ captures: [URL], in folder: URL) throws {
    let stream = folder.appending(path: "stream")
    guard try write(captures, to: stream) else { return }
    let wanted = try forms(captures, areStreams: false, in: folder.appending(path: "wanted"))
    let found = try forms([stream], areStreams: true, in: folder.appending(path: "found"))
    for (place, name) in ["json", "ndjson", "text"].enumerated() {
      #expect(found[place] == wanted[place], "\(name) of \(captures.map(\.lastPathComponent))")
    }
  }

  private func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private static let samples: [URL] = {
    let folder = SharedCaptures.packageDirectory.appending(path: "SampleCaptures")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".pcap") }.sorted().map { folder.appending(path: $0) }
  }()

  @Test("every sample capture, in all three forms", arguments: samples) func sample(_ capture: URL) throws {
    try withFolder { try expectEqual([capture], in: $0) }
  }

  @Test("all sample captures merged by time") func merged() throws {
    #expect(Self.samples.count > 10)
    try withFolder { try expectEqual(Self.samples, in: $0) }
  }

  @Test("every capture beside the checkout, in all three forms", .needsSharedCaptures) func shared() throws {
    let all = try FileManager.default.subpathsOfDirectory(atPath: SharedCaptures.directory.path)
      .filter { name in [".pcap", ".pcapng", ".cap", ".gz"].contains { name.hasSuffix($0) } }.sorted()
    #expect(all.count > 200)
    for name in all { try withFolder { try expectEqual([SharedCaptures.file(name)], in: $0) } }
  }

  @Test("SIP and Cx that were dissected at two places are joined as if they had been seen at one")
  func places() throws {
    let capture = SharedCaptures.packageDirectory.appending(path: "SampleCaptures/generated_answered_call.pcap")
    try withFolder { folder in
      var streams: [URL] = []
      for (place, filter) in ["udp", "not udp"].enumerated() {
        let url = folder.appending(path: "place-\(place)")
        var report = CorrelationReport(
          output: try ReportOutput(path: url.path, whenComplete: false), mask: SecretMask())
        var options = AnalysisOptions(inputs: [capture.path])
        options.captureFilter = filter
        var dissection = CaptureAnalysis(options, stream: report.stream)
        try dissection.run(into: &report)
        streams.append(url)
      }
      let wanted = try records(forms([capture], areStreams: false, in: folder.appending(path: "wanted"))[0])
      let found = try records(forms(streams, areStreams: true, in: folder.appending(path: "found"))[0])
      #expect(found == wanted)
      #expect(wanted.contains { $0.contains("diameter UAR") } && wanted.contains { $0.hasPrefix("call") })
      // One place alone does not show it.
      let alone = try records(forms([streams[0]], areStreams: true, in: folder.appending(path: "alone"))[0])
      #expect(alone != wanted)
    }
  }

  /// Each record with its outcome and its Diameter exchanges.
  private func records(_ json: Data) throws -> [String] {
    let document = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    return ["registrations", "calls"].flatMap { (section) -> [String] in
      ((document[section] as? [[String: Any]]) ?? []).map { record in
        let exchanges = ((record["diameter"] as? [[String: Any]]) ?? []).map { "diameter \($0["command"] ?? "")" }
        return ([record["id"], record["outcome"], record["status"]].map { "\($0 ?? "")" } + exchanges)
          .joined(separator: " ")
      }
    }
  }
}
