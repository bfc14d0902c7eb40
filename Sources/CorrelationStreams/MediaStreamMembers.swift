import MediaStreams

/// The counters of a stream of media by their names in a line, for writing and reading alike.
enum MediaStreamMembers {
  /// A counter: its name, and where it is.
  typealias Member<Root, Value> = (key: StaticString, path: WritableKeyPath<Root, Value> & Sendable)

  static let counts: [Member<ObservedMediaStream, UInt64>] = [
    ("packets", \.packets), ("octets", \.octets), ("expected", \.expected), ("lost", \.lost),
    ("silent_packets", \.silentPackets),
  ]

  static let smallCounts: [Member<ObservedMediaStream, UInt32>] = [
    ("copies", \.copies), ("duplicates", \.duplicates), ("reordered", \.reordered), ("restarts", \.restarts),
    ("longest_loss", \.longestLoss), ("loss_runs", \.lossRuns), ("bursts", \.bursts),
    ("packets_in_bursts", \.packetsInBursts), ("lost_in_bursts", \.lostInBursts), ("clock_rate", \.clockRate),
    ("codec_changes", \.codecChanges), ("pauses", \.pauses), ("noise_frames", \.noiseFrames),
    ("speech_rate", \.speechRate), ("interoperable_frames", \.interoperableFrames), ("empty_frames", \.emptyFrames),
    ("damaged_frames", \.damagedFrames), ("malformed_packets", \.malformedPackets), ("key_frames", \.keyFrames),
    ("telephone_event_count", \.telephoneEventCount), ("sender_reports", \.senderReports),
  ]

  /// Durations in nanoseconds.
  static let durations: [Member<ObservedMediaStream, Int64>] = [
    ("largest_gap", \.largestGap), ("packet_time", \.packetTime),
  ]

  /// Durations in nanoseconds that may be unknown.
  static let durationsIfAny: [Member<ObservedMediaStream, Int64?>] = [
    ("mean_jitter", \.meanJitter), ("greatest_jitter", \.greatestJitter), ("last_jitter", \.lastJitter),
  ]

  /// Durations in nanoseconds that receivers reported.
  static let reportedDurations: [Member<ReportedQuality, Int64>] = [
    ("shortest_round_trip", \.shortestRoundTrip), ("longest_round_trip", \.longestRoundTrip),
    ("sum_of_round_trips", \.sumOfRoundTrips),
  ]

  /// Durations in nanoseconds that receivers reported, and that may be unknown.
  static let reportedDurationsIfAny: [Member<ReportedQuality, Int64?>] = [
    ("jitter", \.jitter), ("greatest_jitter", \.greatestJitter),
  ]

  static let metrics: [Member<ReportedVoiceMetrics, UInt8>] = [
    ("loss_rate", \.lossRate), ("discard_rate", \.discardRate), ("burst_density", \.burstDensity),
    ("gap_density", \.gapDensity), ("rating_factor", \.ratingFactor), ("listening_quality", \.listeningQuality),
    ("conversational_quality", \.conversationalQuality),
  ]

  static let metricDurations: [Member<ReportedVoiceMetrics, UInt16>] = [
    ("burst_duration", \.burstDuration), ("gap_duration", \.gapDuration), ("round_trip_delay", \.roundTripDelay),
    ("end_system_delay", \.endSystemDelay), ("jitter_buffer_nominal", \.jitterBufferNominal),
  ]
}
