import Foundation
import SharedCaptures
import Testing

/// What the documentation shows is what the commands do.
///
/// `make golden` writes the shown output anew: it runs these tests with IMSTRACE_RENEW_GOLDEN=1.
@Suite struct DocumentationTests {
  private static let isRenewing = ProcessInfo.processInfo.environment["IMSTRACE_RENEW_GOLDEN"] == "1"

  private static let pages = ["README.md", "CONTRIBUTING.md"]

  private func text(of page: String) throws -> String {
    try String(contentsOf: SharedCaptures.packageDirectory.appending(path: page), encoding: .utf8)
  }

  @Test("README's console examples write what it shows") func examples() throws {
    let examples = ConsoleExample.all(in: try text(of: "README.md"))
    #expect(examples.count >= 3)
    try run(examples, of: "README.md", in: SharedCaptures.packageDirectory)
  }

  @Test(
    "the examples of reading an export write what the page shows",
    .enabled(if: DocumentationTests.readsExports, "python3 with duckdb and pandas is not installed"))
  func exports() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "SampleCaptures"),
      withDestinationURL: SharedCaptures.packageDirectory.appending(path: "SampleCaptures"))
    let page = try text(of: "Documentation/Export.md")
    let examples = (ConsoleExample.all(in: page) + ConsoleExample.programs(in: page))
      .sorted { $0.lines.lowerBound < $1.lines.lowerBound }
    #expect(examples.count >= 8)
    try run(examples, of: "Documentation/Export.md", in: folder.url)
  }

  /// Whether the packages of Python that an export is read with are there. Setup/prepare installs them.
  private static let readsExports: Bool =
    (try? BuiltCommand.shell("python3 -c 'import duckdb, pandas'"))?.status == 0

  /// Runs the examples of a page in their order.
  private func run(_ examples: [ConsoleExample], of page: String, in folder: URL) throws {
    var written: [String] = []
    for example in examples {
      let ending = try BuiltCommand.shell(
        "cd '\(folder.path)' && PATH='\(BuiltCommand.directory.path)':$PATH && { \(example.command)\n}")
      #expect(ending.errors.isEmpty, "\(example.command)")
      if !DocumentationTests.isRenewing { #expect(ending.text == example.shown, "\(example.command)") }
      written.append(ending.text)
    }
    guard DocumentationTests.isRenewing else { return }
    var lines = try text(of: page).split(separator: "\n", omittingEmptySubsequences: false)
    // From the last to the first, so that the places of the others stay right.
    for (example, text) in zip(examples, written).reversed() {
      lines.replaceSubrange(
        example.lines, with: text.split(separator: "\n", omittingEmptySubsequences: false).dropLast())
    }
    let url = SharedCaptures.packageDirectory.appending(path: page)
    try Data(lines.joined(separator: "\n").utf8).write(to: url)
  }

  @Test(
    "the commands and options that the pages name exist",
    arguments: pages + [
      "Documentation/DisplayFilter.md", "Documentation/CorrelationStream.md", "Documentation/Export.md",
    ])
  func options(_ page: String) throws {
    // `imstrace COMMAND ... ` in blocks and between backticks.
    for match in try text(of: page).matches(of: /(?:imstrace|sampletraffic) +([a-z]+)((?: +[^`|\n]*)?)/) {
      let program = match.0.hasPrefix("sampletraffic") ? "sampletraffic" : "imstrace"
      let help = try BuiltCommand.shell("'\(BuiltCommand.directory.path)/\(program)' help \(match.1)")
      // A word of prose after the name is no command.
      guard help.status == 0, help.text.contains("USAGE: \(program) \(match.1)") else { continue }
      for option in match.2.matches(of: /(?:^| )(--?[A-Za-z][a-z-]*)/) {
        #expect(help.text.contains(option.1), "\(match.0)")
      }
    }
  }

  @Test("the commands that README lists are those that exist") func commands() throws {
    let help = try BuiltCommand.run(["--help"]).text
    let existing = Set(
      help.split(separator: "\n").drop { !$0.hasPrefix("SUBCOMMANDS:") }.dropFirst()
        .compactMap { $0.firstMatch(of: /^  ([a-z]+)/).map { String($0.1) } }
    ).subtracting(["help"])
    let listed = Set(try text(of: "README.md").matches(of: /\| `imstrace ([a-z]+)/).map { String($0.1) })
    #expect(existing == listed)
  }

  @Test("the targets that the pages name exist", arguments: pages) func targets(_ page: String) throws {
    let makefile = try text(of: "Makefile")
    for match in try text(of: page).matches(of: /`make ([a-z]+)`/) {
      #expect(makefile.contains("\n\(match.1):"), "make \(match.1)")
    }
  }

  @Test("links lead to files of the package", arguments: pages + ["ARCHITECTURE.md", "CHANGELOG.md"])
  func links(_ page: String) throws {
    for match in try text(of: page).matches(of: /\]\(([^):#]+)(?:#[^)]*)?\)/) {
      let file = SharedCaptures.packageDirectory.appending(path: String(match.1))
      #expect(FileManager.default.fileExists(atPath: file.path), "\(match.1)")
    }
  }

  @Test("README names the packages that the list names for building") func packages() throws {
    let list = try text(of: "Setup/SystemPackages.txt")
    let readme = try text(of: "README.md")
    for match in list.matches(of: #/(?m)^(\S+) +build /#) {
      #expect(readme.contains(match.1), "\(match.1)")
    }
  }
}
