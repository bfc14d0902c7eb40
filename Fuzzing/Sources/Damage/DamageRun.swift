import CaptureAnalysis
import CaptureInput
import EntryPoints
import Glibc
import Reports

/// Analyses captures with seeded damages, as many of each as asked for, and holds the time and the memory of each to
/// their bounds: `Damage COUNT CAPTURE...`.
@main enum DamageRun {
  /// The longest that one damaged capture may take, in seconds of CPU.
  static let longest = 20.0
  /// The most memory that all of them together may come to, in KiB.
  static let mostMemory = 1 << 20

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2, let count = UInt64(arguments[0]) else { fail("Damage COUNT CAPTURE...") }
    run(count: count, captures: Array(arguments.dropFirst()))
  }

  private static func run(count: UInt64, captures: [String]) -> Never {
    guard let entry = EntryPoint.named("analysis") else { fail("there is no entry point for analysis") }
    var analysed = 0
    var slowest = (seconds: 0.0, what: "")
    for capture in captures {
      guard let bytes = contents(of: capture), bytes.count > 64 else { continue }
      for seed in 1...max(1, count) {
        var generator = DamageGenerator(seed: seed)
        let damaged = generator.damage(bytes)
        // Said before: what ends the process is named by the last line.
        say("\(capture) \(seed)")
        let start = processorTime
        entry.run(damaged.span.bytes)
        let seconds = processorTime - start
        if seconds > slowest.seconds { slowest = (seconds, "\(capture), damage \(seed)") }
        if seconds > longest { fail("\(capture), damage \(seed) took \(seconds) s") }
        analysed += 1
      }
    }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print(
      "damaged captures: \(analysed); the slowest took \(slowest.seconds) s (\(slowest.what)); peak memory \(usage.ru_maxrss) KiB"
    )
    if usage.ru_maxrss > mostMemory { fail("memory went beyond \(mostMemory) KiB") }
    exit(0)
  }

  /// Seconds of CPU so far: what else the machine does is no matter.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = fread(buffer.baseAddress, 1, size, file)
    }
  }

  private static func fail(_ words: String) -> Never {
    print("imstrace: " + words)
    exit(1)
  }

  private static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
