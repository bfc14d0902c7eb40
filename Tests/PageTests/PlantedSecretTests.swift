import Foundation
import SharedCaptures
import Testing

/// Secrets stand in nothing that the command writes, unless they are asked for by name.
@Suite(.serialized) struct PlantedSecretTests {
  private func capture(in folder: TemporaryFolder) throws -> String {
    try folder.write(SecretCapture.bytes(), as: "secrets.pcap").path
  }

  private func run(_ arguments: [String]) throws -> String {
    let ending = try BuiltCommand.run(arguments)
    #expect(ending.status == 0, "\(arguments) \(ending.errors)")
    return ending.text + ending.errors
  }

  /// The secrets that stand in a text, in whichever form.
  private func found(in text: String) -> [String] {
    SecretCapture.secrets.filter { secret in secret.forms.contains { text.contains($0) } }.map(\.description)
  }

  @Test("they are in the capture, and shown where they are asked for", arguments: ["keys", "credentials", "texts"])
  func shown(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let text = try run([
      "messages", "--detail", "full", "--format", "ndjson", "--show-secrets", kind, try capture(in: folder),
    ])
    // All of that kind, and none of another.
    #expect(found(in: text) == SecretCapture.secrets.filter { $0.kind == kind }.map(\.description))
  }

  @Test("messages, in each form and detail", arguments: ["text", "json", "ndjson", "csv"])
  func messages(_ format: String) throws {
    let folder = try TemporaryFolder()
    let capture = try capture(in: folder)
    for detail in format == "csv" ? ["summary"] : ["summary", "headers", "full"] {
      #expect(found(in: try run(["messages", "--detail", detail, "--format", format, capture])) == [])
    }
    for frame in 1...12 { #expect(found(in: try run(["show", "--message", "\(frame)", capture])) == []) }
  }

  @Test("records and tables, in each form", arguments: ["text", "json", "ndjson", "csv", "html"])
  func records(_ format: String) throws {
    let folder = try TemporaryFolder()
    let capture = try capture(in: folder)
    let tables = ["registrations", "calls", "subscribers", "nodes", "messaging", "media"]
    for table in format == "csv" ? tables : ["analyze"] + tables {
      let messages = format == "html" ? ["--html-messages", "all"] : []
      #expect(found(in: try run([table, "--format", format] + messages + [capture])) == [], "\(table)")
    }
  }

  @Test("what is shown of a record, in each form", arguments: ["text", "json", "svg", "mermaid", "html"])
  func ladders(_ format: String) throws {
    let folder = try TemporaryFolder()
    let capture = try capture(in: folder)
    // Subscribers have no ladder of their own.
    let tables =
      ["registrations", "calls", "messaging"] + (["svg", "mermaid"].contains(format) ? [] : ["subscribers"])
    let ids = try tables.flatMap { table in
      try run([table, "--format", "ndjson", capture]).split(separator: "\n").compactMap { line in
        (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["id"] as? String
      }
    }
    #expect(ids.count >= 3)
    for id in ids { #expect(found(in: try run(["show", id, "--format", format, capture])) == []) }
  }

  @Test("the stream for correlation, and what is made of it") func stream() throws {
    let folder = try TemporaryFolder()
    let stream = try run(["messages", "--for-correlation", try capture(in: folder)])
    #expect(found(in: stream) == [])
    // Diameter and bodies travel in base64; what is inside, as hexadecimal digits.
    let inside = stream.split(separator: "\"").compactMap { Data(base64Encoded: String($0)) }.filter { $0.count > 19 }
    #expect(!inside.isEmpty)
    for bytes in inside {
      #expect(found(in: bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()) == [])
    }
    let file = try folder.write(Array(stream.utf8), as: "stream")
    for format in ["text", "json", "ndjson"] {
      #expect(found(in: try run(["correlate", "--format", format, file.path])) == [])
    }
  }

  @Test("an exported folder, with its tables") func export() throws {
    let folder = try TemporaryFolder()
    let target = folder.url.appending(path: "exported")
    let said = try run(["export", "--output", target.path, "--csv", try capture(in: folder)])
    #expect(found(in: said) == [])
    let names = try FileManager.default.subpathsOfDirectory(atPath: target.path)
    var kinds: Set<String> = []
    for name in names {
      guard let bytes = FileManager.default.contents(atPath: target.appending(path: name).path) else { continue }
      kinds.insert(String(name.split(separator: ".").last ?? ""))
      #expect(found(in: String(decoding: bytes, as: UTF8.self)) == [], "\(name)")
    }
    #expect(kinds.isSuperset(of: ["json", "csv"]))
  }

  /// The secrets that lie in packets, as bytes or in any other form.
  private func found(inPackets file: URL) throws -> [String] {
    let bytes = try Data(contentsOf: file)
    let text = String(bytes: bytes, encoding: .isoLatin1) ?? ""
    return SecretCapture.secrets.filter { secret in
      bytes.firstRange(of: secret.bytes) != nil || secret.forms.contains { text.contains($0) }
    }.map(\.description)
  }

  @Test("exported packets hold them as captured, and redacted none, at the same length")
  func packets() throws {
    let folder = try TemporaryFolder()
    let capture = try capture(in: folder)
    let files = ["plain", "redacted"].map { folder.url.appending(path: $0 + ".pcapng") }
    for (file, option) in zip(files, [[], ["--redact"]]) {
      #expect(found(in: try run(["export", "--pcap", file.path] + option + [capture])) == [])
    }
    let inSignalling = ["response", "auts", "ck", "ik", "rspauth", "SDES key", "SDP k=", "MESSAGE", "SMS"]
    #expect(Set(try found(inPackets: files[0])).isSuperset(of: inSignalling))
    #expect(try found(inPackets: files[1]) == [])
    #expect(try Data(contentsOf: files[0]).count == Data(contentsOf: files[1]).count)
  }

  @Test(
    "what a live capture writes and says, with all its lines of progress, in each form",
    .enabled(if: LiveNetwork.isPermitted, LiveNetwork.reason))
  func live() throws {
    try LiveNetwork.run(
      """
      for form in text json ndjson; do
        $RUN $IMSTRACE live -i right -f ip -c $FRAMES -a duration:20 --format $form > $D/$form 2> $D/$form.errors &
      done
      # Again and again, until each has had so many packets, wherever it began.
      for i in {1..40}; do sleep 0.5; jobs -r | grep -q . || break; replay -p 200 $D/secrets.pcap; done; wait
      cd $D; wc -c < text; cat text json ndjson *.errors
      """.replacing("$FRAMES", with: "\(SecretCapture.frameCount)"), files: ["secrets.pcap": SecretCapture.bytes()]
    ) { ending, folder in
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(found(in: ending.text + ending.errors) == [])
      for form in ["text", "json", "ndjson"] {
        // Something was read: the registration is told.
        let text = try String(contentsOf: folder.appending(path: form), encoding: .utf8)
        #expect(text.contains("15550001"), "\(form)")
      }
    }
  }

  @Test("what is said of options, files and formats that are wrong", arguments: Self.wrong)
  func errors(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    // Other inputs than captures hold secrets, too: what is wrong with them is said without them.
    let capture = try capture(in: folder)
    var names = ["CAPTURE": capture]
    for (name, text) in Self.files {
      names[name] = try folder.write(Array(text.utf8), as: name.lowercased()).path
    }
    let ending = try BuiltCommand.run(arguments.map { names[$0] ?? $0 })
    #expect(ending.status != 0)
    #expect(!ending.errors.isEmpty && found(in: ending.text + ending.errors) == [], "\(ending.errors)")
  }

  /// Files that hold keys and what people wrote, and are not what they are taken for.
  private static let files: [String: String] = {
    func planted(_ name: String) -> String {
      String(decoding: SecretCapture.secrets.first { $0.description == name }?.bytes ?? [], as: UTF8.self)
    }
    return [
      "ASSOCIATIONS": """
      "IPv4","*","*","*","AES-CBC [RFC3602]","0x\(planted("ck"))00","NULL","0x\(planted("ik"))"

      """,
      "WORDS": "\(planted("ck")) \(planted("MESSAGE"))\n",
      "STREAM": "{\"type\":\"header\",\"key\":\"\(planted("ck"))\",\"text\":\"\(planted("MESSAGE"))\"}\n",
    ]
  }()

  private static let wrong: [[String]] = [
    ["analyze", "WORDS"], ["correlate", "STREAM"], ["correlate", "CAPTURE"],
    ["analyze", "--esp-sa", "ASSOCIATIONS", "CAPTURE"], ["analyze", "--esp-sa", "WORDS", "CAPTURE"],
    ["analyze", "--diameter-dictionary", "WORDS", "CAPTURE"],
    ["analyze", "--format", "json", "--output", "/dev/full", "CAPTURE"],
  ]

  @Test("what is said of a damaged capture") func damaged() throws {
    let folder = try TemporaryFolder()
    let bytes = SecretCapture.bytes()
    for cut in stride(from: 40, to: bytes.count, by: 97) {
      let file = try folder.write(Array(bytes[..<cut]), as: "cut.pcap")
      #expect(found(in: try run(["analyze", file.path])) == [])
    }
  }
}
