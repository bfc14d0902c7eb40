import CaptureAnalysis
import CaptureFacts
import Foundation
import Reports
import SharedCaptures
import Testing

/// What `imstrace messages` says of each SIP and Diameter message is what tshark says, field by field.
@Suite(.needsTshark)
struct MessageComparisonTests {
  private static let sharedCaptures = ["realcore", "ims", "sip", "diameter", "sctp", "formats"].flatMap { folder in
    SharedCaptures.files(in: folder, endingIn: [".pcap", ".pcapng", ".cap", ".gz"]).map {
      folder + "/" + $0.lastPathComponent
    }
  }

  private static let sampleCaptures: [String] = {
    let folder = SharedCaptures.packageDirectory.appending(path: "SampleCaptures")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".pcap") }.sorted().map { "SampleCaptures/" + $0 }
  }()

  @Test("The sample captures", arguments: sampleCaptures) func samples(_ name: String) throws {
    try compare(SharedCaptures.packageDirectory.appending(path: name), name)
  }

  @Test("The shared captures", .needsSharedCaptures, arguments: sharedCaptures) func shared(_ name: String) throws {
    try compare(SharedCaptures.file(name), name)
  }

  @Test("There are at most twenty known differences") func list() {
    #expect(KnownDifference.all.count <= KnownDifference.most)
  }

  private func compare(_ file: URL, _ name: String) throws {
    let ours = try MessageComparisonTests.ours(file)
    // ObservationTests asks whether tshark sees messages where imstrace sees none.
    guard !ours.isEmpty else { return }
    let theirs = try MessageComparisonTests.theirs(file, name)
    for frame in Set(ours.keys).union(theirs.keys).sorted() {
      guard let our = ours[frame], let their = theirs[frame] else {
        // Which frames of ESP show what they hold is the question of ObservationTests.
        if (ours[frame] ?? theirs[frame])?.isSecured != true {
          Issue.record("\(name) frame \(frame): only \(ours[frame] == nil ? "tshark" : "imstrace") sees a message")
        }
        continue
      }
      let fields = (our.hasSIP || their.hasSIP ? ComparedFields.sip : []) + ComparedFields.diameter
      for field in fields {
        let values = (our.values[field] ?? [], their.values[field] ?? [])
        if values.0 == values.1 || isKnown(name, frame, field, values.0, values.1) { continue }
        Issue.record("\(name) frame \(frame) \(field): imstrace \(values.0), tshark \(values.1)")
      }
    }
  }

  private func isKnown(_ file: String, _ frame: Int, _ field: String, _ ours: [String], _ theirs: [String]) -> Bool {
    KnownDifference.all.contains {
      $0.file == file && $0.frame == frame && $0.field == field && $0.ours == ours && $0.theirs == theirs
    }
  }

  /// What imstrace says, by frame; nothing for a file that it refuses.
  private static func ours(_ file: URL) throws -> [Int: ComparedFields] {
    let written = FileManager.default.temporaryDirectory.appending(path: "messages-\(UUID().uuidString).ndjson")
    defer { try? FileManager.default.removeItem(at: written) }
    let report = MessageReport(
      output: try ReportOutput(path: written.path, whenComplete: false), form: .ndjson, detail: .full,
      showing: Set(SecretKind.allCases))
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: [file.path]), observer: report)
    var records = report
    guard (try? analysis.run(into: &records)) != nil else { return [:] }
    var frames: [Int: ComparedFields] = [:]
    for line in try Data(contentsOf: written).split(separator: UInt8(ascii: "\n")) {
      let message = try #require(try JSONSerialization.jsonObject(with: line) as? ComparedFields.Object)
      let frame = try #require(message["frame"] as? Int)
      frames[frame, default: ComparedFields()].add(message: message)
    }
    return frames
  }

  private static func theirs(_ file: URL, _ name: String) throws -> [Int: ComparedFields] {
    // What ICMP quotes is no message.
    let lines = try Tshark.fields(
      ComparedFields.names, of: file, filter: "(sip or diameter) and not icmp and not icmpv6",
      arguments: AnnouncedPorts.arguments(for: name))
    var frames: [Int: ComparedFields] = [:]
    for columns in lines {
      guard let frame = columns.first?.first.flatMap({ Int($0) }) else { continue }
      frames[frame] = ComparedFields(columns: columns)
    }
    return frames
  }
}
