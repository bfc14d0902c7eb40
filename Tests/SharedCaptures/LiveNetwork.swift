import Foundation
import Testing

/// A network namespace with a cable in it, for tests that capture.
public enum LiveNetwork {
  /// Why not.
  public static let reason: Comment = "ip or tcpreplay is not installed, or network namespaces are not permitted"

  /// Whether this user may make one.
  public static let isPermitted: Bool =
    ["ip", "tcpreplay"].allSatisfy { program in
      ["/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/"].contains {
        FileManager.default.isExecutableFile(atPath: $0 + program)
      }
    } && geteuid() == 0
    && (try? BuiltCommand.shell("N=imstrace$$; ip netns add $N && ip netns del $N").status) == 0

  private static let sample = SharedCaptures.packageDirectory.appending(
    path: "SampleCaptures/generated_many_failures.pcap"
  ).path

  /// How many frames the sample has.
  public static let sampleFrames = 424

  /// Runs a script in which `$RUN` enters the network, `left` and `right` are the ends of a cable, `$S` is the sample and
  /// `$D` a folder that everybody may write to, with `files` in it; gives the folder to `check`.
  public static func run(
    _ script: String, files: [String: [UInt8]] = [:], check: (BuiltCommand.Ending, URL) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    let ending = try BuiltCommand.shell(prologue + script, environment: ["S": sample, "D": folder.path])
    try check(ending, folder)
  }

  /// The lines of NDJSON of a type; each line of the file must be whole.
  public static func lines(_ type: String, in file: URL) throws -> [[String: Any]] {
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.isEmpty || text.hasSuffix("\n"), "the last line is cut")
    return try text.split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }.filter { $0["type"] as? String == type }
  }

  /// How many frames a capture has, which must be whole to its end.
  public static func wholeFrames(in file: URL) throws -> Int {
    let ending = try BuiltCommand.run(["analyze", "--format", "json", file.path])
    #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending.errors)")
    let document = try JSONSerialization.jsonObject(with: ending.output) as? [String: Any]
    let coverage = document?["coverage"] as? [String: Any]
    #expect(coverage?["files_damaged"] as? Int ?? 0 == 0)
    return (document?["capture"] as? [String: Any])?["frame_count"] as? Int ?? -1
  }

  /// Makes the network, and the words of the scripts: `capture` begins to capture in the background (`$PID`), `replay`
  /// sends a capture, `finish` waits for the end of the capture. Everything is bounded in time.
  static let prologue = """
    N=imstrace$$; ip netns add $N || exit 9
    trap 'ip netns del $N' EXIT
    ip netns exec $N sysctl -q -w net.ipv6.conf.default.disable_ipv6=1 2> /dev/null
    ip -n $N link add left type veth peer name right
    ip -n $N link set left up; ip -n $N link set right up
    RUN="ip netns exec $N"
    capture() {
      timeout -k 1 25 $RUN $IMSTRACE live -q "$@" > $D/output 2> $D/errors & GUARD=$!; sleep 1.2
      read -r PID < /proc/$GUARD/task/$GUARD/children
    }
    replay() { timeout 20 $RUN tcpreplay -q -i left "$@" >> $D/replay 2>&1; }
    finish() {
      wait $GUARD; STATUS=$?
      test $STATUS = 0 || { cat $D/errors >&2; exit $STATUS; }
    }

    """
}
