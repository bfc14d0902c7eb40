import CLibFuzzer
import EntryPoints
import Glibc

/// Runs libFuzzer on one entry point, which IMSTRACE_ENTRY_POINT names; all arguments are libFuzzer's, which starts this
/// program anew with others. Without it: `Fuzz` lists the entry points, `Fuzz FOLDER CAPTURE...` writes seeds.
@main enum Fuzz {
  static func main() {
    guard let name = environment("IMSTRACE_ENTRY_POINT") else {
      let arguments = CommandLine.arguments.dropFirst()
      guard let folder = arguments.first else {
        for entry in EntryPoint.all { print(entry.name) }
        return
      }
      let seeds = SeedWriter(folder: folder)
      for capture in arguments.dropFirst() { seeds.take(capture) }
      return
    }
    guard let entry = EntryPoint.named(name) else {
      print("imstrace: no entry point is called \(name)")
      exit(2)
    }
    chosen = entry
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    let status = LLVMFuzzerRunDriver(&count, &arguments) { data, size in
      let bytes = UnsafeRawBufferPointer(start: data, count: size)
      chosen.run(bytes.bytes)
      return 0
    }
    exit(status)
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

/// The entry point that is fuzzed. Set once, before libFuzzer begins.
nonisolated(unsafe) var chosen = EntryPoint.all[0]
