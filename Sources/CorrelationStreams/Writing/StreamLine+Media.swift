import CaptureFacts
import MediaStreams

/// A stream of media.
extension StreamLine {
  mutating func members(of stream: ObservedMediaStream) {
    member("kind", stream.kind.rawValue)
    member("evidence", stream.evidence.rawValue)
    member("from", stream.source.description)
    member("to", stream.destination.description)
    member("ssrc", stream.synchronizationSource)
    member("start", stream.start)
    member("end", stream.end)
    member("first_frame", stream.firstFrame)
    member("last_frame", stream.lastFrame)
    member("largest_gap_frame", stream.largestGapFrame)
    for row in MediaStreamMembers.counts { member(row.key, stream[keyPath: row.path]) }
    for row in MediaStreamMembers.smallCounts { member(row.key, stream[keyPath: row.path]) }
    for row in MediaStreamMembers.durations { member(row.key, stream[keyPath: row.path]) }
    for row in MediaStreamMembers.durationsIfAny {
      if let duration = stream[keyPath: row.path] { member(row.key, duration) }
    }
    member("clock_rate_estimated", stream.isClockRateEstimated)
    member("speech_modes", stream.speechModes)
    member("bye", stream.hasBye)
    if let session = stream.messageSession {
      member(
        "session",
        object: { line in
          line.member("chunks", session.chunks)
          line.member("messages", session.messages)
          line.member("abandoned", session.abandoned)
          line.member("reports", session.reports)
          line.member("responses", session.responses)
          line.member("failures", each: session.failures) { line, failure in
            line.beginObject()
            line.member("status", failure.status)
            line.member("count", failure.count)
            line.endObject()
          }
        })
    }
    if stream.openedPackets > 0 { member("opened_packets", stream.openedPackets) }
    if stream.applicationPackets > 0 { member("application_packets", stream.applicationPackets) }
    if let name = stream.canonicalName { member("cname", name) }
    member("formats", each: stream.formats) { line, observed in
      line.beginObject()
      line.member("payload_type", observed.format.payloadType)
      line.member("codec", observed.format.codec.rawValue)
      line.member("clock_rate", observed.format.clockRate)
      line.member("aligned", observed.format.isAligned)
      line.member("announced", observed.format.isAnnounced)
      line.member("packets", observed.packets)
      line.member("first_frame", observed.firstFrame)
      line.endObject()
    }
    member(
      "series",
      object: { line in
        line.member("length", stream.series.length)
        line.member("intervals", each: stream.series.intervals) { line, interval in
          line.beginObject()
          line.member("received", interval.received)
          line.member("lost", interval.lost)
          if let jitter = interval.jitter { line.member("jitter", jitter) }
          line.endObject()
        }
      })
    // What was pressed is content, like the text of a message: only how long is told.
    member("telephone_events", each: stream.telephoneEvents) { line, event in
      line.beginObject()
      if event.digit == nil { line.member("event", event.event) }
      line.member("duration", event.duration)
      line.endObject()
    }
    if let reported = stream.reported { member("reported", object: { $0.members(of: reported) }) }
  }

  private mutating func members(of reported: ReportedQuality) {
    member("reports", reported.reports)
    member("lost", reported.lost)
    member("greatest_fraction_lost", reported.greatestFractionLost)
    member("round_trips", reported.roundTrips)
    for row in MediaStreamMembers.reportedDurations { member(row.key, reported[keyPath: row.path]) }
    for row in MediaStreamMembers.reportedDurationsIfAny {
      if let duration = reported[keyPath: row.path] { member(row.key, duration) }
    }
    guard let metrics = reported.metrics else { return }
    member(
      "metrics",
      object: { line in
        for row in MediaStreamMembers.metrics { line.member(row.key, metrics[keyPath: row.path]) }
        for row in MediaStreamMembers.metricDurations { line.member(row.key, metrics[keyPath: row.path]) }
      })
  }
}
