import MediaStreams
import SubscriberTimelines

extension JSONWriter {
  /// One direction of media of a call, with its leg.
  mutating func object(_ stream: MediaStream, _ names: HandleNames) {
    beginObject()
    members(of: stream)
    if let leg = stream.leg {
      key("leg")
      beginObject()
      member("call_id", leg.callID)
      member("from", leg.from, names)
      member("to", leg.to, names)
      member("frame", leg.frame)
      endObject()
    }
    endObject()
  }

  /// The members of one direction of media.
  mutating func members(of stream: MediaStream) {
    member("from", stream.from)
    member("to", stream.to)
    member("media_type", stream.mediaType)
    member("codec", stream.codec)
    if let observed = stream.observed {
      members(of: observed)
      member("first_packet_ms", milliseconds: stream.firstPacketDelay)
    }
  }

  /// What was seen of a stream.
  private mutating func members(of stream: ObservedMediaStream) {
    member("transport", MediaText.transport(of: stream))
    member("evidence", MediaText.evidence(of: stream))
    if stream.kind == .rtp || stream.kind == .securedRTP { member("ssrc", stream.synchronizationSource) }
    member("start", stream.start)
    member("duration_ms", milliseconds: stream.end.nanoseconds(since: stream.start))
    member("frames", [stream.firstFrame, stream.lastFrame])
    member("packets", stream.packets)
    if stream.kind == .securedRTP { member("opened_packets", stream.openedPackets) }
    member("bytes", stream.octets)
    member("bit_rate", stream.bitRate)
    memberIfAny("copies", stream.copies)
    if let session = stream.messageSession { return members(of: session) }
    member("expected", stream.expected)
    member("lost", stream.lost)
    memberIfAny("duplicates", stream.duplicates)
    memberIfAny("reordered", stream.reordered)
    memberIfAny("restarts", stream.restarts)
    if stream.lost > 0 {
      member(
        "loss",
        object: { json in
          json.member("longest", stream.longestLoss)
          json.member("runs", stream.lossRuns)
          json.member("bursts", stream.bursts)
          json.member("packets_in_bursts", stream.packetsInBursts)
          json.member("lost_in_bursts", stream.lostInBursts)
        })
    }
    if stream.clockRate != 0 {
      member("clock_rate", stream.clockRate)
      if stream.isClockRateEstimated { member("clock_rate_estimated", true) }
    }
    member("jitter_ms", milliseconds: stream.meanJitter)
    member("jitter_max_ms", milliseconds: stream.greatestJitter)
    member("largest_gap_ms", milliseconds: stream.largestGap)
    member("largest_gap_frame", stream.largestGapFrame)
    series(stream)
    if stream.packetTime > 0 { member("packet_ms", milliseconds: stream.packetTime) }
    content(of: stream)
    if let quality = stream.quality {
      member("mos", ratio: (quality.meanOpinionScore * 100).rounded() / 100)
      member("rating_factor", ratio: (quality.ratingFactor * 10).rounded() / 10)
      member("rating_scale", quality.isWideband ? "wideband" : "narrowband")
      member("assumed_delay_ms", VoiceQuality.assumedDelay)
    }
    if let reported = stream.reported { member("reported", object: { $0.members(of: reported) }) }
  }

  /// What was sent in a session of messages.
  private mutating func members(of session: ObservedMessageSession) {
    member(
      "session",
      object: { json in
        json.member("chunks", session.chunks)
        json.member("messages", session.messages)
        json.memberIfAny("abandoned", session.abandoned)
        json.member("reports", session.reports)
        json.member("responses", session.responses)
        guard !session.failures.isEmpty else { return }
        json.member("failures", each: session.failures) { json, failure in
          json.beginObject()
          json.member("status", failure.status)
          json.member("count", failure.count)
          json.endObject()
        }
      })
  }

  /// Loss and jitter over time; left out where there is one interval only, of which the members above tell all.
  private mutating func series(_ stream: ObservedMediaStream) {
    let intervals = stream.series.intervals
    guard intervals.count > 1 else { return }
    member(
      "series",
      object: { json in
        json.member("interval_ms", milliseconds: stream.series.length)
        json.member("packets", each: intervals) { $0.value($1.received) }
        json.member("lost", each: intervals) { $0.value($1.lost) }
        guard intervals.contains(where: { $0.jitter != nil }) else { return }
        json.member("jitter_ms", each: intervals) { json, interval in
          guard let jitter = interval.jitter else { return json.raw("null") }
          json.value(decimal: Int64(jitter), digits: 3)
        }
      })
  }

  private mutating func content(of stream: ObservedMediaStream) {
    if stream.kind != .fax {
      member("payload_types", each: stream.formats) { json, used in
        json.beginObject()
        json.member("payload_type", used.format.payloadType)
        json.member("codec", used.format.codec.name)
        if used.format.clockRate != 0 { json.member("clock_rate", used.format.clockRate) }
        json.member("packets", used.packets)
        json.member("first_frame", used.firstFrame)
        json.endObject()
      }
    }
    memberIfAny("codec_changes", stream.codecChanges)
    memberIfAny("speech_rate", stream.speechRate)
    memberIfAny("interoperable_frames", stream.interoperableFrames)
    memberIfAny("pauses", stream.pauses)
    memberIfAny("noise_frames", stream.noiseFrames)
    memberIfAny("empty_frames", stream.emptyFrames)
    memberIfAny("silent_packets", stream.silentPackets)
    memberIfAny("damaged_frames", stream.damagedFrames)
    memberIfAny("malformed_packets", stream.malformedPackets)
    memberIfAny("key_frames", stream.keyFrames)
    // What was pressed is content, as the texts of messages are: how often and how long is all that is told.
    memberIfAny("telephone_events", stream.telephoneEventCount)
    if !stream.telephoneEvents.isEmpty {
      member("longest_event_ms", milliseconds: stream.telephoneEvents.map(\.duration).max())
    }
    if stream.hasBye { member("bye", true) }
    memberIfAny("sender_reports", stream.senderReports)
    memberIfAny("application_packets", stream.applicationPackets)
    member("cname", stream.canonicalName)
  }

  private mutating func members(of reported: ReportedQuality) {
    member("reports", reported.reports)
    if reported.reports > 0 {
      member("lost", reported.lost)
      member("fraction_lost_max", ratio: Double(reported.greatestFractionLost) / 256)
      member("jitter_ms", milliseconds: reported.jitter)
      member("jitter_max_ms", milliseconds: reported.greatestJitter)
    }
    if let mean = reported.meanRoundTrip {
      member("round_trip_ms", milliseconds: mean)
      member("round_trip_min_ms", milliseconds: reported.shortestRoundTrip)
      member("round_trip_max_ms", milliseconds: reported.longestRoundTrip)
    }
    guard let metrics = reported.metrics else { return }
    member(
      "voice_metrics",
      object: { json in
        json.member("loss_ratio", ratio: Double(metrics.lossRate) / 256)
        json.member("discard_ratio", ratio: Double(metrics.discardRate) / 256)
        json.member("burst_density", ratio: Double(metrics.burstDensity) / 256)
        json.member("gap_density", ratio: Double(metrics.gapDensity) / 256)
        json.member("burst_ms", metrics.burstDuration)
        json.member("gap_ms", metrics.gapDuration)
        json.member("round_trip_ms", metrics.roundTripDelay)
        json.member("end_system_ms", metrics.endSystemDelay)
        // RFC 3611 section 4.7.5: 127 is not available.
        if metrics.ratingFactor != 127 { json.member("rating_factor", metrics.ratingFactor) }
        if metrics.listeningQuality != 127 { json.member("mos_lq", ratio: Double(metrics.listeningQuality) / 10) }
        if metrics.conversationalQuality != 127 {
          json.member("mos_cq", ratio: Double(metrics.conversationalQuality) / 10)
        }
        json.member("jitter_buffer_ms", metrics.jitterBufferNominal)
      })
  }

  /// A count that is only worth a member where it is not zero.
  private mutating func memberIfAny(_ key: StaticString, _ count: some BinaryInteger) {
    if count != 0 { member(key, count) }
  }
}
