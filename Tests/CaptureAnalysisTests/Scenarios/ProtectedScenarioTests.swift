import CaptureAnalysis
import Foundation
import Reports
import SampleTraffic
import SharedCaptures
import Testing

/// Composed captures of each algorithm and mode of ESP, opened with keys from each place that keys may come from.
struct ProtectedScenarioTests {
  private static let names = Scenario.all.map(\.name).filter { $0.hasPrefix("protected_") }

  /// What is in ESP, its keys in a file, and the capture without Cx.
  private struct Files {
    let folder: TemporaryFolder
    let capture: URL
    let associations: URL
    /// The same with other keys: every digit is another one.
    let wrongAssociations: URL
    let rows: [String]

    init(_ name: String) throws {
      let scenario = try #require(Scenario.named(name))
      let generated = scenario.play()
      folder = try TemporaryFolder()
      rows = generated.securityAssociations
      capture = try folder.write(generated.files[0], as: "capture.pcap")
      associations = try folder.write(Array(rows.joined(separator: "\n").utf8), as: "esp_sa")
      let wrong = rows.map { row in
        row.split(separator: ",", omittingEmptySubsequences: false).enumerated().map { place, field in
          guard place == 5 || place == 7, field.hasPrefix("\"0x") else { return String(field) }
          return "\"0x" + field.dropFirst(3).map { $0 == "\"" ? "\"" : $0 == "0" ? "1" : "0" }.joined()
        }.joined(separator: ",")
      }
      wrongAssociations = try folder.write(Array(wrong.joined(separator: "\n").utf8), as: "wrong")
    }

    func report(_ change: (inout AnalysisOptions) -> Void) throws -> CollectedReport {
      var options = AnalysisOptions(inputs: [capture.path])
      change(&options)
      var report = CollectedReport()
      var analysis = CaptureAnalysis(options)
      try analysis.run(into: &report)
      return report
    }
  }

  private static let withoutCx = "not port 3868"

  @Test("Keys from Cx, from another capture and from a file open the same", arguments: names)
  func opened(_ name: String) throws {
    let files = try Files(name)
    let whole = try files.report { _ in }
    #expect(whole.coverage.securityPayloadsOpened >= 20)
    #expect(whole.coverage.anomalies.count(of: .espNotOpened) == 0)
    #expect(whole.coverage.securityAssociations.allSatisfy { $0.means == .registrationKeys })
    #expect(whole.calls.map(\.outcome) == [.answered])
    let beside = try files.report {
      $0.captureFilter = Self.withoutCx
      $0.keyCaptures = [files.capture.path]
    }
    let given = try files.report {
      $0.captureFilter = Self.withoutCx
      $0.securityAssociationFiles = [files.associations.path]
    }
    for other in [beside, given] {
      #expect(other.coverage.securityPayloadsOpened == whole.coverage.securityPayloadsOpened)
      #expect(other.coverage.sipObservations == whole.coverage.sipObservations)
      #expect(other.coverage.anomalies.count(of: .espNotOpened) == 0)
    }
    #expect(given.coverage.securityAssociations.allSatisfy { $0.means == .givenKeys })
  }

  @Test("Wrong keys open nothing, and all is counted", arguments: names)
  func wrongKeys(_ name: String) throws {
    let files = try Files(name)
    let whole = try files.report { _ in }
    let report = try files.report {
      $0.captureFilter = Self.withoutCx
      $0.securityAssociationFiles = [files.wrongAssociations.path]
    }
    #expect(report.coverage.securityPayloadsOpened == 0)
    let notOpened = report.coverage.anomalies.count(of: .espNotOpened)
    #expect(notOpened == whole.coverage.securityPayloadsOpened)
    #expect(report.coverage.anomalies.count(of: .espIntegrityFailed) == notOpened)
    #expect(report.coverage.securityAssociations.reduce(0) { $0 + $1.integrityFailed } == notOpened)
  }

  @Test("No report shows a key", arguments: ["protected_aes_cbc", "protected_aes_gcm"])
  func secrecy(_ name: String) throws {
    let files = try Files(name)
    let output = files.folder.url.appending(path: "report.json")
    var options = AnalysisOptions(inputs: [files.capture.path])
    options.securityAssociationFiles = [files.associations.path]
    var report = JSONReport(output: try ReportOutput(path: output.path, whenComplete: true))
    var analysis = CaptureAnalysis(options)
    try analysis.run(into: &report)
    let text = try String(contentsOf: output, encoding: .utf8).lowercased()
    #expect(text.contains("security_associations"))
    for row in files.rows {
      let fields = row.split(separator: ",").map { $0.filter { $0 != "\"" } }
      for key in fields where key.hasPrefix("0x") && key.count > 20 {
        #expect(!text.contains(key.dropFirst(2).prefix(16)))
      }
    }
  }
}
