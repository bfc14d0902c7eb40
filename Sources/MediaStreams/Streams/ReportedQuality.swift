/// What receivers reported of a stream over RTCP, apart from what the capture shows itself: they see what happened behind
/// the capture point. Flat, so that it can be written down and read back.
public struct ReportedQuality: Hashable, Sendable {
  /// Reception reports about the stream (RFC 3550 section 6.4.1).
  public var reports: UInt32 = 0
  /// The cumulative number of packets lost of the latest report; duplicates count against it, so that it may be negative.
  public var lost: Int32 = 0
  /// The greatest fraction lost of one report, in 256ths.
  public var greatestFractionLost: UInt8 = 0
  /// The jitter of the latest report, in nanoseconds; nil where the clock rate is not known.
  public var jitter: Int64?
  /// The greatest jitter of a report, in nanoseconds.
  public var greatestJitter: Int64?
  /// How many reports gave a round trip.
  public var roundTrips: UInt32 = 0
  /// The shortest way from the capture point to the receiver and back, in nanoseconds (RFC 3550 section 6.4.1: arrival
  /// without LSR and DLSR).
  public var shortestRoundTrip: Int64 = 0
  /// The longest, in nanoseconds.
  public var longestRoundTrip: Int64 = 0
  /// The sum of all, in nanoseconds.
  public var sumOfRoundTrips: Int64 = 0
  /// The VoIP metrics of the latest extended report (RFC 3611 section 4.7).
  public var metrics: ReportedVoiceMetrics?

  /// Nothing reported yet.
  public init() {}

  /// The mean round trip in nanoseconds; nil where none was measured.
  public var meanRoundTrip: Int64? { roundTrips == 0 ? nil : sumOfRoundTrips / Int64(roundTrips) }
}
