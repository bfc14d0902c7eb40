import Foundation
import SharedCaptures
import Testing

/// The same packets in another form give the same report.
@Suite(.serialized) struct CaptureFormTests {
  private static let sample = SharedCaptures.packageDirectory.appending(
    path: "SampleCaptures/generated_many_failures.pcap"
  ).path

  private static func isInstalled(_ programs: String...) -> Bool {
    programs.allSatisfy { program in
      ["/usr/bin/", "/usr/sbin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + program) }
    }
  }

  /// The JSON document without what tells of files.
  private static func withoutFiles(_ json: Data) throws -> NSDictionary {
    var document = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    var capture = document["capture"] as? [String: Any]
    capture?["files"] = nil
    let points = capture?["points"] as? [[String: Any]]
    capture?["points"] = points?.map { point in
      point.filter { $0.key != "files" && $0.key != "interface" }
    }
    document["capture"] = capture
    return document as NSDictionary
  }

  @Test(
    "standard input, compression, pcapng and ten files in a row",
    .enabled(if: isInstalled("gzip", "zstd", "editcap"), "gzip, zstd or editcap is not installed"),
    arguments: [
      "cat $S | $IMSTRACE analyze --format json -",
      "gzip -c $S > $D/a.gz; $IMSTRACE analyze --format json $D/a.gz",
      "zstd -q -c $S > $D/a.zst; $IMSTRACE analyze --format json $D/a.zst",
      "gzip -c $S | $IMSTRACE analyze --format json -",
      "editcap -F pcapng $S $D/a.pcapng; $IMSTRACE analyze --format json $D/a.pcapng",
      "mkdir $D/s; editcap -c 43 $S $D/s/a.pcap; test $(ls $D/s | wc -l) = 10 && $IMSTRACE analyze --format json $D/s",
    ])
  func form(_ line: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let environment = ["S": CaptureFormTests.sample, "D": folder.path]
    let wanted = try BuiltCommand.run(["analyze", "--format", "json", CaptureFormTests.sample])
    let found = try BuiltCommand.shell(line, environment: environment)
    #expect(found.status == 0)
    #expect(try CaptureFormTests.withoutFiles(found.output) == CaptureFormTests.withoutFiles(wanted.output))
    // Byte for byte, but for the line of the inputs.
    let lines = [found.text, wanted.text].map { text in
      text.split(separator: "\n").filter { !$0.contains("\"capture\":{") }
    }
    #expect(lines[0] == lines[1])
  }

  private static let mayMakeNamespaces: Bool =
    isInstalled("ip", "tcpreplay") && geteuid() == 0
    && (try? BuiltCommand.shell("N=imstrace$$; ip netns add $N && ip netns del $N").status) == 0

  @Test(
    "an interface gives what the file gives that it was written to",
    .enabled(if: mayMakeNamespaces, "ip or tcpreplay is not installed, or network namespaces are not permitted"))
  func live() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // The capture goes on as a user who is not root.
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = """
      N=imstrace$$; ip netns add $N || exit 9
      trap 'ip netns del $N' EXIT
      ip -n $N link add left type veth peer name right
      ip -n $N link set left up; ip -n $N link set right up
      timeout 30 ip netns exec $N $IMSTRACE live -q -i right -f 'ip' -c 424 -a duration:15 --format json \
        -w $D/taken.pcapng > $D/live.json &
      CAPTURE=$!
      sleep 1.5
      timeout 10 ip netns exec $N tcpreplay -q -i left -p 500 $S > $D/replay.log 2>&1
      wait $CAPTURE || exit 8
      $IMSTRACE analyze --format json $D/taken.pcapng > $D/file.json || exit 7
      stat -c %U $D/taken.pcapng
      """
    let ending = try BuiltCommand.shell(script, environment: ["S": CaptureFormTests.sample, "D": folder.path])
    #expect(ending.status == 0)
    #expect(!ending.text.hasPrefix("root"))
    func document(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }
    let live = try CaptureFormTests.withoutFiles(document("live.json"))
    #expect(try live == CaptureFormTests.withoutFiles(document("file.json")))
    #expect((live["registrations"] as? [Any])?.count == 8)
  }
}
