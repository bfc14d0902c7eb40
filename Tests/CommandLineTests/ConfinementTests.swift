import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// While it reads, the command can reach its inputs and its output, and nothing else.
@Suite(.serialized, .enabled(if: FileConfinement.landlockVersion > 0, "the kernel has no Landlock"))
struct ConfinementTests {
  private static let sample = SharedCaptures.packageDirectory.appending(
    path: "SampleCaptures/10_hss_timeout.pcap"
  ).path

  /// The command opens a pipe, which holds it up, and then a link that was changed in the meantime.
  private func swapped(to target: String, of folder: TemporaryFolder) throws -> BuiltCommand.Ending {
    try BuiltCommand.shell(
      """
      cp $S $D/first.pcap; cp $S $D/second.pcap; mkdir $D/links $D/temporary
      ln -s $D/first.pcap $D/links/capture; mkfifo $D/pipe
      $IMSTRACE analyze $D/pipe $D/links/capture & ME=$!
      sleep 1; grep -E 'NoNewPrivs|Seccomp:' /proc/$ME/status
      ln -sf $D/\(target) $D/links/capture; cat $S > $D/pipe
      wait $ME
      """, environment: ["S": Self.sample, "D": folder.url.path, "TMPDIR": folder.url.path + "/temporary"])
  }

  @Test("a file that the user did not name cannot be opened once the run has begun, not even by root")
  func otherFile() throws {
    let ending = try swapped(to: "second.pcap", of: TemporaryFolder())
    #expect(ending.status == 2)
    #expect(ending.errors.contains("links/capture") && ending.errors.contains("permission denied"), "\(ending.errors)")
    let text = ending.text.replacingOccurrences(of: "\t", with: " ")
    #expect(text.contains("NoNewPrivs: 1") && text.contains("Seccomp: 2"))
  }

  @Test("the file that they named can") func sameFile() throws {
    let ending = try swapped(to: "first.pcap", of: TemporaryFolder())
    #expect(ending.status == 0, "\(ending.errors)")
  }

  @Test(
    "what a run needs is within reach",
    arguments: [
      "analyze $S", "analyze --output out $S", "analyze --format html --output $D/out $S", "analyze $D/folder",
      "analyze - < $S", "analyze --format html --html-messages all --output $D/out - < $S", "analyze /dev/stdin < $S",
      "analyze -f 'host 127.0.0.1 or port sip' $S", "analyze --keys $S $S", "show --message 3 $S",
      "analyze --output /dev/null $S",
      "messages --for-correlation $S > $D/stream; $IMSTRACE correlate $D/stream", "calls --format csv $D/link.pcap",
      "analyze --output $D/loose/out $S", "export --output $D/exported $S",
      "export --output $D/exported --csv --pcap $D/loose/some.pcapng $S",
      "export --output exported $S; $IMSTRACE export --output exported --replace $S",
    ])
  func reach(_ arguments: String) throws {
    let folder = try TemporaryFolder()
    let ending = try BuiltCommand.shell(
      """
      cd $D; mkdir folder elsewhere target; cp $S elsewhere/b.pcap; ln -s $D/elsewhere/b.pcap folder/b.pcap
      ln -s $S link.pcap; ln -s target loose; set -e
      $IMSTRACE \(arguments)
      """, environment: ["S": Self.sample, "D": folder.url.path])
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.errors.isEmpty, "\(ending.errors)")
  }

  @Test("no socket can be made, nothing written elsewhere, nothing started") func thread() async throws {
    // Not where temporary files are made: there everything is within reach.
    let folder = URL(filePath: "/var/tmp/imstrace-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder.appending(path: "made"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let capture = folder.appending(path: "capture")
    let other = folder.appending(path: "other")
    for file in [capture, other] { try Data([1, 2, 3]).write(to: file) }
    let output = folder.appending(path: "made/out").path
    // Landlock and seccomp bind a thread: this one ends with the test.
    let found: [String: Int32] = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var codes: [String: Int32] = [:]
        codes["taken"] = FileConfinement(readable: [capture.path], outputs: [output]).take() ? 0 : 1
        codes["read input"] = code { open(capture.path, O_RDONLY) }
        codes["write input"] = code { open(capture.path, O_WRONLY) }
        codes["read other"] = code { open(other.path, O_RDONLY) }
        codes["make output"] = code { open(output, O_RDWR | O_CREAT, 0o600) }
        codes["make other"] = code { open(other.path + ".new", O_RDWR | O_CREAT, 0o600) }
        codes["remove other"] = code { unlink(other.path) }
        codes["list"] = code { open("/", O_RDONLY | O_DIRECTORY) }
        codes["socket"] = code { socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0) }
        codes["start"] = code { start("/bin/true") }
        continuation.resume(returning: codes)
      }
    }
    #expect(
      found == [
        "taken": 0, "read input": 0, "write input": EACCES, "read other": EACCES, "make output": 0,
        "make other": EACCES, "remove other": EACCES, "list": EACCES, "socket": EPERM, "start": EACCES,
      ])
  }
}

/// 0, or why a call failed.
private func code(_ call: () -> Int32) -> Int32 {
  let result = call()
  if result > 2 { close(result) }
  return result < 0 ? errno : 0
}

/// Starts a program; -1 with errno set where that is refused.
private func start(_ path: String) -> Int32 {
  var process: pid_t = 0
  var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), nil]
  defer { free(arguments[0]) }
  errno = posix_spawn(&process, path, nil, nil, &arguments, nil)
  guard errno == 0 else { return -1 }
  waitpid(process, nil, 0)
  return 0
}
