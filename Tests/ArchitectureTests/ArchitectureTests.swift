import Foundation
import SharedCaptures
import Testing

/// The rules of the house that a program can check (ARCHITECTURE.md).
@Suite struct ArchitectureTests {
  private static let files = Result {
    (
      architecture: try SourceFile("ARCHITECTURE.md"), sources: try SourceFile.all(in: ["Sources"]),
      tests: try SourceFile.all(in: ["Tests"])
    )
  }

  private let architecture: SourceFile
  private let sources: [SourceFile]
  private let tests: [SourceFile]
  /// What each room may import, beside itself.
  private let rooms: [String: Set<String>]

  init() throws {
    (architecture, sources, tests) = try ArchitectureTests.files.get()
    let table = DocumentedTable(beginningWith: "room", in: architecture)
    rooms = Dictionary(
      table.rows.map { row in
        (row[0], Set(row[2].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }).subtracting(["-"]))
      }, uniquingKeysWith: { $0.union($1) })
  }

  /// The three names of the C library are one.
  private static let librariesOfC: Set<String> = ["Glibc", "Musl", "Darwin"]

  @Test("every room is in the table of ARCHITECTURE.md, and every row is a room") func everyRoom() throws {
    let folder = SharedCaptures.packageDirectory.appending(path: "Sources")
    let folders = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(folders) == Set(rooms.keys))
  }

  @Test("a room imports what the table allows and nothing else") func imports() {
    for file in sources {
      let allowed = rooms[file.room] ?? []
      for module in file.imports {
        let name = ArchitectureTests.librariesOfC.contains(module) ? "C library" : module
        #expect(allowed.contains(name), "\(file.path) imports \(module)")
      }
    }
  }

  @Test("the table allows nothing that no file of the room needs") func tableIsMinimal() {
    for (room, allowed) in rooms {
      let imported = Set(sources.filter { $0.room == room }.flatMap(\.imports))
        .map { ArchitectureTests.librariesOfC.contains($0) ? "C library" : $0 }
      #expect(allowed.subtracting(imported) == [], "\(room) does not import these")
    }
  }

  /// What is keyed at all is keyed by the standard library's hash, which has a key of its own for each process, or by
  /// `HashKey`; what hashes by itself, the pair of two ends and two tables, is under a random key too, and tests hold that
  /// against chosen keys (EndpointPairTests, MediaFlowKeyTests, HashKeyTests).
  @Test("no table hashes but under a key that the capture cannot know") func hashes() {
    let rooms = sources.filter { !$0.room.hasPrefix("SampleTraffic") }
    func files(_ pattern: String) -> Set<String> { Set(rooms.filter { $0.matches(pattern) }.map(\.name)) }
    let hashing = files(#"\bfunc hash\(into |_rawHashValue|\.hashValue\b"#)
    #expect(hashing == ["KeyedHash", "EndpointPair", "MediaStreamTable"])
    // The third is by time.
    #expect(files(#"\bbuckets\["#) == ["TCPConnectionTable", "StreamStateTable", "TimerWheel"])
    // A hash begins with the key; numbers are combined with it. The empty places of RecentDescriptions are no hashes.
    let begun = files(#"^(?!.*combined\(with: *KeyedHash).*\bKeyedHash\(high:"#)
    #expect(begun == ["HashKey", "RecentDescriptions"])
    #expect(files(#"\bHashKey\(first:"#) == [])
  }

  @Test("Foundation stays out of the package, but for the command that writes the truth of generated captures")
  func foundation() {
    let users = Set(sources.filter { $0.imports.contains("Foundation") }.map(\.room))
    #expect(users == ["SampleTrafficCommand"])
  }

  @Test("every library room has its tests") func testTargets() throws {
    let manifest = try SourceFile("Package.swift")
    for room in rooms.keys where manifest.text.contains("room(\"\(room)\"") {
      #expect(tests.contains { $0.room == room + "Tests" }, "\(room) has none")
    }
  }

  @Test("no file is longer than 500 lines") func length() {
    for file in sources + tests {
      #expect(file.lines.count <= 501, "\(file.path) has \(file.lines.count - 1)")
    }
  }

  @Test("a file of Sources is named after the type that it declares or extends") func names() throws {
    for file in sources {
      let parts = file.name.split(separator: "+", maxSplits: 1)
      // An extension of [UInt8] is one of Array; a nested type is named without the dots; a lone function is as good.
      let text = file.text.replacing("extension [UInt8]", with: "extension Array")
      let kinds = parts.count > 1 ? "extension" : "struct|class|enum|actor|protocol|extension|typealias|func"
      let declares = text.matches(of: try Regex("\\b(?:\(kinds)) ([\\w.]+)")).contains { match in
        let name = match.output[1].substring?.replacing(".", with: "") ?? ""
        return name.lowercased() == parts[0].lowercased()
      }
      #expect(declares, "\(file.path) holds no \(parts[0])")
    }
  }

  @Test("Documentation/Findings.md has a row for every rule, and no other") func findings() throws {
    let page = try SourceFile("Documentation/Findings.md")
    let documented = page.lines.filter { $0.hasPrefix("| `") }
      .compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
    #expect(Set(documented).count == documented.count)
    // The key of a rule stands where a rule is made: in the row of a table, or in the call that emits a finding.
    let rows = [
      #"(?:key|rule): *"([a-z_]+)""#, #"\brule = (?:\w+ \? "[a-z_]+" : )?"([a-z_]+)""#, #"\brule = \w+ \? "([a-z_]+)""#,
      #"\bemit\(\s*"([a-z_]+)""#, #"StatusMeaning\(\s*\d+, *"([a-z_]+)""#,
      #"\(\s*"([a-z_]+)", *(?:CxCommand\.application|PolicyCommand\.rxApplication)\)"#,
      #"\(\s*"([a-z_]+)", \.(?:note|warning|error),"#,
    ]
    let files = sources.filter { $0.room == "SubscriberTimelines" }
    let keys = Set(files.flatMap { file in rows.flatMap { file.captures($0) } })
    #expect(keys.count > 100)
    let transport: Set = ["connection_lost"]
    #expect(keys.union(transport).subtracting(documented).sorted() == [])
    #expect(Set(documented).subtracting(keys.union(transport)).sorted() == [])
  }

  @Test("nothing is left for later") func unfinished() {
    // Written apart, so that this file does not find itself.
    let marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX:", "not implemented", "unimplemented", "fatal" + "Error(\""]
    // The causes of TS 24.011 use such words themselves.
    for file in sources + tests where file.room != "ArchitectureTests" && file.name != "RelayCause" {
      for mark in marks { #expect(!file.text.contains(mark), "\(file.path) has \(mark)") }
    }
  }

  @Test("no file holds a path of one machine") func machinePaths() throws {
    let checkout = SharedCaptures.packageDirectory.path(percentEncoded: false)
    let home = FileManager.default.homeDirectoryForCurrentUser.path(percentEncoded: false)
    let paths = ["/ho" + "me/", "/Us" + "ers/", "/ro" + "ot/"] + [checkout, home].filter { $0.count > 2 }
    let top = try FileManager.default.contentsOfDirectory(atPath: checkout)
      .filter { name in name == "Makefile" || [".md", ".swift"].contains { name.hasSuffix($0) } }
      .map(SourceFile.init)
    let others = try SourceFile.all(
      in: ["SampleCaptures", "Schemas", "Setup", "Tests", "Documentation"],
      endingIn: [".md", ".json", ".txt", "prepare"])
    for file in top + others + sources + tests {
      for path in paths { #expect(!file.text.contains(path), "\(file.path) has \(path)") }
    }
  }

  @Test("the bounds in ARCHITECTURE.md are those of the code") func bounds() {
    let rows = DocumentedTable(beginningWith: "bound", in: architecture).rows
    #expect(rows.count > 30)
    for row in rows {
      let parts = row[0].split(separator: ".")
      let value = row[1].replacing("\u{a0}", with: " ")
      let declaration = "(let|var) \(parts[1])(: \\w+)? (= |\\{ )\(NSRegularExpression.escapedPattern(for: value))\\b"
      let found = sources.contains { file in
        (file.name == parts[0] || file.name.hasPrefix(parts[0] + "+"))
          && file.matches(declaration)
      }
      #expect(found, "no \(row[0]) = \(value)")
    }
  }
}
