import Foundation
import SharedCaptures
import Testing

/// The manual page, the completions and the installed files.
@Suite struct ManualTests {
  private static let isRenewing = ProcessInfo.processInfo.environment["IMSTRACE_RENEW_GOLDEN"] == "1"
  private static let manual = SharedCaptures.packageDirectory.appending(path: "Documentation/imstrace.1")

  @Test("the manual page says what the command says of itself; IMSTRACE_RENEW_GOLDEN=1 writes it anew")
  func manualPage() throws {
    let dump = try BuiltCommand.run(["--experimental-dump-help"])
    let version = try BuiltCommand.run(["--version"]).text.trimmingCharacters(in: .whitespacesAndNewlines)
    let page = try ManualPage.text(dump: dump.output, version: version)
    if ManualTests.isRenewing { try Data(page.utf8).write(to: ManualTests.manual) }
    #expect(try String(contentsOf: ManualTests.manual, encoding: .utf8) == page)
    // Every option that a help page lists stands in it.
    for command in ["analyze", "show", "registrations", "messages", "correlate", "live"] {
      let help = try BuiltCommand.run(["help", command]).text
      for option in help.matches(of: /\n  (--?[A-Za-z][a-z-]*)/) where option.1 != "--version" && option.1 != "-h" {
        #expect(page.contains(option.1.replacing("-", with: "\\-")), "\(command) \(option.1)")
      }
    }
  }

  @Test(
    "every command's help has examples",
    arguments: [
      "analyze", "show", "registrations", "calls", "subscribers", "nodes", "messaging", "messages", "correlate", "live",
    ])
  func examples(_ command: String) throws {
    let help = try BuiltCommand.run(["help", command]).text
    #expect(help.contains("Examples:\n  imstrace \(command)"), "\(command)")
    // Lines that a terminal need not break.
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("each shell takes its completions", arguments: ["bash", "zsh", "fish"]) func completions(_ shell: String) throws
  {
    let script = try BuiltCommand.run(["--generate-completion-script", shell])
    #expect(script.status == 0 && script.errors.isEmpty)
    #expect(script.text.contains("registrations") && script.text.contains("fail-on"))
    guard shell == "bash" else { return }
    let folder = try TemporaryInstallation()
    let file = folder.url.appending(path: "imstrace")
    try script.output.write(to: file)
    #expect(try BuiltCommand.shell("bash -n '\(file.path)'").status == 0)
  }

  @Test(
    "make install puts everything below a prefix, where it runs with an empty environment, and uninstall removes it")
  func installation() throws {
    let folder = try TemporaryInstallation()
    let package = SharedCaptures.packageDirectory.path
    let make =
      "cd '\(package)' && make --no-print-directory BINARY='\(BuiltCommand.path)' PREFIX=/usr DESTDIR='\(folder.url.path)'"
    let installed = try BuiltCommand.shell("\(make) install")
    #expect(installed.status == 0, "\(installed.errors)")
    #expect(
      try folder.files() == [
        "usr/bin/imstrace", "usr/share/bash-completion/completions/imstrace",
        "usr/share/fish/vendor_completions.d/imstrace.fish", "usr/share/man/man1/imstrace.1",
        "usr/share/zsh/site-functions/_imstrace",
      ])
    let binary = folder.url.appending(path: "usr/bin/imstrace").path
    let capture = package + "/SampleCaptures/10_hss_timeout.pcap"
    let page = folder.url.appending(path: "page.html").path
    let run = try BuiltCommand.shell(
      "cd / && env -i '\(binary)' analyze '\(capture)' && env -i '\(binary)' analyze --format html --output '\(page)' '\(capture)'"
    )
    #expect(run.status == 0 && run.errors.isEmpty && run.text.contains("did not answer UAR"))
    // The page needs no file beside the command.
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("</html>"))
    try FileManager.default.removeItem(atPath: page)
    let removed = try BuiltCommand.shell("\(make) uninstall")
    #expect(removed.status == 0, "\(removed.errors)")
    #expect(try folder.files() == [])
  }
}

/// A folder that stands for the root of a system while a test runs.
private final class TemporaryInstallation {
  let url = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// The files below it.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: url.path)
      .filter { path in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.appending(path: path).path, isDirectory: &isFolder)
          && !isFolder.boolValue
      }.sorted()
  }
}
