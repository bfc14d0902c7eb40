/// The bounds of SCTP reassembly. All times are packet time in nanoseconds.
public struct SCTPLimits: Sendable {
  /// Associations followed at once: an MME or AMF has one for each of some thousand base stations, a Diameter agent one
  /// for each peer.
  public var associations = 1 << 13

  /// Addresses remembered for one end: hosts announce those of a few interfaces.
  public var addressesPerSide = 16

  /// Pairs of addresses remembered for one association, and directed paths in its health. Packets on further ones are
  /// still found by their verification tag.
  public var pathsPerAssociation = 32

  /// HEARTBEAT chunks of one end that wait for their answer: one for each path, twice over.
  public var heartbeatsPerSide = 32

  /// Bytes of fragments kept for one end, with what it costs to keep them: messages of signalling are far below 1 MiB.
  public var fragmentBytesPerSide = 1 << 20

  /// Bytes of fragments kept in all, with what it costs to keep them: 64 ends that are all at their bound.
  public var fragmentBytes = 64 << 20

  /// How long an INIT is waited on for its answer, from its last repetition: beyond RTO.Max, 60 seconds (RFC 9260
  /// section 16), the longest pause between repetitions.
  public var handshakeNanoseconds: Int64 = 75_000_000_000

  /// From how long a pause an INIT that comes again is a repetition, and not a copy of the same packet from another tap:
  /// half of RTO.Initial (RFC 9260 section 16).
  public var repetitionNanoseconds: Int64 = 500_000_000

  /// How long an association that is over is remembered, so that late chunks and copies do not open it again: as for
  /// TCP.
  public var lingerNanoseconds: Int64 = 32_000_000_000

  /// How long a HEARTBEAT is waited on: RTO.Initial (RFC 9260 section 16).
  public var heartbeatNanoseconds: Int64 = 1_000_000_000

  /// How exact the lists by age are: an association moves to the end of its list once in this time.
  let listingNanoseconds: Int64 = 1_000_000_000

  /// The bounds as documented.
  public static let `default` = SCTPLimits()

  /// The bounds as documented; each may be changed.
  public init() {}
}
