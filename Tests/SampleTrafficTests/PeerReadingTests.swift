import CaptureFacts
import Foundation
import Testing

@testable import SampleTraffic

/// tshark reads every generated frame: no error, valid checksums, and as many messages as the truth says.
@Suite(.needsTshark)
struct PeerReadingTests {
  /// Whole captures of one link type one after the other in one file, so that tshark starts once.
  private struct Batch {
    var file: CaptureFileWriter
    var frameCount = 0
    /// What tshark opens ESP with.
    var associations: [String] = []
    /// The scenario of each frame.
    var scenarios: [(name: String, frames: Range<Int>, truth: ScenarioTruth)] = []
  }

  /// Scenarios that are too long for a test of every frame by another program.
  private static let long: Set = ["thousand_subscribers"]

  /// tshark has no AES-GMAC: what it protects is read by no other program here.
  private static let unreadable: Set = ["protected_null_gmac"]

  @Test("Every scenario is read without error and with all its messages")
  func everyScenario() throws {
    var batches: [UInt32: Batch] = [:]
    for (index, scenario) in Scenario.all.enumerated()
    where !Self.long.contains(scenario.name) && !Self.unreadable.contains(scenario.name) {
      // Seeds differ, so that the connections of one scenario do not continue those of another.
      let capture = scenario.play(seed: UInt64(index + 1))
      let files = capture.files.map(CaptureFileReading.init)
      let linkType = files[0].linkType
      var batch =
        batches[linkType] ?? Batch(file: CaptureFileWriter(format: .pcap, linkType: LinkType(rawValue: linkType)))
      let first = batch.frameCount + 1
      for frame in files.flatMap(\.frames).sorted(by: { $0.time < $1.time }) {
        let time = Int64(frame.time) * 1000 + Int64(index) * 3_600_000_000_000
        batch.file.append(Array(frame.bytes), at: Timestamp(nanoseconds: time))
        batch.frameCount += 1
      }
      batch.associations += capture.securityAssociations
      batch.scenarios.append((scenario.name, first..<batch.frameCount + 1, capture.truth))
      batches[linkType] = batch
    }
    for (linkType, batch) in batches { try check(batch, name: "link-\(linkType)") }
  }

  private func check(_ batch: Batch, name: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "sampletraffic-\(ProcessInfo.processInfo.processIdentifier)-\(name).pcap")
    try Data(batch.file.bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let error = 8_388_608
    let lines = try GeneratedFields.fields(
      [
        "frame.number", "sip.CSeq.method", "diameter.cmd.code", "icmp.type", "_ws.expert.severity",
        "_ws.expert.message", "ip.checksum.status", "udp.checksum.status", "tcp.checksum.status",
        "sctp.checksum.status",
      ], of: file, associations: batch.associations)
    #expect(lines.count == batch.frameCount)
    var sip: [Int] = Array(repeating: 0, count: batch.frameCount + 1)
    var diameter = sip
    for line in lines {
      let number = try #require(Int(line[0].joined()))
      // What ICMP quotes is not a message.
      if line[3].isEmpty {
        sip[number] = line[1].count
        diameter[number] = line[2].count
        // Status 0 is "bad"; what ICMP quotes is cut short and cannot be checked.
        for status in line[6...9] { #expect(!status.contains("0"), "frame \(number)") }
      }
      let severities = line[4].compactMap { Int($0) }
      #expect(!severities.contains { $0 >= error }, "frame \(number): \(line[5])")
    }
    for (scenario, frames, truth) in batch.scenarios {
      #expect(frames.reduce(0) { $0 + sip[$1] } == truth.observations(of: .sip), "\(scenario)")
      #expect(frames.reduce(0) { $0 + diameter[$1] } == truth.observations(of: .diameter), "\(scenario)")
    }
  }
}
