import ArgumentParser
import CaptureAnalysis
import SubscriberTimelines

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the user knows of nodes and numbers.
struct NamesArguments: ParsableArguments {
  /// The longest file: 65,536 lines of 64 bytes.
  static let largestFile = 4 << 20

  @Option(
    name: .customLong("names"),
    help: ArgumentHelp(
      "Names and roles of nodes, lines 'address[:port] name [role]', which override what is found; may be repeated.",
      valueName: "file"), completion: .file())
  var files: [String] = []

  @Option(
    name: .customLong("country-code"),
    help: ArgumentHelp(
      "The country code of the network: national telephone numbers are compared with international ones.",
      valueName: "digits"))
  var countryCode: String?

  func validate() throws {
    guard let countryCode else { return }
    guard (1...3).contains(countryCode.utf8.count), countryCode.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw ValidationError("--country-code takes one to three digits, not \(countryCode)")
    }
  }

  /// Reads the files and hands what they say to the analysis.
  func apply(to options: inout AnalysisOptions) throws {
    options.countryCode = countryCode
    for path in files {
      let text = try NamesArguments.text(of: path)
      do throws(NodeNamesFailure) {
        try options.nodeNames.add(text, file: path)
      } catch {
        throw CommandEnding(status: CommandEnding.Status.unusable, line: error.description)
      }
    }
  }

  private static func text(of path: String) throws -> String {
    guard let bytes = SmallFile.bytes(path: path, longest: largestFile + 1) else { throw ending(path, systemMessage()) }
    if bytes.count > largestFile { throw ending(path, "more than \(largestFile >> 20) MiB: no file of names") }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func systemMessage() -> String {
    unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unreadable"
  }

  private static func ending(_ path: String, _ message: String) -> CommandEnding {
    CommandEnding(status: CommandEnding.Status.unusable, line: "\(path): \(message)")
  }
}
