import Foundation
import SharedCaptures
import Testing

/// A network namespace with a cable in it, for tests that capture.
enum LiveNetwork {
  static let reason: Comment = "ip or tcpreplay is not installed, or network namespaces are not permitted"

  /// Whether this user may make one.
  static let isPermitted: Bool =
    ["ip", "tcpreplay"].allSatisfy { program in
      ["/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/"].contains {
        FileManager.default.isExecutableFile(atPath: $0 + program)
      }
    } && geteuid() == 0
    && (try? BuiltCommand.shell("N=imstrace$$; ip netns add $N && ip netns del $N").status) == 0

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
