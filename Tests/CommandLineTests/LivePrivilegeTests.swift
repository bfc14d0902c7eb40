import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// What a live capture may still do once its interfaces are open.
@Suite(.serialized, .enabled(if: LiveNetwork.isPermitted, LiveNetwork.reason))
struct LivePrivilegeTests {
  /// The lines of /proc/PID/status (proc_pid_status(5)) of a capture with these options.
  private func status(_ options: String) throws -> [String: String] {
    var fields: [String: String] = [:]
    try LiveNetwork.run(
      """
      capture -i right -a duration:3 \(options) --format ndjson
      cat /proc/$PID/status
      finish
      """
    ) { ending, _ in
      #expect(ending.status == 0, "\(ending.errors)")
      for line in ending.text.split(separator: "\n") {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts.count == 2 {
          fields[String(parts[0])] = parts[1].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
      }
    }
    return fields
  }

  @Test("no privilege is left, and none can be gained")
  func privileges() throws {
    let fields = try status("")
    #expect(fields["Uid"] == "65534 65534 65534 65534")
    #expect(fields["Gid"] == "65534 65534 65534 65534")
    #expect(fields["Groups"] == nil || fields["Groups"] == "")
    for capabilities in ["CapInh", "CapPrm", "CapEff", "CapAmb"] {
      #expect(fields[capabilities] == "0000000000000000", "\(capabilities)")
    }
    #expect(fields["NoNewPrivs"] == "1")
  }

  @Test("who stays root can gain nothing, either")
  func root() throws {
    let fields = try status("-Z root")
    #expect(fields["Uid"] == "0 0 0 0")
    #expect(fields["NoNewPrivs"] == "1")
  }

  @Test("no socket can be made", .enabled(if: FileConfinement.landlockVersion > 0, "the kernel has no Landlock"))
  func sockets() throws {
    #expect(try status("")["Seccomp"] == "2")
  }

  @Test(
    "a file of a ring is made in the folder that was named, and nowhere else, not even by root",
    .enabled(if: FileConfinement.landlockVersion > 0, "the kernel has no Landlock"), arguments: ["", "-Z root"])
  func otherFolder(_ user: String) throws {
    try LiveNetwork.run(
      """
      mkdir -m 777 $D/named; OTHER=$(mktemp -d /var/tmp/imstrace-XXXXXX); chmod 777 $OTHER; mkdir -m 700 $D/temporary
      trap 'ip netns del $N; rm -rf $OTHER' EXIT; export TMPDIR=$D/temporary
      capture -i right -f ip -a duration:20 \(user) -b filesize:20 -w $D/named/ring.pcapng --format ndjson
      replay -p 500 $S
      # A file that is due while the folder is away would be missing for want of the folder.
      while BEFORE=${NOW:-}; NOW=$(du -sb $D/named); [ "$NOW" != "$BEFORE" ]; do sleep 2; done
      ls $D/named | wc -l
      mv $D/named $D/moved; ln -s $OTHER $D/named
      replay -p 500 $S
      wait $GUARD; STATUS=$?; ls $OTHER; cat $D/errors >&2; exit $STATUS
      """
    ) { ending, _ in
      #expect(ending.status == 3)
      #expect(
        ending.errors.contains("Permission denied") || ending.errors.contains("permission denied"), "\(ending.errors)")
      let files = Int(ending.text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
      #expect(files > 2, "\(ending.text)")
    }
  }
}
