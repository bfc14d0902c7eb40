import Foundation
import SharedCaptures
import Testing

/// Tables in an order, and the forms of `show`.
@Suite struct TableCommandTests {
  private static let failures = SharedCaptures.packageDirectory
    .appending(path: "SampleCaptures/generated_many_failures.pcap").path
  private static let frozen = SharedCaptures.packageDirectory.appending(path: "SampleCaptures/10_hss_timeout.pcap").path

  private func run(_ arguments: [String]) throws -> String {
    let ending = try BuiltCommand.run(arguments)
    #expect(ending.status == 0 && ending.errors.isEmpty, "\(arguments): \(ending.errors)")
    return ending.text
  }

  /// The values of a column of CSV without quoted fields before it.
  private func column(_ name: String, _ csv: String) throws -> [String] {
    let rows = csv.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let place = try #require(rows.first?.firstIndex { $0 == name })
    return rows.dropFirst().map { String($0[place]) }
  }

  @Test("--sort orders by numbers as numbers, and what is absent comes last, whichever way")
  func orders() throws {
    let table = ["registrations", "--format", "csv", TableCommandTests.failures]
    let all = try column("duration_ms", run(table))
    let numbers = all.compactMap(Double.init)
    #expect(numbers.count == 8 && numbers != numbers.sorted() && numbers != numbers.sorted(by: >))
    let rising = try column("duration_ms", run(table + ["--sort", "duration_ms"]))
    #expect(rising.compactMap(Double.init) == numbers.sorted())
    let falling = try column("duration_ms", run(table + ["--sort=-took"]))
    #expect(falling.compactMap(Double.init) == numbers.sorted(by: >))
    #expect(try column("duration_ms", run(table + ["--sort=-took", "--limit", "2"])) == Array(falling.prefix(2)))
    #expect(try column("duration_ms", run(table + ["--limit", "2"])) == Array(all.prefix(2)))
    for order in ["host_names", "-host_names"] {
      // Users have no names.
      let names = try column(
        "host_names", run(["nodes", "--format", "csv", "--sort=" + order, TableCommandTests.failures]))
      #expect(names.count == 12 && names.prefix(3).allSatisfy { !$0.isEmpty } && names.suffix(8).allSatisfy(\.isEmpty))
    }
  }

  @Test("of equals the first comes first") func stable() throws {
    let table = ["registrations", "--format", "csv", TableCommandTests.failures]
    let starts = try column("start", run(table))
    let outcomes = try column("outcome", run(table))
    let expected = zip(outcomes, starts).enumerated()
      .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1)
    #expect(try column("start", run(table + ["--sort", "outcome"])) == expected)
  }

  @Test(
    "a table for a person in an order, cut to 80 columns",
    arguments: [
      ("registrations", "-took"), ("calls", "callee"), ("nodes", "-sent"), ("subscribers", "id"), ("messaging", "time"),
    ])
  func text(_ table: String, _ order: String) throws {
    let plain = try run([table, TableCommandTests.failures]).split(separator: "\n")
    let ordered = try run([table, "--sort=\(order)", TableCommandTests.failures]).split(separator: "\n")
    #expect(Set(plain.map { $0.filter { $0 != " " } }) == Set(ordered.map { $0.filter { $0 != " " } }))
    #expect(ordered.allSatisfy { $0.count <= 80 })
  }

  @Test("a column that is not there, and a form without order, are refused with what would do")
  func refusals() throws {
    let unknown = try BuiltCommand.run(["calls", "--sort", "colour", TableCommandTests.failures])
    #expect(unknown.status == 2 && unknown.errors.contains("--sort takes one of time, start, id"))
    let json = try BuiltCommand.run(["calls", "--sort", "time", "--format", "json", TableCommandTests.failures])
    #expect(json.status == 2 && json.errors.contains("jq"))
  }

  @Test("show --message prints what the frame holds, and says so where it holds nothing") func message() throws {
    let text = try run(["show", "--message", "15", TableCommandTests.frozen])
    #expect(text.contains("User-Authorization-Request (300)") && text.contains("Origin-Host (264, M): icscf.ims"))
    let json = try run(["show", "--message", "15", "--format", "json", TableCommandTests.frozen])
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((document["messages"] as? [[String: Any]])?.compactMap { $0["frame"] as? Int } == [15])
    let nothing = try BuiltCommand.run(["show", "--message", "9999", TableCommandTests.frozen])
    #expect(nothing.status == 2 && nothing.errors.contains("frame 9999: no SIP or Diameter message"))
  }

  @Test("drawings hold one record, with its columns, its arrows and the evidence", arguments: ["svg", "mermaid"])
  func drawings(_ format: String) throws {
    let id = "reg-3961e40b"
    let text = try run(["show", id, "--format", format, TableCommandTests.frozen])
    for words in ["UE", "P-CSCF", "10.46.0.13:3868", "REGISTER", "504 Server Time-out", "+2.974 s"] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(text.matches(of: format == "svg" ? /class="e"/ : /\] \*\n/).count == 3)
    if format == "svg" {
      let isWellFormed = XMLReading.isWellFormed(text)
      #expect(isWellFormed)
    }
    let several = try BuiltCommand.run(["show", "001010000000005", "--format", format, TableCommandTests.frozen])
    #expect(several.status == 2 && several.errors.contains("a drawing holds one record, and there are 2: reg-"))
  }

  @Test("--all draws what was repeated") func all() throws {
    let capture = SharedCaptures.packageDirectory.appending(path: "SampleCaptures/01_register_udp.pcap").path
    for name in [TableCommandTests.failures, TableCommandTests.frozen, capture] {
      let lines = try run(["registrations", "--format", "ndjson", name]).split(separator: "\n")
      for line in lines {
        let record = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let id = try #require(record["id"] as? String)
        let shown = try run(["show", id, "--format", "json", name])
        let document = try #require(try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: Any])
        let timeline = try #require(document["timeline"] as? [[String: Any]])
        let arrows = try run(["show", id, "--all", name]).split(separator: "\n").count { $0.contains("│") }
        #expect(arrows == timeline.count)
      }
    }
  }
}
