import CaptureFacts
import Foundation
import Testing

@testable import Reports
@testable import SubscriberTimelines

@Suite struct ShowTests {
  private let sample = SampleRun()

  private func show(
    _ query: String, _ records: [TimelineRecord]? = nil, selection: Set<RecordIdentifier>? = nil,
    style: TerminalStyle = TerminalStyle()
  ) throws -> (answer: ShowReport.Answer, text: String) {
    let file = try WrittenFile()
    var report = ShowReport(query: query, selection: selection, output: try file.output, format: .text(style))
    try sample.run(records ?? sample.everything(), into: &report)
    return (report.answer, (try? file.text) ?? "")
  }

  @Test("a registration as a ladder in 80 columns") func ladder() throws {
    let (_, text) = try show("reg-00000000000000", [.registration(sample.registration())])
    let expected = """
      registration reg-0000000000000001  accepted 200 OK
        kind    initial
        public  sip:001010000000001@ims.example
        private 001010000000001@ims.example
        start   2026-09-21T14:13:20.123456789Z, took 2.100 s, challenged once
        contact <sip:10.46.1.1:5060>
        expires 3600 s asked, 3240 s granted
        visited ims.example
        S-CSCF  sip:scscf.ims.example:6060
        scheme  AKAv1-MD5

                UE           P-CSCF         I-CSCF         S-CSCF           HSS
             10.46.1.1     10.46.0.10     10.46.0.11     10.46.0.12     10.46.0.13
               :5060          :5060          :4060          :6060          :3868
      """
    #expect(text.hasPrefix(expected))
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(text.contains("REGISTER x2"))
    #expect(lines.contains { $0.contains("401 Unauth") && $0.contains("\u{25c0}") && $0.hasSuffix(" 7") })
    #expect(lines.contains { $0.contains("UAA 2001 FIRST_REGISTRAT") })
    #expect(lines.contains { $0.contains("+2.060 s") })
    #expect(lines.last?.hasPrefix("2.1000") == true)
  }

  @Test("without box characters, and with one column for one address with several roles") func plain() throws {
    var registration = sample.registration()
    registration.events = [sample.event(0, 1, sample.proxy, sample.proxy, .request(.register))]
    let (_, text) = try show("reg-1@ue", [.registration(registration)], style: TerminalStyle(drawsBoxes: false))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(text.contains("|@ REGISTER"))
  }

  @Test("the caller stands first and the callee last") func callColumns() {
    let ladder = Ladder(
      sample.call().events, start: sample.time(3_000), nodes: sample.timelines.nodes,
      frames: FrameText(CaptureSummary(files: [])))
    #expect(ladder.columns.map(\.lines[0]) == ["10.46.1.1", "10.46.0.10", "10.46.1.2"])
  }

  @Test(
    "an identity shows its subscriber with all records in order of time",
    arguments: ["sip:001010000000001@ims.example", "001010000000001", "+15550002", "15550002", "TEL:+1-555-0002"])
  func subscriber(query: String) throws {
    let missing = Set([1, 4].map { RecordIdentifier(kind: .registration, hash: $0) })
      .union([RecordIdentifier(kind: .messaging, hash: 3), RecordIdentifier(kind: .call, hash: 2)])
    var (answer, text) = try show(query)
    if case .missing(let ids) = answer {
      #expect(ids == missing)
      (answer, text) = try show(query, selection: ids)
    }
    guard case .shown = answer else {
      Issue.record("\(answer)")
      return
    }
    let titles = ["subscriber sub-", "registration reg-", "SUBSCRIBE reg msg-", "call call-"]
    let places = titles.compactMap { text.range(of: $0)?.lowerBound }
    #expect(places.count == titles.count && places == places.sorted())
  }

  @Test("a Call-ID shows its record") func callID() throws {
    #expect(try show("call-1@ue").text.contains("call call-0000000000000002  answered 200 OK"))
  }

  @Test("what stands for several or for nothing says so and writes nothing") func unclear() throws {
    let several = try show("reg-00000")
    guard case .several(let ids) = several.answer else {
      Issue.record("\(several.answer)")
      return
    }
    #expect(ids.count == 2)
    #expect(several.text.isEmpty)
    guard case .nothing = try show("call-ffff").answer else {
      Issue.record("found")
      return
    }
  }

  @Test("a failed registration names its cause") func cause() throws {
    let text = try show("reg-0000000000000001").text
    #expect(text.contains("  cause   HSS 10.46.0.13:3868 does not know the subscriber (UAA 5001) (frame 5).\n"))
  }
}
