import ArgumentParser

/// What to read.
struct InputArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Captures to read, merged by time; - is standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    name: .customShort("r"),
    help: ArgumentHelp("A capture to read, like a plain argument.", valueName: "file"), completion: .file())
  var read: [String] = []

  @Option(name: .customShort("f"), help: ArgumentHelp("Read only packets that match this filter.", valueName: "bpf"))
  var captureFilter: String?

  @Option(
    name: .customShort("Y"),
    help: ArgumentHelp(
      "Show only what matches, such as 'subscriber == 15550001 and failed' (Documentation/DisplayFilter.md).",
      valueName: "filter"))
  var displayFilter: String?

  @Flag(
    help:
      "The files are streams that messages --for-correlation wrote, merged by time (Documentation/CorrelationStream.md)."
  )
  var correlated = false

  @OptionGroup var keys: KeyArguments
  @OptionGroup var dictionaries: DictionaryArguments
  @Flag(
    help: "Leave out SCTP packets with a wrong CRC32c; one that the sending host captured may have none yet.")
  var sctpChecksum = false

  @Option(name: .customShort("c"), help: ArgumentHelp("Read only this many packets.", valueName: "count"))
  var count: UInt64?

  @Option(
    help: ArgumentHelp(
      "Work on 1 or 2 threads; by default on 2 where there are processors for them.", valueName: "count"))
  var threads: Int?

  @Flag(name: .customShort("n"), help: "Do not show the names that the capture gives to addresses.")
  var ignoresNames = false

  @OptionGroup var names: NamesArguments
  @Flag(name: .customShort("q"), help: "Show no progress.")
  var isQuiet = false

  /// All inputs.
  var inputs: [String] { read + files }

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more.") }
    if correlated { try requireNoPackets() }
  }

  /// Streams hold no packets: what is about packets was asked for where they were dissected.
  func requireNoPackets() throws {
    if captureFilter != nil || count != nil || sctpChecksum || keys.areGiven {
      throw ValidationError("-f, -c, --sctp-checksum, --keys and --esp-sa go with captures, not with streams")
    }
  }
}
