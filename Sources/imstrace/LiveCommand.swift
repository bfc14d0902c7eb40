import ArgumentParser
import CaptureInput
import Reports

/// The same analysis while packets pass.
struct LiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "live", abstract: "The same from an interface, until Ctrl-C or a limit.",
    discussion: """
      Examples:
        imstrace live -i eth0
        imstrace live -i any -f 'port 5060 or port 3868' --format ndjson
        imstrace live -i eth0 -w core.pcapng -a duration:60
        imstrace live -D
      """)

  @Option(
    name: .customShort("i"), help: ArgumentHelp("Capture from this interface; may be repeated.", valueName: "name"))
  var interfaces: [String] = []

  @Option(name: .customShort("f"), help: ArgumentHelp("Capture only packets that match this filter.", valueName: "bpf"))
  var captureFilter: String?

  @Option(
    name: .customShort("Y"), help: ArgumentHelp("Show only what matches, as in analyze.", valueName: "filter"))
  var displayFilter: String?

  @Option(name: .customShort("c"), help: ArgumentHelp("Stop after this many packets.", valueName: "count"))
  var count: UInt64?

  @Option(
    name: .customShort("a"), help: ArgumentHelp("Stop after this many seconds.", valueName: "duration:seconds"))
  var duration: StopCondition?

  @Option(
    name: .customShort("w"),
    help: ArgumentHelp("Write the packets to this file too, as captured, with all they carry.", valueName: "file"),
    completion: .file())
  var capturePath: String?

  @Option(name: .customShort("s"), help: ArgumentHelp("Capture at most this much of a packet.", valueName: "bytes"))
  var snapLength: Int32?

  @Option(name: .customShort("B"), help: ArgumentHelp("The size of the kernel's buffer.", valueName: "MiB"))
  var bufferSize: Int32?

  @Flag(name: .customShort("p"), help: "Do not put the interface into promiscuous mode.")
  var isNotPromiscuous = false

  @Flag(name: .customShort("D"), help: "List the interfaces.")
  var listsInterfaces = false

  @Flag(name: .customShort("q"), help: "Show no progress.")
  var isQuiet = false

  @Option(help: "How to write it: text, json or ndjson.")
  var format = AnalyzeCommand.Format.text

  @OptionGroup var output: OutputArguments

  func validate() throws {
    if interfaces.isEmpty, !listsInterfaces { throw ValidationError("Missing expected argument '-i <name>'") }
    if let snapLength, snapLength < 1 { throw ValidationError("-s takes a number of bytes, not \(snapLength)") }
    if let bufferSize, !(1...2047).contains(bufferSize) { throw ValidationError("-B takes 1 to 2047 MiB") }
  }

  mutating func run() throws {
    if listsInterfaces { return try list() }
    var capture = LiveCaptureOptions(interfaces: interfaces, filter: captureFilter)
    if let snapLength { capture.snapLength = snapLength }
    if let bufferSize { capture.bufferSize = bufferSize * 1024 * 1024 }
    capture.isPromiscuous = !isNotPromiscuous
    var run = try AnalysisRun(live: capture, displayFilter: displayFilter, isQuiet: isQuiet, failOn: output.failOn)
    run.options.frameLimit = count
    run.options.durationLimit = duration?.nanoseconds
    run.options.writePath = capturePath
    try run.write(format, output, flushesEachRecord: true)
  }

  private func list() throws {
    let devices: [CaptureDevice]
    do {
      devices = try CaptureDevice.all()
    } catch {
      throw CommandEnding(failureOf: error)
    }
    for (index, device) in devices.enumerated() {
      print("\(index + 1). \(device.name)" + (device.description.isEmpty ? "" : " (\(device.description))"))
    }
  }
}

/// `duration:SECONDS`, as tshark's `-a` has it.
struct StopCondition: ExpressibleByArgument {
  /// How long to capture.
  var nanoseconds: Int64

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "duration", let seconds = Double(parts[1]),
      (0...1_000_000_000).contains(seconds)
    else { return nil }
    nanoseconds = Int64(seconds * 1_000_000_000)
  }
}
