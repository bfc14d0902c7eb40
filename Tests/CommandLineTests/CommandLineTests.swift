import Foundation
import SharedCaptures
import Testing

@Suite struct CommandLineTests {
  private static let sample = SharedCaptures.packageDirectory.appending(path: "SampleCaptures/01_register_udp.pcap")
    .path

  /// A file with these bytes for the time of `body`.
  private func withFile<Result>(_ bytes: Data, _ body: (String) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)
    try bytes.write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
  }

  /// One line on standard error under the name of the command.
  private func expectLine(_ ending: BuiltCommand.Ending, status: Int32, mentioning words: String...) {
    #expect(ending.status == status)
    #expect(ending.errors.hasPrefix("imstrace: "))
    #expect(ending.errors.filter { $0 == "\n" }.count == 1 && ending.errors.hasSuffix("\n"))
    for word in words { #expect(ending.errors.contains(word)) }
  }

  @Test("a capture gives an overview, status 0 and nothing on standard error", arguments: [["analyze"], []])
  func overview(_ subcommand: [String]) throws {
    let ending = try BuiltCommand.run(subcommand + [CommandLineTests.sample])
    #expect(ending.status == 0)
    #expect(ending.errors.isEmpty)
    #expect(ending.text.contains("REGISTRATIONS 1: 1 accepted"))
  }

  @Test("a missing file") func missing() throws {
    let ending = try BuiltCommand.run(["analyze", "/nowhere/a.pcap"])
    expectLine(ending, status: 2, mentioning: "/nowhere/a.pcap")
    #expect(ending.output.isEmpty)
  }

  @Test("one missing file among readable ones ends the run before any is read") func oneMissing() throws {
    let ending = try BuiltCommand.run(["analyze", CommandLineTests.sample, "/nowhere/a.pcap"])
    expectLine(ending, status: 2, mentioning: "/nowhere/a.pcap")
    #expect(ending.output.isEmpty)
  }

  @Test("an unreadable file", .enabled(if: geteuid() != 0, "root may read everything")) func unreadable() throws {
    try withFile(Data([1, 2, 3])) { path in
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
      expectLine(try BuiltCommand.run(["analyze", path]), status: 2, mentioning: path)
    }
  }

  @Test("an empty file") func empty() throws {
    try withFile(Data()) { path in
      expectLine(try BuiltCommand.run(["analyze", path]), status: 2, mentioning: path, "empty")
    }
  }

  @Test("a text file") func text() throws {
    try withFile(Data("not a capture, but a few words of text\n".utf8)) { path in
      expectLine(try BuiltCommand.run(["analyze", path]), status: 2, mentioning: path)
    }
  }

  @Test("a file cut in a record is read as far as it goes, with a warning") func cut() throws {
    let whole = try Data(contentsOf: URL(filePath: CommandLineTests.sample))
    try withFile(whole.dropLast(7)) { path in
      let ending = try BuiltCommand.run(["analyze", path])
      expectLine(ending, status: 0, mentioning: path)
      #expect(ending.text.contains("REGISTRATIONS 1: 1 accepted"))
    }
  }

  @Test("standard input", arguments: [["analyze", "-"], ["analyze", "-r", "-"], ["-"]])
  func standardInput(_ arguments: [String]) throws {
    let capture = try Data(contentsOf: URL(filePath: CommandLineTests.sample))
    let ending = try BuiltCommand.run(arguments, input: capture)
    #expect(ending.status == 0)
    #expect(ending.text.contains("REGISTRATIONS 1: 1 accepted"))
  }

  @Test("a closed pipe ends silently", arguments: ["text", "json", "ndjson"]) func closedPipe(_ format: String) throws {
    let line =
      "set -o pipefail; \"$IMSTRACE\" analyze --format \(format) '\(CommandLineTests.sample)' | head -c 1 >/dev/null"
    for _ in 0..<3 {
      let ending = try BuiltCommand.shell(line)
      #expect(ending.errors.isEmpty)
      #expect(ending.status == 0)
    }
  }

  @Test("a full disk", arguments: ["text", "json", "ndjson"]) func fullDisk(_ format: String) throws {
    let ending = try BuiltCommand.shell(
      "\"$IMSTRACE\" analyze --format \(format) '\(CommandLineTests.sample)' > /dev/full")
    expectLine(ending, status: 3, mentioning: "No space left on device")
  }

  @Test("an output that cannot be made") func noOutput() throws {
    let ending = try BuiltCommand.run(["analyze", "--output", "/nowhere/out", CommandLineTests.sample])
    expectLine(ending, status: 3, mentioning: "/nowhere/out")
  }

  @Test(
    "bad usage is one line and status 2",
    arguments: [
      ["--no-such-option", "x"], ["analyze", "--no-such-option", "x"], ["analyze"],
      ["analyze", "--format", "xml", "x"],
      ["live"], ["show"], ["analyze", "--limit", "-3", "x"], ["live", "-i", "lo", "-a", "forever"],
    ])
  func usage(_ arguments: [String]) throws {
    let ending = try BuiltCommand.run(arguments)
    expectLine(ending, status: 2)
    #expect(ending.output.isEmpty)
  }

  @Test("a filter that does not compile") func filter() throws {
    expectLine(try BuiltCommand.run(["analyze", "-f", "port port", CommandLineTests.sample]), status: 2)
  }

  @Test("an interface that does not exist") func interface() throws {
    expectLine(try BuiltCommand.run(["live", "-i", "nosuch0", "-c", "1"]), status: 2, mentioning: "nosuch0")
  }

  @Test("help, also without arguments", arguments: [[], ["--help"], ["help"], ["analyze", "--help"], ["live", "-h"]])
  func help(_ arguments: [String]) throws {
    let ending = try BuiltCommand.run(arguments)
    #expect(ending.status == 0)
    #expect(ending.errors.isEmpty)
    #expect(ending.text.contains("USAGE: imstrace"))
    #expect(ending.text.contains("Examples:"))
  }

  @Test("what --fail-on names gives status 1 after the report") func failOn() throws {
    let failing = SharedCaptures.packageDirectory.appending(path: "SampleCaptures/05_unknown_subscriber.pcap").path
    let ending = try BuiltCommand.run(["analyze", "--fail-on", "registration", failing])
    #expect(ending.status == 1)
    #expect(ending.text.contains("REGISTRATIONS"))
    #expect(try BuiltCommand.run(["analyze", "--fail-on", "error", failing]).status == 1)
    #expect(try BuiltCommand.run(["analyze", "--fail-on", "call", failing]).status == 0)
    #expect(try BuiltCommand.run(["analyze", "--fail-on", "registration", CommandLineTests.sample]).status == 0)
  }

  @Test("an id that a table printed, shortened, shows its record") func show() throws {
    let table = try BuiltCommand.run(["registrations", CommandLineTests.sample]).text
    let id = try #require(table.split(separator: " ").first { $0.hasPrefix("reg-") })
    let ending = try BuiltCommand.run(["show", String(id), CommandLineTests.sample])
    #expect(ending.status == 0)
    #expect(ending.text.contains("accepted 200 OK"))
    #expect(ending.text.contains("UAA 2001"))
    let nothing = try BuiltCommand.run(["show", "call-ffffffffffffffff", CommandLineTests.sample])
    expectLine(nothing, status: 2, mentioning: "call-ffffffffffffffff")
  }

  @Test("a subscriber is shown with all that is theirs") func subscriber() throws {
    let text = try BuiltCommand.run(["show", "001010000000001", CommandLineTests.sample]).text
    for title in ["subscriber sub-", "registration reg-", "SUBSCRIBE reg msg-"] { #expect(text.contains(title)) }
  }

  @Test("every table in every format", arguments: ["registrations", "calls", "subscribers", "nodes", "messaging"])
  func tables(_ table: String) throws {
    for format in ["text", "json", "ndjson", "csv"] {
      let ending = try BuiltCommand.run([table, "--format", format, CommandLineTests.sample])
      #expect(ending.status == 0)
      #expect(ending.errors.isEmpty)
      if table != "calls" { #expect(!ending.output.isEmpty) }
    }
  }

  @Test("colours only where asked for or on a terminal") func colours() throws {
    #expect(!(try BuiltCommand.run(["analyze", CommandLineTests.sample])).text.contains("\u{1b}"))
    #expect(try BuiltCommand.run(["analyze", "--color", "always", CommandLineTests.sample]).text.contains("\u{1b}["))
  }

  @Test("the same input gives the same bytes", arguments: ["text", "json", "ndjson"])
  func deterministic(_ format: String) throws {
    let arguments = ["analyze", "--format", format, CommandLineTests.sample]
    #expect(try BuiltCommand.run(arguments).output == BuiltCommand.run(arguments).output)
  }
}
