import CaptureAnalysis
import CaptureInput
import EntryPoints
import Foundation
import Reports
import SharedCaptures
import Testing

/// Whatever happened to a capture on its way, the analysis comes to an end and writes its report.
struct DamageTests {
  private static let folders = ["realcore", "ims", "sip", "diameter", "sctp", "formats", "rfc4475"]
  private static let damagesPerCapture: UInt64 = 20
  private static let largest = 200_000

  @Test(
    "Damaged captures are read as far as they go", .needsSharedCaptures, .timeLimit(.minutes(2)), arguments: folders)
  func damaged(_ folder: String) throws {
    let temporary = try TemporaryFolder()
    for file in SharedCaptures.files(in: folder, endingIn: [".pcap", ".pcapng", ".cap"]) {
      let bytes = [UInt8](try Data(contentsOf: file))
      guard bytes.count <= Self.largest, bytes.count > 64 else { continue }
      for seed in 1...Self.damagesPerCapture {
        var generator = DamageGenerator(seed: seed)
        let damaged = generator.damage(bytes)
        let capture = try temporary.write(damaged, as: "damaged")
        try analyse(capture, "\(file.lastPathComponent), damage \(seed)")
      }
    }
  }

  private func analyse(_ capture: URL, _ about: Comment) throws {
    var report = JSONReport(output: try ReportOutput(path: "/dev/null", whenComplete: false))
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: [capture.path]))
    do {
      try analysis.run(into: &report)
    } catch is CaptureInputFailure {
      // The damage may be in the first bytes: then the file is none that can be read.
    } catch {
      Issue.record(error, about)
    }
    #expect(report.failure == nil, about)
  }
}
