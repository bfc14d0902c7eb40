/// What an SCTP association went through: kept while it is open, handed on when it ends.
public struct SCTPAssociationHealth: Hashable, Sendable {
  /// How an association ended.
  public enum Ending: Hashable, Sendable {
    /// It was open when it was last seen.
    case open
    /// Its INIT was not answered.
    case unanswered
    /// Its INIT was answered by ABORT with this cause (RFC 9260 section 3.3.10), 0 where none was given.
    case refused(cause: UInt16)
    /// It was shut down (RFC 9260 section 9.2).
    case shutDown
    /// It was aborted with this cause (RFC 9260 section 3.3.10), 0 where none was given.
    case aborted(cause: UInt16)
  }

  /// One way of packets from an address of one end to an address of the other, in one direction.
  public struct Path: Hashable, Sendable {
    /// From where to where.
    public var flow: Flow
    /// Whether the end that opened the association, or was seen first, sends on it.
    public var isFromOpener: Bool
    /// Packets seen.
    public var packets: UInt64 = 0
    /// HEARTBEAT chunks seen.
    public var heartbeats: UInt64 = 0
    /// HEARTBEAT chunks that were not answered although packets of the other end were captured.
    public var heartbeatsUnanswered: UInt64 = 0

    /// A path on which nothing was seen yet.
    public init(flow: Flow, isFromOpener: Bool) {
      self.flow = flow
      self.isFromOpener = isFromOpener
    }
  }

  /// DATA chunks of one payload protocol.
  public struct Payload: Hashable, Sendable {
    /// The payload protocol identifier (RFC 9260 section 3.3.1).
    public var identifier: UInt32
    /// Chunks, each counted once.
    public var chunks: UInt64

    /// So many chunks of one protocol.
    public init(identifier: UInt32, chunks: UInt64) {
      self.identifier = identifier
      self.chunks = chunks
    }
  }

  /// What one end sent.
  public struct Side: Hashable, Sendable {
    /// How many payload protocols are told apart: an association carries one or two.
    public static let keptPayloads = 8

    /// The addresses that it announced in INIT, INIT ACK and ASCONF; the reassembler bounds how many.
    public var announcedAddresses: [IPAddress] = []
    /// DATA and I-DATA chunks, each counted once.
    public var dataChunks: UInt64 = 0
    /// Chunks seen again: retransmissions, and copies where the capture has several taps.
    public var repeatedChunks: UInt64 = 0
    /// Chunks that came after one with a higher TSN.
    public var lateChunks: UInt64 = 0
    /// TSNs that the capture never showed although a higher one was seen.
    public var missingChunks: UInt64 = 0
    /// What its chunks carried, in order of appearance.
    public private(set) var payloads: [Payload] = []

    /// Nothing sent yet.
    public init() {}

    /// Takes what was counted elsewhere of one payload protocol.
    public mutating func add(_ payload: Payload) {
      if payloads.count < Side.keptPayloads { payloads.append(payload) }
    }

    /// Counts a chunk that was not seen before.
    public mutating func count(payloadProtocol identifier: UInt32) {
      dataChunks &+= 1
      if let place = payloads.firstIndex(where: { $0.identifier == identifier }) {
        payloads[place].chunks &+= 1
      } else if payloads.count < Side.keptPayloads {
        payloads.append(Payload(identifier: identifier, chunks: 1))
      }
    }
  }

  /// The place of the association in its table while it was open.
  public var slot: UInt32

  /// From the end that opened it, or was seen first, on the first path seen.
  public var flow: Flow

  /// The paths used, in order of appearance; the reassembler bounds how many.
  public var paths: [Path] = []

  /// What the opener sent.
  public var opener = Side()

  /// What the other end sent.
  public var responder = Side()

  /// How often it restarted (RFC 9260 section 5.2).
  public var restarts: UInt32 = 0

  /// Whether SHUTDOWN was seen.
  public var isShuttingDown = false

  /// How it ended.
  public var ending = Ending.open

  /// The frame that ended it; nil where it was open when it was last seen.
  public var endingFrame: FrameReference?

  /// When it was first seen.
  public var firstTime: Timestamp
  /// When it was last seen.
  public var lastTime: Timestamp

  /// The first frame.
  public var firstFrame: FrameReference
  /// The last frame.
  public var lastFrame: FrameReference

  /// An association of which one packet was seen.
  public init(slot: UInt32, flow: Flow, time: Timestamp, frame: FrameReference) {
    self.slot = slot
    self.flow = flow
    firstTime = time
    lastTime = time
    firstFrame = frame
    lastFrame = frame
  }
}
