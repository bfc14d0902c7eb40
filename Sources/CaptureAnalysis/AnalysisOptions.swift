import ByteReading
import CaptureInput
import SubscriberTimelines

/// What to analyse.
public struct AnalysisOptions: Sendable {
  /// Files, directories, or `-` for standard input; empty for a live capture.
  public var inputs: [String]

  /// Whether the inputs are streams for correlation, dissected elsewhere, and not captures.
  public var readsCorrelationStreams = false

  /// The interfaces to listen on; nil where files are read.
  public var live: LiveCaptureOptions?

  /// Captures whose Cx holds keys of registrations; nothing else of them is used.
  public var keyCaptures: [String] = []

  /// Files of security associations, in the form of Wireshark's `esp_sa`.
  public var securityAssociationFiles: [String] = []

  /// A BPF expression that frames must match; nil for all. A live capture has its own in `live`.
  public var captureFilter: String?

  /// Whether an SCTP packet is left out where its CRC32c is wrong (RFC 9260 section 6.8).
  public var verifiesSCTPChecksums = false

  /// Where to write the frames of a live capture; nil for nowhere.
  public var writePath: String?

  /// Write the frames of a live capture to a ring of files named after `writePath`; nil for one file.
  public var ring: CaptureRing.Limits?

  /// When a live capture ends by itself. Of files the first `frames` are read.
  public var stop = LiveStopConditions()

  /// How many threads work at once: 1, or 2 for one that reads and one that joins and writes; nil for as many as there
  /// are processors. The result is the same.
  public var threads: Int?

  /// How many messages one thread hands to the other together.
  var messagesPerBatch = CorrelationBatch.messageLimit

  /// When correlation gets its thread.
  var density = MessageDensity()

  /// The key under which the run hashes; the result is the same under any. Fuzzers choose one, so that an input takes the
  /// same way each time.
  package var key = HashKey()

  /// Whether nodes without a better name show the one that the capture gives to their address.
  public var usesCapturedNames = true

  /// The length of the intervals by which statistics are given too, in nanoseconds; nil for none.
  public var statisticsInterval: Int64?

  /// What the user says of nodes.
  public var nodeNames = NodeNames()

  /// The country code of national telephone numbers; nil where these are not compared with international ones.
  public var countryCode: String?

  /// How often a live capture is summarised while it goes on, in nanoseconds; nil for at its end alone.
  public var summaryInterval: Int64?

  /// As whom a live capture goes on once its interfaces are open; nil for the user who called.
  public var remainingUser: RemainingUser?

  /// What a live capture may still reach from then on; nil for all that this user may.
  public var confinement: FileConfinement?

  /// Tells whether the user asked to end the input.
  public var isInterrupted: CaptureInterruption

  /// Analyses files.
  public init(inputs: [String]) {
    self.inputs = inputs
    isInterrupted = { false }
  }

  /// Listens on interfaces.
  public init(live: LiveCaptureOptions, isInterrupted: @escaping CaptureInterruption) {
    inputs = []
    self.live = live
    self.isInterrupted = isInterrupted
  }
}
