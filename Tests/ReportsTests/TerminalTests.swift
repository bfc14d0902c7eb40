import CaptureFacts
import Foundation
import Testing

@testable import Reports
@testable import SubscriberTimelines

@Suite struct TerminalTests {
  private let sample = SampleRun()

  private func overview(
    _ records: [TimelineRecord], style: TerminalStyle = TerminalStyle(), limit: Int = 20
  ) throws -> String {
    let file = try WrittenFile()
    var report = TerminalOverview(output: try file.output, style: style, limit: limit)
    try sample.run(records, into: &report)
    return try file.text
  }

  @Test("the overview leads with what is wrong and fits its width", arguments: [60, 80, 120])
  func overviewFits(width: Int) throws {
    let text = try overview(sample.everything(), style: TerminalStyle(width: width))
    let headings = ["FINDINGS 2", "NODES 6", "REGISTRATIONS 2", "CALLS 1", "DIAMETER 3", "MESSAGES", "COVERAGE"]
    let places = headings.compactMap { text.range(of: $0)?.lowerBound }
    #expect(places.count == headings.count && places == places.sorted())
    if width >= 80 {
      #expect(text.contains("HSS 10.46.0.13:3868 does not know the"))
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
    }
    #expect(text.contains("protocol not decoded 1"))
  }

  @Test("the overview fits the screen of a terminal, and what is wrong is the last to go", arguments: [24, 40, 60])
  func screen(height: Int) throws {
    var records = (0..<60).map { TimelineRecord.registration(sample.registration(UInt64($0 + 10), isRejected: true)) }
    records += (0..<30).map { .finding(sample.failure("HSS 10.46.0.13:3868 does not know the subscriber \($0)")) }
    records += sample.everything()
    let file = try WrittenFile()
    var style = TerminalStyle(width: 100)
    style.height = height
    var report = TerminalOverview(output: try file.output, style: style)
    try sample.run(records, into: &report)
    let text = try file.text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    #expect(lines < height)
    // Nor is room left that the next table could have used, beyond what one step of cutting leaves.
    if height < 60 { #expect(lines > height - 14) }
    #expect(text.contains("FINDINGS 32") && text.contains("does not know the subscriber 0"))
    #expect(text.contains("REGISTRATIONS 62"))
    #expect(text.contains(" and 30 more: HSS 10.46.0.13:3868 does not know the subscriber 0"))
    // Elsewhere all tables have their usual length.
    #expect(try overview(records).split(separator: "\n").count > 50)
  }

  @Test("rows are limited, failures first") func limit() throws {
    var records = (0..<100).map { TimelineRecord.registration(sample.registration(UInt64($0 + 10))) }
    records.append(.registration(sample.registration(1, isRejected: true)))
    let text = try overview(records, limit: 5)
    #expect(text.contains("REGISTRATIONS 101: 100 accepted, 1 rejected"))
    #expect(text.contains("... and 96 more"))
    #expect(text.contains("403"))
  }

  @Test("colours only where they are wanted") func colours() throws {
    #expect(!(try overview(sample.everything())).contains("\u{1b}"))
    #expect(try overview(sample.everything(), style: TerminalStyle(isColoured: true)).contains("\u{1b}[31mrejected"))
  }

  @Test("captured text cannot act on the terminal") func hostile() throws {
    var registration = sample.registration(isRejected: true)
    registration.publicIdentity = "sip:\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}\r\n@x"
    registration.cause?.text = "\u{1b}[2J bad"
    for width in [40, 80, 200] {
      let records = [TimelineRecord.registration(registration), .finding(sample.failure("\u{1b}[2J bad"))]
      let text = try overview(records, style: TerminalStyle(width: width))
      #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.actsOnTerminal })
    }
    let page = try overview([.finding(sample.failure("\u{1b}[2J bad"))])
    #expect(page.contains("\\x1b[2J bad"))
  }

  @Test("a table of any length is written as it comes, with the widths of its first rows") func longTable() throws {
    let file = try WrittenFile()
    var report = TerminalTable(output: try file.output, section: .registrations, style: TerminalStyle())
    try sample.run((0..<1_000).map { .registration(sample.registration(UInt64($0))) }, into: &report)
    let lines = try file.text.split(separator: "\n")
    #expect(lines.count == 1_001)
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test("columns are cut from the widest, with a mark") func cutting() {
    let boxes = TerminalText(style: TerminalStyle())
    #expect(boxes.cut("abcdef", to: 4) == "abc\u{2026}")
    #expect(boxes.cut("abcd", to: 4) == "abcd")
    #expect(boxes.cut("\u{4e2d}\u{6587}x", to: 4) == "\u{4e2d}\u{2026}")
    #expect(TerminalText(style: TerminalStyle(drawsBoxes: false)).cut("abcdef", to: 4) == "abc~")
  }

  @Test(
    "durations as people read them",
    arguments: [
      (214_000, "0.214 ms"), (12_345_678, "12.3 ms"), (1_234_567_890, "1.234 s"), (303_000_000_000, "05:03"),
      (3_723_000_000_000, "1:02:03"), (-5_000_000, "-5.000 ms"),
    ] as [(Int64, String)])
  func durations(_ nanoseconds: Int64, _ expected: String) {
    #expect(DurationText.text(nanoseconds) == expected)
  }

  @Test("CSV quotes what it must, and no captured text is a formula") func csv() throws {
    var registration = sample.registration()
    registration.publicIdentity = "=cmd|'/C calc'!A0"
    registration.contact = "<sip:a@b>;x=\"y\", z"
    let file = try WrittenFile()
    var report = CSVReport(output: try file.output, section: .registrations)
    try sample.run([.registration(registration)], into: &report)
    let text = try file.text
    #expect(text.hasPrefix("start,id,subscriber,kind,emergency,outcome,status,"))
    #expect(text.contains(",'=cmd|'/C calc'!A0,"))
    #expect(text.contains(#","<sip:a@b>;x=""y"", z","#))
    #expect(text.contains("2026-09-21T14:13:20.123456789Z,reg-0000000000000001,"))
  }
}
