import CaptureFacts
import MediaStreams
import Foundation
import SharedCaptures
import Testing

@testable import Reports
@testable import SubscriberTimelines

/// The filter of Documentation/DisplayFilter.md on the records of `SampleRun`: a rejected and an accepted registration,
/// a call and a subscription of one subscriber.
@Suite struct DisplayFilterTests {
  private let sample = SampleRun()

  /// The records that a filter selects: R rejected, A accepted registration, C call, M messaging.
  private func selected(_ expression: String) throws -> String {
    let filter = try DisplayFilter(expression)
    let records: [(String, TimelineRecord)] = [
      ("R", .registration(sample.registration(isRejected: true))), ("A", .registration(sample.registration(4))),
      ("C", .call(sample.call())), ("M", .messaging(sample.messaging())),
    ]
    return records.filter { _, record in
      filter.selects(
        DisplayFilterFacts(
          subject: .record(record), nodes: sample.timelines.nodes, subscribers: sample.timelines.subscribers))
    }.map(\.0).joined()
  }

  @Test(
    "what is selected",
    arguments: [
      ("failed", "R"), ("not failed", "ACM"), ("!failed", "ACM"), ("not not failed", "R"), ("emergency", ""),
      ("kind == call", "C"), ("kind == registration", "RA"), ("kind == initial", "RA"), ("KIND == Call", "C"),
      ("kind != registration", "CM"), ("outcome == accepted", "AM"), ("outcome contains ect", "R"),
      ("status == 403", "R"), ("status >= 400", "R"), ("status < 400", "ACM"),
      ("status ge 200 and status le 200", "ACM"),
      ("subscriber == 001010000000001", "RACM"), ("subscriber == tel:+15550002", "C"), ("subscriber == 15550002", "C"),
      ("subscriber contains 5550", "C"), ("subscriber == 999", ""), ("subscriber != 15550002", "RAM"),
      ("call_id == call-1@ue", "C"), ("call-id contains reg", "RA"), ("id == call-0000000000000002", "C"),
      ("node == 10.46.0.13:3868", "RA"), ("node contains 3868", "RA"), ("role == hss", "RA"),
      ("role == p-cscf", "RACM"),
      ("ip == 10.46.0.13", "RA"), ("ip == 10.46.0.12/31", "RA"), ("ip == 10.46.0.14", "C"), ("ip == 192.0.2.0/24", ""),
      ("ip == 0.0.0.0/0", "RACM"), ("port == 30000", "C"), ("port > 20000", "C"),
      ("protocol == diameter", "RA"), ("protocol == sip and protocol == udp", "RACM"), ("protocol == tcp", ""),
      ("interface == cx", "RA"), ("method == INVITE", "C"), ("method == UAA", "RA"), ("method == SUBSCRIBE", "M"),
      ("result == 5001", "R"), ("result == USER_UNKNOWN", "R"), ("result == DIAMETER_FIRST_REGISTRATION", "A"),
      ("result >= 5000", "R"), ("cause contains 'not know'", "R"), ("cause == user_unknown", "R"),
      ("failed or kind == call and status == 200", "RC"), ("(failed or kind == call) and status == 200", "C"),
      ("failed||kind==messaging", "RM"), ("not(failed)&&kind==registration", "A"),
      // The records begin 0, 2.5 and 3 s after 2026-09-21T14:13:20.123456789Z.
      ("after 2026-09-21T14:13:22.623456789Z", "CM"), ("before 2026-09-21T14:13:22.623456789Z", "RA"),
      ("after 2026-09-21T16:13:23+02:00", "C"), ("after 2026-09-22", ""), ("before '2026-09-22 00:00'", "RACM"),
      ("time > 1790000002", "CM"), ("time == 1790000000.123456789", "RA"),
    ])
  func selection(_ expression: String, _ wanted: String) throws {
    #expect(try selected(expression) == wanted)
  }

  @Test(
    "an error names the wrong word and where it stands",
    arguments: [
      ("subscribr == 1", "subscribr", 0), ("kind == call and nod == 1", "nod", 17), ("status == abc", "abc", 10),
      ("outcome == lost", "lost", 11), ("status contains 4", "contains", 7), ("call_id < 4", "<", 8),
      ("failed failed", "failed", 7), ("ip == 10.0.0", "10.0.0", 6), ("ip == 10.0.0.0/33", "10.0.0.0/33", 6),
      ("after 2026-13-01", "2026-13-01", 6), ("status 4", "4", 7), ("status ==", "", 9), ("(failed", "", 7),
      ("failed)", ")", 6), ("", "", 0), ("call_id == \"x", "\"", 11), ("failed and", "", 10),
    ])
  func failure(_ expression: String, _ word: String, _ offset: Int) throws {
    let failure = #expect(throws: DisplayFilterFailure.self) { try DisplayFilter(expression) }
    guard let failure else { return }
    #expect(failure.range.lowerBound == offset)
    #expect(String(Array(expression)[failure.range]) == word)
    #expect(failure.excerpt[1].drop { $0 == " " }.allSatisfy { $0 == "^" })
  }

  @Test("nesting has a bound") func depth() {
    #expect(throws: DisplayFilterFailure.self) {
      try DisplayFilter(String(repeating: "(", count: 100_000) + "failed")
    }
    #expect(throws: DisplayFilterFailure.self) {
      try DisplayFilter(String(repeating: "not ", count: 100_000) + "failed")
    }
  }

  @Test("every word is described") func documented() throws {
    let page = try String(
      contentsOf: SharedCaptures.packageDirectory.appending(path: "Documentation/DisplayFilter.md"), encoding: .utf8)
    for word in DisplayFilterWord.allCases { #expect(page.contains("| `\(word.rawValue)` |")) }
  }

  @Test("nodes, subscribers, findings and statistics are those of the selected records") func report() throws {
    let file = try WrittenFile()
    var report = FilteredReport(JSONReport(output: try file.output), try DisplayFilter("failed and status == 403"))
    try sample.run(sample.everything(), into: &report)
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: file.url)) as? [String: Any])
    func list(_ key: String) -> [[String: Any]] { document[key] as? [[String: Any]] ?? [] }
    #expect(list("registrations").count == 1)
    #expect(list("calls").isEmpty && list("messaging").isEmpty)
    #expect(list("findings").map { $0["rule"] as? String } == ["user_unknown"])
    #expect(list("subscribers").count == 1)
    // The other UE took part in the call alone.
    #expect(list("nodes").count == sample.timelines.nodes.nodes().count - 1)
    let statistics = document["statistics"] as? [String: Any]
    let covers = statistics?["covers"] as? [String: Any]
    #expect(covers?["filter"] as? String == "failed and status == 403")
    #expect(covers?["records"] as? Int == 1 && covers?["of_records"] as? Int == 4)
    #expect((statistics?["registrations"] as? [String: Any])?["total"] as? Int == 1)
    #expect((statistics?["calls"] as? [String: Any])?["total"] as? Int == 0)
    if SchemaValidator.isPresent {
      #expect(try SchemaValidator.errors(in: Data(contentsOf: file.url), against: "analysis") == "")
    }
  }

  @Test(
    "streams outside of calls are selected by what they have, and counted",
    arguments: [
      ("ip == 10.46.1.1", 1), ("port == 30000", 2), ("kind == media", 2), ("protocol == rtp", 2),
      ("protocol == srtp", 0),
      ("kind == call", 0), ("after 2026-01-01 and not kind == registration", 2),
    ])
  func streamsOutsideOfCalls(expression: String, count: Int) throws {
    let streams = [("10.46.1.1:4000", 1), ("10.46.1.9:4000", 2)].map { source, number in
      let address = IPAddress(v4: number == 1 ? 0x0a2e_0101 : 0x0a2e_0109)
      let observed = ObservedMediaStream(
        kind: .rtp, evidence: .structure, source: Endpoint(address: address, port: 4000),
        destination: Endpoint(address: IPAddress(v4: 0x0a2e_000e), port: 30000),
        synchronizationSource: UInt32(number), start: sample.time(1), end: sample.time(9),
        firstFrame: FrameReference(number: 1), lastFrame: FrameReference(number: 2),
        largestGapFrame: FrameReference(number: 1))
      return TimelineRecord.media(
        MediaStream(from: source, to: "10.46.0.14:30000", mediaType: "audio", observed: observed))
    }
    let file = try WrittenFile()
    var report = FilteredReport(JSONReport(output: try file.output), try DisplayFilter(expression))
    try sample.run(sample.everything() + streams, into: &report)
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: file.url)) as? [String: Any])
    #expect((document["media"] as? [Any])?.count ?? 0 == count)
    let covers = (document["statistics"] as? [String: Any])?["covers"] as? [String: Any]
    #expect(covers?["streams"] as? Int == count && covers?["of_streams"] as? Int == 2)
    if SchemaValidator.isPresent {
      #expect(try SchemaValidator.errors(in: Data(contentsOf: file.url), against: "analysis") == "")
    }
  }
}
