import Foundation
import SharedCaptures
import Testing

@testable import Reports
@testable import SubscriberTimelines

@Suite(.enabled(if: SchemaValidator.isPresent, "python3 with jsonschema is not installed")) struct SchemaTests {
  private let sample = SampleRun()

  @Test("the document is valid") func document() throws {
    let file = try WrittenFile()
    var report = JSONReport(output: try file.output)
    try sample.run(sample.everything(), into: &report)
    #expect(try SchemaValidator.errors(in: Data(contentsOf: file.url), against: "analysis") == "")
  }

  @Test("every line is valid") func lines() throws {
    let file = try WrittenFile()
    var report = NDJSONReport(output: try file.output)
    try sample.run(sample.everything(), into: &report)
    #expect(try SchemaValidator.errors(in: Data(contentsOf: file.url), against: "record") == "")
  }

  @Test("what is shown is valid", arguments: ["reg-0000000000000001", "call-1@ue", "sip:001010000000001@ims.example"])
  func shown(query: String) throws {
    let file = try WrittenFile()
    var report = ShowReport(query: query, output: try file.output, format: .json)
    try sample.run(sample.everything(), into: &report)
    #expect(try SchemaValidator.errors(in: Data(contentsOf: file.url), against: "show") == "")
  }

  @Test("the schema refuses an unknown key") func strict() throws {
    let wrong = #"{"schema_version":"1.0","calls":[],"surprise":1}"#
    #expect(try SchemaValidator.errors(in: Data(wrong.utf8), against: "analysis").contains("surprise"))
  }
}
