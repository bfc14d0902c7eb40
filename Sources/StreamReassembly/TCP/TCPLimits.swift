/// The bounds of TCP reassembly. All times are packet time in nanoseconds.
public struct TCPLimits: Sendable {
  /// Connections followed at once. A P-CSCF holds a TCP connection for each of some 100,000 registered UEs; at 128 bytes
  /// for an idle one the full table takes 64 MiB.
  public var connections = 1 << 19

  /// Bytes waiting behind a hole in one direction, with what it costs to keep them: the largest receive window that
  /// signalling hosts usually grant.
  public var bufferedBytesPerStream = 1 << 20

  /// Segments waiting behind a hole in one direction: `bufferedBytesPerStream` in full Ethernet segments, rounded up.
  /// Bounds the cost of one insertion.
  public var bufferedSegmentsPerStream = 1024

  /// Bytes waiting behind holes in all, with what it costs to keep them: 64 streams that are all at their bound.
  public var bufferedBytes = 64 << 20

  /// How long a hole is waited for: retransmissions without any measured round trip come 1, 3 and 7 seconds after the
  /// loss (RFC 6298 sections 2 and 5.5).
  public var holeNanoseconds: Int64 = 8_000_000_000

  /// How many packets of the connection, both directions, a hole is waited for: a window of 1 MiB in flight with its
  /// acknowledgments passes before a fast retransmission arrives.
  public var holePackets = 1500

  /// How long a hole is waited for once the receiver has acknowledged what is in it, so that the capture must have
  /// missed it: capture queues reorder packets by no more than this.
  public var acknowledgedHoleNanoseconds: Int64 = 20_000_000

  /// How many packets of the connection an acknowledged hole is waited for, where they come before the time is over:
  /// three is the reordering that TCP itself takes for loss (RFC 5681 section 3.2).
  public var acknowledgedHolePackets = 3

  /// How far from the expected sequence number data is believed to belong to the stream: beyond the largest buffers that
  /// hosts have by default. Farther data moves the stream only when a second segment continues it.
  public var plausibleDistance = 16 << 20

  /// How long a SYN is waited on for its answer, from its last repetition: beyond the longest pause between the
  /// repetitions of common hosts, 64 seconds.
  public var handshakeNanoseconds: Int64 = 75_000_000_000

  /// From how long a pause a SYN that comes again is a repetition: half of the first retransmission timeout (RFC 6298
  /// section 2).
  public var repetitionNanoseconds: Int64 = 500_000_000

  /// How long a closed connection is remembered, so that late retransmissions and copies do not open it again: 64*T1 of
  /// RFC 3261, the time for which SIP repeats.
  public var lingerNanoseconds: Int64 = 32_000_000_000

  /// The bounds as documented.
  public static let `default` = TCPLimits()

  /// The bounds as documented; each may be changed.
  public init() {}
}
