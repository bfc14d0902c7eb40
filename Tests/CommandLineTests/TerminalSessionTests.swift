import Foundation
import SharedCaptures
import Testing

/// The command on a terminal, which script(1) makes.
@Suite struct TerminalSessionTests {
  private static let capture = SharedCaptures.packageDirectory
    .appending(path: "SampleCaptures/generated_many_failures.pcap").path

  /// What a terminal of this size gets from a line of shell.
  private func session(_ line: String, rows: Int, columns: Int, environment: [String: String] = [:]) throws -> String {
    let quoted = "stty rows \(rows) cols \(columns); \(line)".replacing("'", with: "'\\''")
    let ending = try BuiltCommand.shell("script -qec '\(quoted)' /dev/null", environment: environment)
    #expect(ending.status == 0)
    return ending.text.replacing("\r\n", with: "\n")
  }

  @Test(
    "the overview fits the screen, in colour, with what is wrong first", arguments: [(24, 80), (40, 80), (50, 132)])
  func overview(_ rows: Int, _ columns: Int) throws {
    let text = try session(
      "\"$IMSTRACE\" -q '\(TerminalSessionTests.capture)'", rows: rows, columns: columns, environment: ["TERM": "xterm"]
    )
    #expect(text.contains("\u{1b}[31m"))
    let plain = text.replacing(/\u{1b}\[[0-9]*m/, with: "")
    let lines = plain.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count < rows && lines.allSatisfy { $0.count <= columns })
    #expect(plain.contains("FINDINGS 7") && plain.contains("REGISTRATIONS 8: 2 accepted, 5 rejected, 1 unanswered"))
    let first = try #require(plain.firstRange(of: "FINDINGS"))
    let next = try #require(plain.firstRange(of: "REGISTRATIONS"))
    #expect(first.lowerBound < next.lowerBound)
  }

  @Test("without colour where NO_COLOR asks for it") func withoutColour() throws {
    let text = try session(
      "\"$IMSTRACE\" -q '\(TerminalSessionTests.capture)'", rows: 40, columns: 80,
      environment: ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(!text.contains("\u{1b}"))
  }

  @Test("a long file shows a bar with rate and remaining time on a terminal, and nothing elsewhere")
  func progress() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "long.pcap").path
    let tool = BuiltCommand.directory.appending(path: "sampletraffic").path
    #expect(try BuiltCommand.shell("'\(tool)' attack half_open '\(file)' --packets 60000").status == 0)
    let line = "\"$IMSTRACE\" analyze --format json --output /dev/null '\(file)'"
    let shown = try session(line, rows: 24, columns: 80, environment: ["TERM": "xterm"])
    let bar = try #require(
      shown.firstMatch(of: /\r\[#+\.*\] +([0-9]+) %, ([0-9]+) packets, [0-9]+\/s, ([0-9]+ s|[0-9]+:[0-9]{2}) left/))
    #expect(bar.2 == "16384" || bar.2 == "32768" || bar.2 == "49152")
    let percent = try #require(Int(bar.1))
    #expect((15...90).contains(percent))
    // The line is gone at the end.
    #expect(shown.hasSuffix("\r\u{1b}[K"))
    #expect(bar.0.count <= 80)
    let quiet = try session(line.replacing("analyze", with: "analyze -q"), rows: 24, columns: 80)
    #expect(quiet.isEmpty)
    #expect(try BuiltCommand.shell(line).errors.isEmpty)
  }
}
