import Foundation
import SharedCaptures
import Testing

/// Captured text stays text in everything that the command writes.
@Suite(.serialized) struct HostileCaptureTests {
  /// Writes the capture into a folder.
  private func capture(in folder: TemporaryFolder) throws -> String {
    try folder.write(HostileCapture.bytes(), as: "hostile.pcap").path
  }

  private func run(_ arguments: [String]) throws -> String {
    let ending = try BuiltCommand.run(arguments)
    #expect(ending.status == 0 && ending.errors.isEmpty, "\(arguments) \(ending.errors)")
    return ending.text
  }

  /// The id of a record of each kind.
  private func ids(_ capture: String) throws -> [String] {
    try ["registrations", "calls", "messaging"].flatMap { table in
      try run([table, "--format", "ndjson", capture]).split(separator: "\n").compactMap { line in
        (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["id"] as? String
      }
    }
  }

  /// All that acts on a terminal, an editor or a browser must stand there as its code.
  private func expectHarmless(_ text: String, _ what: String) {
    for scalar in HostileCapture.scalars {
      #expect(!text.unicodeScalars.contains(scalar), "\(what) holds U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test("the attack arrives: it is in the messages that are read") func attackArrives() throws {
    let folder = try TemporaryFolder()
    let capture = try capture(in: folder)
    let lines = try run(["messages", "--format", "ndjson", "--detail", "full", capture]).split(separator: "\n")
    #expect(lines.count == 24)
    for line in lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      // In JSON text is escaped, not changed.
      #expect("\(object)".contains("<script>"))
    }
    #expect(try !ids(capture).isEmpty)
  }

  @Test("text and CSV hold no byte that acts, and no formula", arguments: ["text", "csv", "json", "ndjson"])
  func tables(_ format: String) throws {
    let folder = try TemporaryFolder()
    let capture = try capture(in: folder)
    for table in ["registrations", "calls", "subscribers", "nodes", "messaging", "messages"] {
      let text = try run([table, "--format", format, capture])
      expectHarmless(text, "\(table) as \(format)")
      guard format == "csv" else { continue }
      for row in text.split(separator: "\r\n").dropFirst() {
        for field in fields(of: String(row)) where Double(field) == nil {
          #expect(!"=+-@\t\r".contains(field.first ?? " "), "a spreadsheet takes \(field) for a formula")
        }
      }
    }
    if format != "csv" { expectHarmless(try run(["analyze", "--format", format, capture]), "analyze as \(format)") }
  }

  @Test("text in colour holds only the escapes of the command") func colour() throws {
    let folder = try TemporaryFolder()
    let capture = try capture(in: folder)
    for arguments in [["analyze"], ["messages", "--detail", "full"], ["calls"]] {
      let text = try run(arguments + ["--color", "always", capture])
      #expect(text.contains("\u{1b}["))
      expectHarmless(text.replacing(/\u{1b}\[[0-9]*m/, with: ""), "\(arguments)")
    }
  }

  @Test("ladders are harmless in each form", arguments: ["text", "json", "svg", "mermaid"])
  func ladders(_ format: String) throws {
    let folder = try TemporaryFolder()
    let capture = try capture(in: folder)
    for id in try ids(capture) {
      let text = try run(["show", id, "--format", format, capture])
      expectHarmless(text, "\(id) as \(format)")
      switch format {
      case "svg":
        // Well-formed, and nothing in it but what the drawing is made of.
        let elements = Set(text.matches(of: /<([a-zA-Z!?]+)/).map { String($0.1) })
        #expect(
          elements.isSubset(of: ["?xml", "svg", "title", "style", "rect", "line", "path", "text", "g"]), "\(elements)")
        #expect(text.firstMatch(of: /\son[a-z]+=/) == nil)
      case "mermaid":
        let statements = text.split(separator: "\n").map { $0.drop { $0 == " " } }
        for statement in statements {
          #expect(
            statement.firstMatch(
              of: /^(sequenceDiagram$|title |participant n\d+ as |Note over |n\d+(->>|-->>|-x|--x)n\d+: )/) != nil)
          #expect(!statement.replacing("<br/>", with: "").contains("<"))
        }
      default: break
      }
    }
    if format == "text" { expectHarmless(try run(["show", "--message", "1", capture]), "a message") }
  }

  @Test(
    "a page runs nothing of it and fetches nothing", .enabled(if: Browser.isPresent, "chromium is not installed"))
  func page() throws {
    let folder = try TemporaryFolder()
    let capture = try capture(in: folder)
    let file = folder.url.appending(path: "report.html")
    _ = try run(["analyze", "--format", "html", "--html-messages", "all", "--output", file.path, capture])
    let text = try String(contentsOf: file, encoding: .utf8)
    // The program itself is data here: what acts on a terminal stands in it as an escape.
    expectHarmless(text, "the page")
    #expect(!text.contains("<img") && !text.contains("<svg onload"))
    #expect(text.contains("script-src 'sha256-") && text.contains("default-src 'none'"))
    let browser = try Browser()
    try browser.open(file.absoluteString)
    let ids = try #require(try browser.value("[...Object.keys(views), ...report.index.keys()]") as? [String])
    var shown = 0
    for id in ids {
      try browser.value("location.hash = '#\(id)'")
      try browser.wait(for: "document.querySelector('main h1') !== null")
      shown +=
        try browser.value(
          """
          new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
            const arrows = document.querySelectorAll('.arrow').length;
            for (let place = 0; place < arrows; place += 1) document.querySelectorAll('.arrow')[place].dispatchEvent(new MouseEvent('click'));
            done(arrows);
          })))
          """) as? Int ?? 0
      let strange = try browser.value(
        "document.querySelectorAll('img, iframe, object, embed, form, link, base').length")
      #expect(strange as? Int == 0)
    }
    #expect(shown > 10)
    try browser.value(
      "const field = document.getElementById('search'); field.value = '<script>'; field.dispatchEvent(new Event('input'))"
    )
    try browser.wait(for: "document.querySelector('h1').textContent === 'Search'")
    // What could turn the reading around is shown as its code.
    let reading = try browser.value("document.body.innerText") as? String ?? ""
    expectHarmless(reading, "what is read on the page")
    #expect(try browser.value("window.attacked === undefined") as? Bool == true)
    #expect(browser.complaints == [] && browser.dialogs == [])
    #expect(browser.requests.allSatisfy { $0 == file.absoluteString })
  }

  /// The fields of a row of CSV (RFC 4180).
  private func fields(of row: String) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in row {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}
