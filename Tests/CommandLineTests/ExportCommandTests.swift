import Foundation
import SharedCaptures
import Testing

@Suite struct ExportCommandTests {
  private static let sample = capture("10_hss_timeout.pcap")
  private let scratch: TemporaryFolder
  private var folder: URL { scratch.url.appending(path: "core") }

  init() throws {
    scratch = try TemporaryFolder()
  }

  private static func capture(_ name: String) -> String {
    SharedCaptures.packageDirectory.appending(path: "SampleCaptures/" + name).path
  }

  private func export(_ arguments: [String], of capture: String = sample) throws -> BuiltCommand.Ending {
    try BuiltCommand.run(["export", "--output", folder.path] + arguments + [capture])
  }

  private func object(_ file: String) throws -> [String: Any] {
    try object(Data(contentsOf: folder.appending(path: file)))
  }

  private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// An object as text, whatever the order of its keys.
  private func canonical(_ object: [String: Any]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys), as: UTF8.self)
  }

  private func index() throws -> [[String: Any]] {
    try #require(try object("index.json")["records"] as? [[String: Any]])
  }

  private func files() throws -> Set<String> {
    Set(try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.contains(".") })
  }

  // MARK: - Files

  @Test(
    "each record is a file with the object that the document has, and the index names all of them",
    arguments: ["10_hss_timeout.pcap", "generated_many_failures.pcap", "generated_all_cx_commands.pcap"])
  func records(_ name: String) throws {
    let capture = ExportCommandTests.capture(name)
    let ending = try export([], of: capture)
    #expect(ending.status == 0 && ending.errors.isEmpty && ending.output.isEmpty)
    let document = try object(try BuiltCommand.run(["analyze", "--format", "json", capture]).output)
    var expected: [String: [String: Any]] = [:]
    for (section, kind) in [
      ("registrations", "registration"), ("calls", "call"), ("messaging", "messaging"), ("subscribers", "subscriber"),
    ] {
      for var record in try #require(document[section] as? [[String: Any]]) {
        record["type"] = kind
        expected[try #require(record["id"] as? String)] = record
      }
    }
    let index = try index()
    #expect(index.count == expected.count)
    for entry in index {
      let id = try #require(entry["id"] as? String)
      let record = try object(try #require(entry["file"] as? String))
      #expect(try canonical(record) == canonical(try #require(expected[id])), "\(id)")
      #expect(entry["kind"] as? String == record["type"] as? String)
      for key in ["start", "outcome", "subscriber", "caller_subscriber", "callee_subscriber"] {
        #expect(entry[key] as? String == record[key] as? String, "\(id) \(key)")
      }
      #expect(entry["status"] as? Int == record["status"] as? Int)
      if record["type"] as? String != "subscriber" {
        #expect(entry["first_frame"] as? Int == (record["frames"] as? [Int])?.min())
      }
    }
    #expect(try files() == Set(index.compactMap { $0["file"] as? String } + ["index.json", "overview.json"]))
    let overview = try object("overview.json")
    #expect(try canonical(overview) == canonical(document.filter { overview.keys.contains($0.key) }))
    #expect(
      Set(document.keys).subtracting(overview.keys) == ["registrations", "calls", "messaging", "subscribers"])
  }

  @Test(
    "all files are valid by their schemas",
    .enabled(if: SchemaValidator.isPresent, "python3 with jsonschema is not installed"))
  func schemas() throws {
    _ = try export(["--csv"], of: ExportCommandTests.capture("generated_many_failures.pcap"))
    func errors(_ file: String, _ schema: String) throws -> String {
      try SchemaValidator.errors(in: Data(contentsOf: folder.appending(path: file)), against: schema)
    }
    #expect(try errors("index.json", "export") == "")
    #expect(try errors("overview.json", "analysis") == "")
    let records = try index().compactMap { $0["file"] as? String }
    let lines = try records.map { try Data(contentsOf: folder.appending(path: $0)) }
    #expect(records.count > 10)
    #expect(try SchemaValidator.errors(in: Data(lines.joined()), against: "record") == "")
  }

  @Test("tables have a header and a row for each record") func tables() throws {
    _ = try export(["--csv"])
    let names = try #require(try object("index.json")["tables"] as? [String])
    #expect(
      names
        == ["registrations", "calls", "messaging", "media", "subscribers", "nodes", "findings", "exchanges"]
        .map { "tables/\($0).csv" })
    func lines(_ name: String) throws -> [String] {
      try String(contentsOf: folder.appending(path: "tables/\(name).csv"), encoding: .utf8)
        .split(separator: "\r\n").map(String.init)
    }
    for table in ["registrations", "calls", "messaging", "media", "subscribers", "nodes"] {
      let alone = try BuiltCommand.run([table, "--format", "csv", ExportCommandTests.sample]).text
      #expect(try lines(table) == alone.split(separator: "\r\n").map(String.init))
    }
    #expect(try lines("findings").count == 2)
    #expect(try lines("findings")[0] == "time,severity,rule,text,about,frames")
    let exchanges = try lines("exchanges")
    #expect(exchanges[0].hasPrefix("record,start,interface,command,from,to,result_code,"))
    #expect(exchanges.dropFirst().map { $0.split(separator: ",")[3] } == ["UAR", "UAR", "MAR", "SAR"])
  }

  @Test("a record, and a filter, limit what is exported") func selection() throws {
    _ = try export(["--record", "reg-3961"])
    #expect(try index().compactMap { $0["id"] as? String }.filter { $0.hasPrefix("reg") } == ["reg-3961e40b4a0679c3"])
    _ = try export(["--replace", "-Y", "outcome == accepted"])
    #expect(try index().compactMap { $0["id"] as? String }.filter { $0.hasPrefix("reg") } == ["reg-e766ff82bba01452"])
    let nobody = try export(["--replace", "--record", "reg-ffff"])
    #expect(nobody.status == 2 && nobody.errors.contains("reg-ffff"))
    // What was there stays.
    #expect(try index().contains { $0["id"] as? String == "reg-e766ff82bba01452" })
  }

  @Test("standard input gives what the file gives") func standardInput() throws {
    _ = try export(["--record", "001010000000005"])
    let expected = try files()
    let capture = try Data(contentsOf: URL(filePath: ExportCommandTests.sample))
    let ending = try BuiltCommand.run(
      ["export", "--output", folder.path, "--replace", "--record", "001010000000005", "-"], input: capture)
    #expect(ending.status == 0)
    #expect(try files() == expected && expected.count > 3)
  }

  // MARK: - The folder

  @Test("an export is replaced where that is asked for, anything else never") func existing() throws {
    #expect(try export([]).status == 0)
    let refused = try export([])
    #expect(refused.status == 3 && refused.errors.contains("--replace"))
    let left = try scratch.write([1], as: "core/calls-of-mine")
    #expect(try export(["--replace"]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: left.path))
    try FileManager.default.removeItem(at: folder.appending(path: "index.json"))
    let foreign = try export(["--replace"])
    #expect(foreign.status == 3 && foreign.errors.contains("holds no export"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == ["core"])
  }

  @Test("an empty folder is filled") func empty() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    #expect(try export([]).status == 0)
    #expect(try index().count == 3)
  }

  @Test("nothing is left where the input cannot be read, or the folder cannot be written") func failures() throws {
    #expect(try export([], of: "/nowhere/a.pcap").status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == [])
    let unwritable = try BuiltCommand.run(["export", "--output", "/nowhere/core", ExportCommandTests.sample])
    #expect(unwritable.status == 3 && unwritable.errors.contains("/nowhere/core"))
    _ = try scratch.write([1], as: "core")
    #expect(try export(["--replace"]).status == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == ["core"])
  }

  @Test("--fail-on ends with status 1, and the export is there") func failOn() throws {
    #expect(try export(["--fail-on", "registration"]).status == 1)
    #expect(try index().count == 3)
  }

  @Test(
    "usage that has no meaning is refused",
    arguments: [["--record", "call-1", "-Y", "failed"], ["--decrypted"], ["--redact"]])
  func usage(_ arguments: [String]) throws {
    #expect(try export(arguments).status == 2)
    #expect(try BuiltCommand.run(["export", ExportCommandTests.sample]).status == 2)
  }
}
