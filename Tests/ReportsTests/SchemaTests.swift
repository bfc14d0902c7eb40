import Foundation
import SharedCaptures
import Testing

@testable import Reports
@testable import SubscriberTimelines

/// Whether python3 with jsonschema is there. A continuous-integration run installs it.
let canValidate: Bool = (try? validate(Data("{}".utf8), against: nil))?.isEmpty ?? false

/// What is wrong with a document, or with each line of one, by a schema of the folder Schemas.
func validate(_ document: Data, against schema: String?) throws -> String {
  let program = """
    import json, sys
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    if len(sys.argv) < 3: sys.exit()
    folder, name = sys.argv[1:3]
    load = lambda n: json.load(open(folder + "/" + n + ".schema.json"))
    schemas = [load(n) for n in ("analysis", "record", "show")]
    registry = Registry().with_resources([(s["$id"], Resource.from_contents(s)) for s in schemas])
    validator = Draft202012Validator(load(name), registry=registry)
    text = sys.stdin.read()
    for part in text.splitlines() if name == "record" else [text]:
        for error in validator.iter_errors(json.loads(part)):
            errors = [error] + list(error.context or [])
            for e in errors[:12]: print(e.json_path, e.message[:300])
    """
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["python3", "-c", program]
  if let schema {
    process.arguments? += [SharedCaptures.packageDirectory.appending(path: "Schemas").path, schema]
  }
  let input = Pipe()
  let output = Pipe()
  process.standardInput = input
  process.standardOutput = output
  process.standardError = output
  try process.run()
  try input.fileHandleForWriting.write(contentsOf: document)
  try input.fileHandleForWriting.close()
  let answer = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: answer, as: UTF8.self)
}

@Suite(.enabled(if: canValidate, "python3 with jsonschema is not installed")) struct SchemaTests {
  private let sample = SampleRun()

  @Test("the document is valid") func document() throws {
    let file = try WrittenFile()
    var report = JSONReport(output: try file.output)
    try sample.run(sample.everything(), into: &report)
    #expect(try validate(Data(contentsOf: file.url), against: "analysis") == "")
  }

  @Test("every line is valid") func lines() throws {
    let file = try WrittenFile()
    var report = NDJSONReport(output: try file.output)
    try sample.run(sample.everything(), into: &report)
    #expect(try validate(Data(contentsOf: file.url), against: "record") == "")
  }

  @Test("what is shown is valid", arguments: ["reg-0000000000000001", "call-1@ue", "sip:001010000000001@ims.example"])
  func shown(query: String) throws {
    let file = try WrittenFile()
    var report = ShowReport(query: query, output: try file.output, format: .json)
    try sample.run(sample.everything(), into: &report)
    #expect(try validate(Data(contentsOf: file.url), against: "show") == "")
  }

  @Test("the schema refuses an unknown key") func strict() throws {
    let wrong = #"{"schema_version":"1.0","calls":[],"surprise":1}"#
    #expect(try validate(Data(wrong.utf8), against: "analysis").contains("surprise"))
  }
}
