import CaptureFacts
import MediaStreams

/// A stream of media.
extension StreamObject {
  func mediaStream() throws(Flaw) -> ObservedMediaStream {
    guard let kind = ObservedMediaStream.Kind(rawValue: try number("kind")),
      let evidence = ObservedMediaStream.Evidence(rawValue: try number("evidence"))
    else { throw Flaw(message: "media are of no kind that is known") }
    var stream = ObservedMediaStream(
      kind: kind, evidence: evidence, source: try endpoint("from"), destination: try endpoint("to"),
      synchronizationSource: try number("ssrc"), start: try time("start"), end: try time("end"),
      firstFrame: try frame("first_frame"), lastFrame: try frame("last_frame"),
      largestGapFrame: try frame("largest_gap_frame"))
    for row in MediaStreamMembers.counts { stream[keyPath: row.path] = try number("\(row.key)") }
    for row in MediaStreamMembers.smallCounts { stream[keyPath: row.path] = try number("\(row.key)") }
    for row in MediaStreamMembers.durations { stream[keyPath: row.path] = try number("\(row.key)") }
    for row in MediaStreamMembers.durationsIfAny { stream[keyPath: row.path] = try numberIfAny("\(row.key)") }
    stream.isClockRateEstimated = try flag("clock_rate_estimated")
    stream.speechModes = try number("speech_modes")
    stream.hasBye = try flag("bye")
    for object in try objects("formats") { stream.formats.append(try object.mediaFormat()) }
    for object in try objects("telephone_events") {
      stream.telephoneEvents.append(
        ObservedTelephoneEvent(event: try object.numberIfAny("event") ?? 0, duration: try object.number("duration")))
    }
    if let object = try objectIfAny("session") { stream.messageSession = try object.messageSession() }
    stream.openedPackets = try numberIfAny("opened_packets") ?? 0
    stream.applicationPackets = try numberIfAny("application_packets") ?? 0
    stream.canonicalName = try textIfAny("cname")
    // Streams of version 1.0 have none.
    if let object = try objectIfAny("series") { stream.series = try object.mediaSeries() }
    if let object = try objectIfAny("reported") { stream.reported = try object.reportedQuality() }
    return stream
  }

  private func mediaFormat() throws(Flaw) -> ObservedMediaFormat {
    guard let codec = MediaCodec(rawValue: try number("codec")) else { throw Flaw(message: "there is no such codec") }
    let format = PayloadFormat(
      payloadType: try number("payload_type"), codec: codec, clockRate: try number("clock_rate"),
      isAligned: try flag("aligned"), isAnnounced: try flag("announced"))
    return ObservedMediaFormat(format: format, packets: try number("packets"), firstFrame: try frame("first_frame"))
  }

  private func messageSession() throws(Flaw) -> ObservedMessageSession {
    var session = ObservedMessageSession()
    session.chunks = try number("chunks")
    session.messages = try number("messages")
    session.abandoned = try number("abandoned")
    session.reports = try number("reports")
    session.responses = try number("responses")
    for object in try objects("failures").prefix(ObservedMessageSession.keptFailures) {
      session.failures.append(
        ObservedMessageSession.Failure(status: try object.number("status"), count: try object.number("count")))
    }
    return session
  }

  private func mediaSeries() throws(Flaw) -> MediaSeries {
    var intervals: [MediaSeries.Interval] = []
    for object in try objects("intervals") {
      intervals.append(
        MediaSeries.Interval(
          received: try object.number("received"), lost: try object.number("lost"),
          jitter: try object.numberIfAny("jitter")))
    }
    return MediaSeries(length: try number("length"), intervals: intervals)
  }

  private func reportedQuality() throws(Flaw) -> ReportedQuality {
    var reported = ReportedQuality()
    reported.reports = try number("reports")
    reported.lost = try number("lost")
    reported.greatestFractionLost = try number("greatest_fraction_lost")
    reported.roundTrips = try number("round_trips")
    for row in MediaStreamMembers.reportedDurations { reported[keyPath: row.path] = try number("\(row.key)") }
    for row in MediaStreamMembers.reportedDurationsIfAny {
      reported[keyPath: row.path] = try numberIfAny("\(row.key)")
    }
    guard let object = try objectIfAny("metrics") else { return reported }
    var metrics = ReportedVoiceMetrics()
    for row in MediaStreamMembers.metrics { metrics[keyPath: row.path] = try object.number("\(row.key)") }
    for row in MediaStreamMembers.metricDurations { metrics[keyPath: row.path] = try object.number("\(row.key)") }
    reported.metrics = metrics
    return reported
  }
}
