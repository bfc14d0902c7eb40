import CaptureFacts
import Foundation
import Testing

@testable import Reports
@testable import SubscriberTimelines

@Suite struct JSONReportTests {
  private let sample = SampleRun()

  private func document(_ records: [TimelineRecord]) throws -> String {
    let file = try WrittenFile()
    var report = JSONReport(output: try file.output)
    try sample.run(records, into: &report)
    return try file.text
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("the top level of DESIGN, in its order") func topLevel() throws {
    let text = try document(sample.everything())
    let keys = [
      "schema_version", "capture", "nodes", "transport", "diameter_peers", "subscribers", "registrations", "calls",
      "messaging", "media", "statistics", "findings", "coverage",
    ]
    #expect(Set(try object(text).keys) == Set(keys))
    let places = keys.compactMap { text.range(of: "\"\($0)\":")?.lowerBound }
    #expect(places.count == keys.count && places == places.sorted())
  }

  @Test("subscribers found to be one at the end have one id in all records") func resolution() throws {
    let root = try object(try document(sample.everything()))
    let subscribers = try #require(root["subscribers"] as? [[String: Any]])
    let call = try #require((root["calls"] as? [[String: Any]])?.first)
    #expect(subscribers.count == 1)
    #expect(call["caller_subscriber"] as? String == subscribers[0]["id"] as? String)
    #expect(call["callee_subscriber"] as? String == subscribers[0]["id"] as? String)
    #expect((subscribers[0]["merged_ids"] as? [String])?.count == 1)
    #expect(((subscribers[0]["diameter"] as? [[String: Any]])?.first)?["command"] as? String == "PPR")
    let nodes = try #require(root["nodes"] as? [[String: Any]])
    let leg = try #require((call["legs"] as? [[String: Any]])?.first)
    #expect(nodes.contains { $0["id"] as? String == leg["from"] as? String })
  }

  @Test("the two kinds of result stay apart") func results() throws {
    let root = try object(try document(sample.everything()))
    let registration = try #require((root["registrations"] as? [[String: Any]])?.first)
    let exchange = try #require((registration["diameter"] as? [[String: Any]])?.first)
    #expect(exchange["experimental_result_code"] as? Int == 5001)
    #expect(exchange["vendor_id"] as? Int == 10415)
    #expect(exchange["result_code"] == nil)
    #expect((exchange["carried"] as? [String: Any])?["user_authorization_type"] as? Int == 0)
  }

  @Test("findings in order of emission, with the records they are about") func findings() throws {
    let root = try object(try document(sample.everything()))
    let findings = try #require(root["findings"] as? [[String: Any]])
    #expect(findings.map { $0["rule"] as? String } == ["user_unknown", "peer_silent"])
    #expect(findings[0]["about"] as? [String] == ["reg-0000000000000001"])
    #expect(findings[0]["severity"] as? String == "error")
  }

  @Test("an empty run is a document with empty arrays") func empty() throws {
    let root = try object(try document([]))
    #expect((root["calls"] as? [Any])?.isEmpty == true)
  }

  @Test("records beyond the buffer go through the file, with marks cut by its blocks") func spooled() throws {
    let count = 2_000
    let text = try document((0..<count).map { .registration(sample.registration(UInt64($0))) })
    let root = try object(text)
    let registrations = try #require(root["registrations"] as? [[String: Any]])
    #expect(registrations.count == count)
    #expect(text.utf8.count > 4 * RecordSpool.bufferSize)
    let subscriber = try #require((root["subscribers"] as? [[String: Any]])?.first?["id"] as? String)
    #expect(registrations.allSatisfy { $0["subscriber"] as? String == subscriber })
    #expect(!text.utf8.contains { $0 < 0x20 && $0 != 0x0a })
  }

  @Test("json and ndjson hold the same records") func agreement() throws {
    let file = try WrittenFile()
    var report = NDJSONReport(output: try file.output)
    try sample.run(sample.everything(), into: &report)
    let lines = try file.text.split(separator: "\n").map { try object(String($0)) }
    #expect(
      lines.compactMap { $0["type"] as? String } == [
        "registration", "finding", "messaging", "registration", "call", "finding", "late", "capture", "node", "node",
        "node", "node", "node", "node", "association", "incident", "incident", "incident", "diameter_peer",
        "subscriber", "statistics", "coverage",
      ])
    let root = try object(try document(sample.everything()))
    let subscriber = try #require(lines.first { $0["type"] as? String == "subscriber" })
    let merged = subscriber["merged_ids"] as? [String] ?? []
    for (type, section) in [("registration", "registrations"), ("call", "calls"), ("messaging", "messaging")] {
      let expected = try #require(root[section] as? [[String: Any]])
      let found = lines.filter { $0["type"] as? String == type }.map { line in
        // The line has the ids of its moment.
        line.filter { $0.key != "type" }.mapValues { value -> Any in
          (value as? String).map { merged.contains($0) ? subscriber["id"] as? String ?? $0 : $0 } ?? value
        }
      }
      #expect(NSArray(array: found) == NSArray(array: expected))
    }
  }

  @Test("keys that occur twice in what an exchange carried make one list") func duplicateKeys() throws {
    var registration = sample.registration()
    var details = DiameterDetails()
    details.add(.serverName, "a")
    details.add(.userDataBytes, number: 1)
    for text in ["b", "c\u{1b}\u{fc}", ""] { details.add(.serverName, text, as: .element) }
    registration.diameter[0].details = details
    let root = try object(try document([.registration(registration)]))
    let exchange = (root["registrations"] as? [[String: Any]])?.first?["diameter"] as? [[String: Any]]
    #expect(
      (exchange?.first?["carried"] as? [String: Any])?["server_name"] as? [String]
        == ["a", "b", "c\u{1b}\u{fc}", ""])
  }

  @Test("a table report is the same document with its section alone") func oneSection() throws {
    let file = try WrittenFile()
    var report = JSONReport(output: try file.output, sections: [.calls])
    try sample.run(sample.everything(), into: &report)
    #expect(Set(try object(try file.text).keys) == ["schema_version", "calls"])
  }
}
