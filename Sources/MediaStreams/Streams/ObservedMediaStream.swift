import CaptureFacts

/// A stream of media as the capture shows it, from its first packet until it was silent for
/// `MediaStreamTable.idleTime`, or until the end: what crosses into the timelines. A plain value of integers; what
/// follows from them is computed where it is asked for.
public struct ObservedMediaStream: Sendable {
  /// What carries it.
  public enum Kind: UInt8, Sendable {
    /// RTP that can be read.
    case rtp
    /// SRTP, whose headers can be read, and its payload where the session description has the key (RFC 3711).
    case securedRTP
    /// Fax over UDPTL (ITU-T T.38 annex D).
    case fax
    /// Messages over TCP (MSRP, RFC 4975); `messageSession` counts them.
    case messageSession
  }

  /// How it was known to be media.
  public enum Evidence: UInt8, Sendable {
    /// A session description announced one of its ends.
    case description
    /// Version, payload type, source, and numbers that follow each other.
    case structure
  }

  /// What carries it.
  public var kind: Kind
  /// How it was known to be media.
  public var evidence: Evidence
  /// The sender.
  public var source: Endpoint
  /// The receiver.
  public var destination: Endpoint
  /// The synchronization source (SSRC); 0 for fax.
  public var synchronizationSource: UInt32
  /// When its first packet was seen.
  public var start: Timestamp
  /// When its last packet was seen.
  public var end: Timestamp
  /// The frame of its first packet.
  public var firstFrame: FrameReference
  /// The frame of its last packet.
  public var lastFrame: FrameReference

  /// Packets, those that came twice among them; copies from further capture points not.
  public var packets: UInt64 = 0
  /// Of SRTP those that were opened, with keys of the session description; of what was not, only the headers are read.
  public var openedPackets: UInt64 = 0
  /// Octets of payload in them.
  public var octets: UInt64 = 0
  /// Packets seen once more at another capture point.
  public var copies: UInt32 = 0
  /// Sequence numbers between the first and the highest (RFC 3550 appendix A.3).
  public var expected: UInt64 = 0
  /// Those of them that did not come.
  public var lost: UInt64 = 0
  /// Packets whose sequence number came before.
  public var duplicates: UInt32 = 0
  /// Packets that came behind others with higher numbers.
  public var reordered: UInt32 = 0
  /// How often the numbers began anew (RFC 3550 appendix A.1).
  public var restarts: UInt32 = 0
  /// The most packets lost one after the other.
  public var longestLoss: UInt32 = 0
  /// Runs of lost packets.
  public var lossRuns: UInt32 = 0
  /// Bursts: at least two losses with fewer than 16 packets between them (RFC 3611 section 4.7.2).
  public var bursts: UInt32 = 0
  /// Packets in bursts, those lost among them.
  public var packetsInBursts: UInt32 = 0
  /// Packets lost in bursts.
  public var lostInBursts: UInt32 = 0

  /// The clock rate in hertz; 0 where there is none.
  public var clockRate: UInt32 = 0
  /// Whether the clock rate is the one that fits best, for nobody told it.
  public var isClockRateEstimated = false
  /// The mean interarrival jitter in nanoseconds (RFC 3550 section 6.4.1); nil without a clock rate.
  public var meanJitter: Int64?
  /// The greatest, in nanoseconds.
  public var greatestJitter: Int64?
  /// That after the last packet, in nanoseconds.
  public var lastJitter: Int64?
  /// Loss and jitter over time.
  public var series = MediaSeries()
  /// The longest time between two packets, in nanoseconds.
  public var largestGap: Int64 = 0
  /// The frame of the packet after it.
  public var largestGapFrame: FrameReference

  /// The payload types in the order in which they were used.
  public var formats: [ObservedMediaFormat] = []
  /// How often the codec changed, telephone events and comfort noise not counted.
  public var codecChanges: UInt32 = 0
  /// The least difference of the timestamps of packets that follow each other, in nanoseconds: the length of a packet.
  public var packetTime: Int64 = 0
  /// Pauses of a sender that does not transmit silence: numbers that follow each other over a longer time.
  public var pauses: UInt32 = 0
  /// Packets of comfort noise, or frames that describe noise.
  public var noiseFrames: UInt32 = 0
  /// Packets of G.711 that hold nothing but the same level.
  public var silentPackets: UInt64 = 0
  /// The bit rate of most frames of AMR, AMR-WB or EVS, in bit per second; 0 where there is none.
  public var speechRate: UInt32 = 0
  /// The types of speech frames seen, a bit each.
  public var speechModes: UInt16 = 0
  /// Frames of EVS in its mode interoperable with AMR-WB.
  public var interoperableFrames: UInt32 = 0
  /// Frames without data.
  public var emptyFrames: UInt32 = 0
  /// Frames that say that they are damaged.
  public var damagedFrames: UInt32 = 0
  /// Packets whose frames do not go with their length: not what was agreed on.
  public var malformedPackets: UInt32 = 0
  /// Pictures of video that need no other.
  public var keyFrames: UInt32 = 0
  /// How many telephone events there were.
  public var telephoneEventCount: UInt32 = 0
  /// The first of them, in order. Their digits are content.
  public var telephoneEvents: [ObservedTelephoneEvent] = []
  /// What was sent in a session of messages; nil for other kinds.
  public var messageSession: ObservedMessageSession?
  /// Whether RTCP said that the source leaves (BYE, RFC 3550 section 6.6).
  public var hasBye = false
  /// Sender reports of the source.
  public var senderReports: UInt32 = 0
  /// The CNAME of the source (RFC 3550 section 6.5.1): who sends it, whatever its SSRC; nil where none was seen.
  public var canonicalName: String?
  /// RTCP packets of the source that only an application understands (APP, RFC 3550 section 6.7).
  public var applicationPackets: UInt32 = 0
  /// What receivers reported; nil where nobody did.
  public var reported: ReportedQuality?

  /// Begins with where and when; everything else is counted.
  public init(
    kind: Kind, evidence: Evidence, source: Endpoint, destination: Endpoint, synchronizationSource: UInt32,
    start: Timestamp, end: Timestamp, firstFrame: FrameReference, lastFrame: FrameReference,
    largestGapFrame: FrameReference
  ) {
    self.kind = kind
    self.evidence = evidence
    self.source = source
    self.destination = destination
    self.synchronizationSource = synchronizationSource
    self.start = start
    self.end = end
    self.firstFrame = firstFrame
    self.lastFrame = lastFrame
    self.largestGapFrame = largestGapFrame
  }

  // MARK: - What follows

  /// The format of most packets that are neither comfort noise nor telephone events.
  public var mainFormat: PayloadFormat? {
    let media = formats.filter { !$0.format.codec.isAuxiliary }
    return (media.max { ($0.packets, $1.firstFrame) < ($1.packets, $0.firstFrame) } ?? formats.first)?.format
  }

  /// The codec of most packets.
  public var codec: MediaCodec { mainFormat?.codec ?? .other }

  /// The share of expected packets that did not come.
  public var lossRatio: Double { expected == 0 ? 0 : Double(lost) / Double(expected) }

  /// Bits of payload per second; nil for a single packet.
  public var bitRate: UInt64? {
    let duration = end.nanoseconds(since: start)
    guard duration > 0, packets > 1 else { return nil }
    return UInt64(Double(octets) * 8_000_000_000 / Double(duration))
  }

  /// Whether every packet holds silence.
  public var isSilent: Bool { packets > 0 && silentPackets == packets }

  /// The quality by the E-model; nil where no table has the codec, or not its robustness against the loss there was.
  public var quality: VoiceQuality? { VoiceQuality(of: self) }
}
