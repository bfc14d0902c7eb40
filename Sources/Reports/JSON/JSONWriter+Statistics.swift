import ServiceStatistics
import SubscriberTimelines

extension JSONWriter {
  /// The figures, and before them what they cover where a display filter selected it.
  mutating func members(ofStatistics summary: ReportSummary) {
    if let selection = summary.selection {
      member(
        "covers",
        object: { json in
          json.member("filter", selection.expression)
          json.member("records", selection.records)
          json.member("of_records", selection.allRecords)
          if selection.allStreams > 0 {
            json.member("streams", selection.streams)
            json.member("of_streams", selection.allStreams)
          }
        })
    }
    members(of: summary.statistics, summary.nodes)
  }

  mutating func members(of statistics: ServiceStatistics, _ nodes: NodeDirectory) {
    member("registrations", object: { $0.members(of: statistics.registrations) })
    member("calls", object: { $0.members(of: statistics.calls) })
    member("messaging", object: { $0.members(of: statistics.messaging) })
    member("media", object: { $0.members(of: statistics.media) })
    member("diameter", each: statistics.diameter) { $0.object($1) }
    if statistics.otherDiameter > 0 { member("diameter_other_commands", statistics.otherDiameter) }
    member(
      "findings",
      object: { json in
        json.member("error", statistics.findings[.error] ?? 0)
        json.member("warning", statistics.findings[.warning] ?? 0)
        json.member("note", statistics.findings[.note] ?? 0)
      })
    member("late", statistics.late)
    member("rfc6076", object: { $0.performance(statistics) })
    member(
      "e425",
      object: { json in
        json.member("asr_percent", ratio: statistics.calls.answerSeizureRatio)
        json.member("ner_percent", ratio: statistics.calls.networkEffectivenessRatio)
        json.member("pdd_ms", statistics.calls.postDialDelay)
      })
    member("nodes", each: statistics.nodes(in: nodes)) { $0.object($1) }
    if statistics.otherNodes > 0 { member("nodes_other_attempts", statistics.otherNodes) }
    if let series = statistics.series { member("series", object: { $0.members(of: series) }) }
  }

  private mutating func members(of registrations: RegistrationStatistics) {
    member("total", registrations.total)
    member("by_kind", counts: RegistrationKind.allCases.map { ($0.rawValue, registrations.byKind[$0] ?? 0) })
    member("by_outcome", counts: RegistrationOutcome.allCases.map { ($0.rawValue, registrations.byOutcome[$0] ?? 0) })
    member("by_status", counts: sorted(registrations.byStatus))
    member("challenges", registrations.challenges)
    member("by_visited_network", registrations.byVisitedNetwork)
    member("by_access_type", registrations.byAccessType)
    member("by_device", registrations.byDevice)
  }

  private mutating func members(of calls: CallStatistics) {
    member("total", calls.total)
    member("by_outcome", counts: CallOutcome.allCases.map { ($0.rawValue, calls.byOutcome[$0] ?? 0) })
    member("by_status", counts: sorted(calls.byStatus))
    member(
      "by_service", counts: CallService.allCases.compactMap { key in calls.byService[key].map { (key.rawValue, $0) } })
    member("emergency", calls.emergency)
    member("open_at_end", calls.openAtEnd)
    member("answer_ms", calls.answerTime)
    member("talk_ms", calls.talkTime)
    member("by_visited_network", calls.byVisitedNetwork, successes: "answered")
    member("by_access_type", calls.byAccessType, successes: "answered")
  }

  private mutating func members(of media: MediaStatistics) {
    member("streams", media.streams)
    member("packets", media.packets)
    member("expected", media.expected)
    member("lost", media.lost)
    member("streams_with_loss", media.streamsWithLoss)
    member("jitter_ms", media.jitter)
    member("rated_streams", media.ratedStreams)
    if let mean = media.meanScore {
      member("mos_mean", ratio: (mean * 100).rounded() / 100)
      member("mos_min", ratio: (media.leastScore * 100).rounded() / 100)
    }
  }

  private mutating func members(of messaging: MessagingStatistics) {
    member("total", messaging.total)
    member("by_method", counts: messaging.byMethod.map { ($0.name, $1) }.sorted { $0.0 < $1.0 })
    member(
      "by_service",
      counts: MessagingService.allCases.compactMap { key in messaging.byService[key].map { (key.rawValue, $0) } })
    member("by_outcome", counts: RegistrationOutcome.allCases.map { ($0.rawValue, messaging.byOutcome[$0] ?? 0) })
    member("by_status", counts: sorted(messaging.byStatus))
  }

  private mutating func object(_ command: DiameterCommandStatistics) {
    beginObject()
    member("interface", command.interface)
    member("command", command.command)
    member("attempts", command.attempts)
    member("answered", command.answered)
    member("unanswered", command.unanswered)
    member("retransmissions", command.retransmissions)
    member("results", each: command.results) { json, result in
      json.beginObject()
      json.members(of: result.result)
      json.member("result_name", result.name)
      json.member("count", result.count)
      json.endObject()
    }
    if command.otherResults > 0 { member("other_results", command.otherResults) }
    member("answer_ms", command.answerTime)
    endObject()
  }

  private mutating func object(_ node: NodeFigures) {
    beginObject()
    member("node", node.node)
    member("roles", node.roles.map(\.name))
    members("registrations", node.sip.registrations)
    members("sessions", node.sip.sessions)
    if !node.diameter.isEmpty { member("diameter", each: node.diameter) { $0.object($1) } }
    endObject()
  }

  private mutating func members(_ key: StaticString, _ requests: NodeStatistics.Requests) {
    guard requests.attempts > 0 else { return }
    member(
      key,
      object: { json in
        json.member("attempts", requests.attempts)
        json.member("successes", requests.successes)
        json.member("failures", counts: json.sorted(requests.failures))
        json.member("unanswered", requests.unanswered)
        json.member("setup_ms", requests.setupTime)
      })
  }

  private mutating func member(
    _ key: StaticString, _ groups: GroupedOutcomes, successes: StaticString = "accepted"
  ) {
    guard !groups.groups.isEmpty else { return }
    member(key, each: groups.groups) { json, group in
      json.beginObject()
      json.member("name", group.name)
      json.member("total", group.counts.total)
      json.member(successes, group.counts.accepted)
      json.member("failed", group.counts.failed)
      json.endObject()
    }
  }

  private mutating func members(of series: TimeSeries) {
    member("interval_ms", milliseconds: series.length)
    member("asked_interval_ms", milliseconds: series.asked)
    member("points", each: series.points) { json, point in
      json.beginObject()
      json.member("start", point.start)
      json.member("registrations", point.figures.registrations)
      json.member("registrations_accepted", point.figures.registrationsAccepted)
      json.member("registrations_failed", point.figures.registrationsFailed)
      json.member("registrations_open", UInt64(clamping: point.openRegistrations))
      json.member("calls", point.figures.calls)
      json.member("calls_answered", point.figures.callsAnswered)
      json.member("calls_failed", point.figures.callsFailed)
      json.member("calls_open", UInt64(clamping: point.openCalls))
      if point.figures.registrationDelay.count > 0 { json.member("rrd_ms", point.figures.registrationDelay) }
      if point.figures.postDialDelay.count > 0 { json.member("pdd_ms", point.figures.postDialDelay) }
      json.endObject()
      json.lineBreak()
    }
  }

  /// The metrics of RFC 6076 under its abbreviations.
  private mutating func performance(_ statistics: ServiceStatistics) {
    member("rrd_ms", statistics.registrations.requestDelay)
    member("ira_percent", ratio: statistics.registrations.ineffectiveAttempts)
    member("srd_ms", statistics.calls.successfulRequestDelay)
    member("srd_failed_ms", statistics.calls.failedRequestDelay)
    member("sdd_ms", statistics.calls.disconnectDelay)
    member("sdt_ms", statistics.calls.talkTime)
    member("ser_percent", ratio: statistics.calls.establishmentRatio)
    member("seer_percent", ratio: statistics.calls.establishmentEffectivenessRatio)
    member("isa_percent", ratio: statistics.calls.ineffectiveAttempts)
    member("scr_percent", ratio: statistics.calls.completionRatio)
  }

  private mutating func member(_ key: StaticString, _ distribution: DurationDistribution) {
    self.key(key)
    beginObject()
    member("count", distribution.count)
    if distribution.count > 0 {
      member("min", milliseconds: distribution.minimum)
      member("mean", milliseconds: distribution.mean)
      member("max", milliseconds: distribution.maximum)
      member("p50", milliseconds: distribution.percentile(50))
      member("p95", milliseconds: distribution.percentile(95))
      member("p99", milliseconds: distribution.percentile(99))
    }
    endObject()
  }

  private mutating func member(_ key: StaticString, counts: [(String, UInt64)]) {
    self.key(key)
    beginObject()
    for (name, count) in counts where count > 0 {
      self.key(text: name)
      value(count)
    }
    endObject()
  }

  private func sorted(_ counts: [UInt16: UInt64]) -> [(String, UInt64)] {
    counts.sorted { $0.key < $1.key }.map { (String($0.key), $0.value) }
  }
}
