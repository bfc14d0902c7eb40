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
        imstrace live -i eth0 -w core.pcapng -b filesize:100000 -b files:10
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
    name: .customShort("a"),
    help: ArgumentHelp(
      "Stop after duration:seconds, packets:count, filesize:kB (of -w) or files:count (of -b); may be repeated.",
      valueName: "condition"))
  var stopConditions: [CaptureLimit] = []

  @Option(
    name: .customShort("b"),
    help: ArgumentHelp(
      "Begin the next file of -w after duration:seconds or filesize:kB, and keep files:count of them; may be repeated.",
      valueName: "condition"))
  var ringLimits: [CaptureLimit] = []

  @Option(
    name: .customShort("w"),
    help: ArgumentHelp("Write the packets to this file too, as captured, with all they carry.", valueName: "file"),
    completion: .file())
  var capturePath: String?

  @Flag(
    help: ArgumentHelp(
      "Refused: which bytes of a packet are secret is known when the message it belongs to is whole, and its packets are"
        + " written before. Capture with -w, then imstrace export --pcap --redact."))
  var redact = false

  @Option(name: .customShort("s"), help: ArgumentHelp("Capture at most this much of a packet.", valueName: "bytes"))
  var snapLength: Int32?

  @Option(name: .customShort("B"), help: ArgumentHelp("The size of the kernel's buffer.", valueName: "MiB"))
  var bufferSize: Int32?

  @Option(
    name: .customShort("Z"),
    help: ArgumentHelp(
      "Go on as this user once the interfaces are open: by default who called sudo, else nobody; root to stay root.",
      valueName: "user"))
  var userName: String?

  @Option(help: ArgumentHelp("Print the summary so far this often (text and ndjson).", valueName: "seconds"))
  var summaryInterval: Double?

  @OptionGroup var keys: KeyArguments
  @OptionGroup var names: NamesArguments

  @Flag(name: .customShort("p"), help: "Do not put the interface into promiscuous mode.")
  var isNotPromiscuous = false

  @Flag(name: .customShort("D"), help: "List the interfaces.")
  var listsInterfaces = false

  @Flag(name: .customShort("n"), help: "Taken as in tshark; no names are ever looked up.")
  var ignoresNames = false

  @Flag(name: .customShort("q"), help: "Show no progress.")
  var isQuiet = false

  @Option(help: "How to write it: text, json or ndjson.")
  var format = AnalyzeCommand.Format.text

  @OptionGroup var dictionaries: DictionaryArguments
  @OptionGroup var output: OutputArguments

  func validate() throws {
    if interfaces.isEmpty, !listsInterfaces { throw ValidationError("Missing expected argument '-i <name>'") }
    if !ringLimits.isEmpty, capturePath == nil || capturePath == "-" {
      throw ValidationError("-b needs the name of a file with -w")
    }
    if let summaryInterval {
      if !(1...1_000_000).contains(summaryInterval) {
        throw ValidationError("--summary-interval takes 1 to 1000000 seconds")
      }
      if format == .json { throw ValidationError("--summary-interval goes with --format text or ndjson") }
    }
    if format == .html {
      throw ValidationError("--format html reads its input twice: capture with -w, then imstrace analyze --format html")
    }
    if redact {
      throw ValidationError(
        "live writes packets before the messages in them are whole, so it cannot redact them: capture with -w, then "
          + "imstrace export --pcap FILE --redact")
    }
    if let snapLength, snapLength < 1 { throw ValidationError("-s takes a number of bytes, not \(snapLength)") }
    if let bufferSize, !(1...2047).contains(bufferSize) { throw ValidationError("-B takes 1 to 2047 MiB") }
  }

  mutating func run() throws {
    if listsInterfaces { return try list() }
    var capture = LiveCaptureOptions(interfaces: interfaces, filter: captureFilter)
    if let snapLength { capture.snapLength = snapLength }
    if let bufferSize { capture.bufferSize = bufferSize * 1024 * 1024 }
    capture.isPromiscuous = !isNotPromiscuous
    try dictionaries.add()
    var run = try AnalysisRun(live: capture, displayFilter: displayFilter, isQuiet: isQuiet, failOn: output.failOn)
    keys.apply(to: &run.options)
    try names.apply(to: &run.options)
    for condition in stopConditions { condition.apply(to: &run.options.stop) }
    if let count { run.options.stop.frames = count }
    run.options.writePath = capturePath
    run.options.ring = try ring()
    run.options.confinement = FileConfinement(
      interfaces: interfaces, outputs: [capturePath, output.path].compactMap(\.self).filter { $0 != "-" })
    run.options.summaryInterval = summaryInterval.map { Int64($0 * 1_000_000_000) }
    if let userName {
      guard let user = RemainingUser(named: userName) else {
        throw ValidationError("-Z takes the name of a user, and there is no \(userName)")
      }
      run.options.remainingUser = user
    }
    try run.write(format, output, isLive: true)
  }

  private func ring() throws -> CaptureRing.Limits? {
    guard !ringLimits.isEmpty else { return nil }
    var ring = CaptureRing.Limits()
    for limit in ringLimits where !limit.apply(to: &ring) {
      throw ValidationError("-b takes duration, filesize or files, not \(limit.kind.rawValue)")
    }
    guard ring.kilobytes != nil || ring.seconds != nil else {
      throw ValidationError("-b needs a duration or a filesize after which the next file begins")
    }
    return ring
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
