import Foundation
import SharedCaptures
import Testing

/// Outputs that cannot take what is written, and ends by force: one line, status 3, and never half of something that
/// looks whole.
@Suite(.serialized) struct FailingOutputTests {
  private static let sample = SharedCaptures.packageDirectory.appending(
    path: "SampleCaptures/generated_many_failures.pcap"
  ).path

  /// A thousand subscribers: more than any buffer holds.
  private static let large: String? = {
    let file = FileManager.default.temporaryDirectory.appending(path: "imstrace-\(getpid())-large.pcap").path
    let ending = try? BuiltCommand.shell(
      "\"${IMSTRACE%/*}/sampletraffic\" write thousand_subscribers $L", environment: ["L": file])
    return ending?.status == 0 ? file : nil
  }()

  /// Runs a script with the sample as `$S`, a large capture as `$L`, and an empty folder as `$D`.
  private func run(
    _ script: String, isLarge: Bool = false, _ check: (BuiltCommand.Ending, URL) throws -> Void
  ) throws {
    let temporary = try TemporaryFolder()
    let folder = temporary.url.appending(path: "output")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let large = isLarge ? try #require(Self.large) : ""
    try withExtendedLifetime(temporary) {
      try check(
        BuiltCommand.shell(script, environment: ["S": Self.sample, "L": large, "D": folder.path]), folder)
    }
  }

  private func files(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private func expectLine(_ ending: BuiltCommand.Ending, mentioning words: String) {
    #expect(ending.status == 3)
    #expect(ending.errors.hasPrefix("imstrace: ") && ending.errors.hasSuffix("\n"))
    #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
    #expect(ending.errors.contains(words), "\(ending.errors)")
  }

  /// Whole lines of JSON; how many.
  private func wholeLines(_ file: URL) throws -> Int {
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.isEmpty || text.hasSuffix("\n"), "the last line is cut")
    let lines = text.split(separator: "\n")
    for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    return lines.count
  }

  @Test(
    "a file that may not grow: a document does not appear, and nothing is left behind", arguments: ["json", "html"])
  func document(_ format: String) throws {
    try run("ulimit -f 16; exec $IMSTRACE analyze --format \(format) --output $D/out $S") { (ending, folder) throws in
      expectLine(ending, mentioning: "File too large")
      #expect(try files(in: folder) == [])
    }
  }

  @Test("a document that was there stays as it was") func older() throws {
    try run("echo older > $D/out; ulimit -f 16; exec $IMSTRACE analyze --format json --output $D/out $S") {
      (ending, folder) throws in
      expectLine(ending, mentioning: "File too large")
      #expect(try files(in: folder) == ["out"])
      #expect(try String(contentsOf: folder.appending(path: "out"), encoding: .utf8) == "older\n")
    }
  }

  @Test("a stream that may not grow ends with a whole line") func stream() throws {
    try run(
      "ulimit -f 200; exec $IMSTRACE messages -c 2000 --detail full --format ndjson --output $D/out $L", isLarge: true
    ) { (ending, folder) throws in
      expectLine(ending, mentioning: "File too large")
      #expect(try wholeLines(folder.appending(path: "out")) > 10)
    }
  }

  @Test("a full temporary folder") func temporaryFolder() throws {
    try run(
      "export TMPDIR=/nowhere; exec $IMSTRACE messages -c 2000 --detail full --format json --output $D/out $L",
      isLarge: true
    ) { (ending, folder) throws in
      expectLine(ending, mentioning: "/nowhere")
      #expect(try files(in: folder) == [])
    }
  }

  @Test("ended by force, a stream is whole lines, and no document appears", arguments: ["ndjson", "json"])
  func force(_ format: String) throws {
    // The input does not end by itself: what was read of it is written as it comes.
    try run(
      """
      mkfifo $D/../pipe; (cat $L; exec sleep 20) > $D/../pipe & FEED=$!
      $IMSTRACE analyze --format \(format) --output $D/out $D/../pipe & ME=$!
      for i in $(seq \(format == "json" ? 40 : 400)); do sleep 0.1; test "$(stat -c %s $D/* 2>/dev/null | head -1)" -gt 60000 2>/dev/null && break; done
      sleep 0.3; kill -9 $ME; kill $FEED; wait $ME; exit 0
      """, isLarge: true
    ) { (ending, folder) throws in
      let out = folder.appending(path: "out")
      if format == "ndjson" {
        #expect(try wholeLines(out) > 5)
      } else {
        #expect(!FileManager.default.fileExists(atPath: out.path))
      }
    }
  }

  @Test("asked to end, the report is written of what was read", arguments: ["TERM", "INT"])
  func signal(_ name: String) throws {
    try run(
      """
      mkfifo $D/../pipe; (cat $S; exec sleep 20) > $D/../pipe & FEED=$!
      $IMSTRACE analyze --format json --output $D/out $D/../pipe & ME=$!
      sleep 3; kill -\(name) $ME; wait $ME; STATUS=$?; kill $FEED; exit $STATUS
      """
    ) { (ending, folder) throws in
      #expect(ending.status == 0, "\(ending.errors)")
      let document = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: "out")))
      let capture = (document as? [String: Any])?["capture"] as? [String: Any]
      #expect(capture?["frame_count"] as? Int == 424)
      #expect(try files(in: folder) == ["out"])
    }
  }
}
