import ArgumentParser
import Foundation
import SampleTraffic

struct WriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write", abstract: "Write the capture of a scenario.",
    discussion: """
      A scenario with several capture points writes one file for each: OUT.pcap, OUT-2.pcap ... The name decides
      the form: .pcapng, otherwise classic pcap. The same arguments write the same bytes.
      """)

  @Argument(help: "The name of a scenario, as `list` prints it.")
  var scenario: String

  @Argument(help: ArgumentHelp("The capture file.", valueName: "out.pcap"))
  var output: String

  @Option(help: "Write what is true of the capture as JSON to this file.")
  var truth: String?

  @Option(
    name: .customLong("esp-sa"),
    help: "Write the security associations of what is in ESP to this file, in the form of Wireshark's esp_sa.")
  var associations: String?

  @Option(help: "The number from which identifiers and delays follow.")
  var seed: UInt64 = 1

  @Option(name: .customLong("loss"), help: "The percentage of frames to remove at random.")
  var lossPercent = 0

  @Flag(name: .customLong("tap-copies"), help: "Capture each frame a second time within 1 ms.")
  var hasCopies = false

  func validate() throws {
    guard (0...100).contains(lossPercent) else { throw ValidationError("--loss takes a percentage from 0 to 100.") }
    guard Scenario.named(scenario) != nil else {
      throw ValidationError("There is no scenario '\(scenario)'; `sampletraffic list` names them.")
    }
  }

  func run() throws {
    guard let scenario = Scenario.named(scenario) else { return }
    let capture = scenario.play(
      seed: seed, lossPercent: lossPercent, hasCopies: hasCopies,
      format: output.hasSuffix(".pcapng") ? .pcapng : .pcap)
    for (index, file) in capture.files.enumerated() {
      try write(Data(file), to: index == 0 ? output : numbered(output, index + 1))
    }
    if let associations {
      try write(Data(capture.securityAssociations.map { $0 + "\n" }.joined().utf8), to: associations)
    }
    if let truth { try write(TruthDocument(capture.truth).json(), to: truth) }
  }

  /// `name.pcap` becomes `name-2.pcap`.
  private func numbered(_ path: String, _ number: Int) -> String {
    let url = URL(filePath: path)
    let name = url.deletingPathExtension().lastPathComponent
    let suffix = url.pathExtension.isEmpty ? "" : ".\(url.pathExtension)"
    return url.deletingLastPathComponent().appending(path: "\(name)-\(number)\(suffix)").path
  }

  private func write(_ data: Data, to path: String) throws {
    do {
      try data.write(to: URL(filePath: path))
    } catch {
      FileHandle.standardError.write(Data("sampletraffic: cannot write \(path)\n".utf8))
      throw ExitCode(3)
    }
  }
}
