import CaptureFacts

/// What an SCTP association went through: kept while it is open, handed to the consumer when it ends.
public struct SCTPAssociationHealth: Sendable {
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
    public internal(set) var flow: Flow
    /// Packets seen.
    public internal(set) var packets: UInt64 = 0
    /// HEARTBEAT chunks seen.
    public internal(set) var heartbeats: UInt64 = 0
    /// HEARTBEAT chunks that were not answered although packets of the other end were captured.
    public internal(set) var heartbeatsUnanswered: UInt64 = 0
  }

  /// What one end sent.
  public struct Side: Hashable, Sendable {
    /// The addresses that it announced in INIT, INIT ACK and ASCONF, at most `SCTPLimits.addressesPerSide`.
    public internal(set) var announcedAddresses: [IPAddress] = []
    /// DATA and I-DATA chunks, each counted once.
    public internal(set) var dataChunks: UInt64 = 0
    /// Chunks seen again: retransmissions, and copies where the capture has several taps.
    public internal(set) var repeatedChunks: UInt64 = 0
    /// Chunks that came after one with a higher TSN.
    public internal(set) var lateChunks: UInt64 = 0
    /// TSNs that the capture never showed although a higher one was seen.
    public internal(set) var missingChunks: UInt64 = 0
  }

  /// The place of the association in its table while it was open.
  public internal(set) var slot: UInt32

  /// From the end that opened it, or was seen first, on the first path seen.
  public internal(set) var flow: Flow

  /// The paths used, in order of appearance, at most `SCTPLimits.pathsPerAssociation`.
  public internal(set) var paths: [Path] = []

  /// What the opener sent.
  public internal(set) var opener = Side()

  /// What the other end sent.
  public internal(set) var responder = Side()

  /// How often it restarted (RFC 9260 section 5.2).
  public internal(set) var restarts: UInt32 = 0

  /// Whether SHUTDOWN was seen.
  public internal(set) var isShuttingDown = false

  /// How it ended.
  public internal(set) var ending = Ending.open

  /// When it was first seen.
  public internal(set) var firstTime: Timestamp
  /// When it was last seen.
  public internal(set) var lastTime: Timestamp

  /// The first frame.
  public internal(set) var firstFrame: FrameReference
  /// The last frame.
  public internal(set) var lastFrame: FrameReference
}
