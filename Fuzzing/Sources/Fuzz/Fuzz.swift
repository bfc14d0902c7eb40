import CLibFuzzer
import EntryPoints
import Glibc

/// Runs libFuzzer on one entry point, which IMSTRACE_ENTRY_POINT names; all arguments are libFuzzer's, which starts this
/// program anew with others. Without it: `Fuzz` lists the entry points, `Fuzz seeds FOLDER CAPTURE...` writes seeds.
@main enum Fuzz {
  static func main() {
    guard let name = environment("IMSTRACE_ENTRY_POINT") else {
      without(Array(CommandLine.arguments.dropFirst()))
      return
    }
    guard let entry = EntryPoint.named(name) else {
      print("imstrace: no entry point is called \(name)")
      exit(2)
    }
    chosen = entry
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    let status = LLVMFuzzerRunDriver(&count, &arguments) { tryInput($0, $1) }
    exit(status)
  }

  private static func without(_ arguments: [String]) {
    guard arguments.count >= 2 else {
      for entry in EntryPoint.all { print(entry.name) }
      return
    }
    let seeds = SeedWriter(folder: arguments[1])
    for capture in arguments.dropFirst(2) { seeds.take(capture) }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

/// The entry point that is fuzzed. Set once, before libFuzzer begins.
nonisolated(unsafe) var chosen = EntryPoint.all[0]

/// libFuzzer's call for one input. Under this name because libFuzzer's own main, which a linker may take in beside that of
/// this program, asks for it.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  chosen.run(UnsafeRawBufferPointer(start: data, count: size).bytes)
  return 0
}
