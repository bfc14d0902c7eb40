import Foundation
import SharedCaptures
import Testing

/// What the command writes for the captures of SampleCaptures, compared byte for byte with checked-in files.
///
/// `make golden` renews them: it runs these tests with IMSTRACE_RENEW_GOLDEN=1. Look at the difference before it is
/// committed.
@Suite struct GoldenReportTests {
  private static let captures = SharedCaptures.packageDirectory.appending(path: "SampleCaptures")
  private static let golden = SharedCaptures.packageDirectory.appending(path: "Tests/GoldenReportTests/Golden")
  private static let isRenewing = ProcessInfo.processInfo.environment["IMSTRACE_RENEW_GOLDEN"] == "1"

  private static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: captures.path)) ?? []
    return files.filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") }.sorted()
  }()

  @Test("reports are as checked in", arguments: names, ["text", "json"])
  func report(_ name: String, _ format: String) throws {
    // From the folder, so that no path stands in the output.
    let line = "cd '\(GoldenReportTests.captures.path)' && \"$IMSTRACE\" analyze --format \(format) '\(name)'"
    let ending = try BuiltCommand.shell(line)
    #expect(ending.status == 0)
    try compare(ending, with: name + (format == "text" ? ".txt" : ".json"))
  }

  @Test("ladders are as checked in", arguments: names)
  func ladders(_ name: String) throws {
    let list = """
      cd '\(GoldenReportTests.captures.path)' || exit
      for id in $("$IMSTRACE" analyze --format ndjson '\(name)' |
        sed -nE 's/^\\{"type":"(registration|call)","id":"([^"]*)".*/\\2/p' | head -4)
      do "$IMSTRACE" show "$id" '\(name)' || exit; echo; done
      """
    let ending = try BuiltCommand.shell(list)
    #expect(ending.status == 0)
    try compare(ending, with: name + ".show.txt")
  }

  @Test("tables are as checked in", arguments: names) func tables(_ name: String) throws {
    let lines = """
      cd '\(GoldenReportTests.captures.path)' || exit
      for table in registrations calls messaging subscribers nodes
      do "$IMSTRACE" $table --format csv '\(name)' || exit; echo; done
      """
    let ending = try BuiltCommand.shell(lines)
    #expect(ending.status == 0)
    try compare(ending, with: name + ".csv")
  }

  @Test(
    "the data of pages are as checked in",
    arguments: ["10_hss_timeout.pcap", "19_ipsec.pcap", "generated_many_failures.pcap"])
  func pages(_ name: String) throws {
    // Without the style sheet and the program, which have files of their own.
    let line = """
      cd '\(GoldenReportTests.captures.path)' && "$IMSTRACE" analyze --format html '\(name)' |
        sed -n '/^<script type="application.json"/,/^<script>/p' | sed '$d'
      """
    let ending = try BuiltCommand.shell(line)
    #expect(ending.status == 0)
    try compare(ending, with: name + ".html")
  }

  @Test(
    "exports are as checked in",
    arguments: ["10_hss_timeout.pcap", "generated_many_failures.pcap"])
  func exports(_ name: String) throws {
    let lines = """
      folder=$(mktemp -d) && trap 'rm -r "$folder"' EXIT && cd '\(GoldenReportTests.captures.path)' || exit
      "$IMSTRACE" export --output "$folder/export" --csv '\(name)' && cd "$folder/export" || exit
      for file in $(find . -type f | sort); do echo "== $file"; cat "$file"; done
      """
    let ending = try BuiltCommand.shell(lines)
    #expect(ending.status == 0)
    try compare(ending, with: name + ".export")
  }

  private func compare(_ ending: BuiltCommand.Ending, with name: String) throws {
    #expect(ending.errors.isEmpty)
    let file = GoldenReportTests.golden.appending(path: name)
    if GoldenReportTests.isRenewing {
      try ending.output.write(to: file)
    } else {
      let expected = try Data(contentsOf: file)
      #expect(
        ending.output == expected, "\(name) differs; IMSTRACE_RENEW_GOLDEN=1 writes it anew")
    }
  }
}
