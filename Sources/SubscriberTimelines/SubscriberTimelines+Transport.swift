import CaptureFacts

extension SubscriberTimelines {
  /// How many heartbeats of a path must fail before that is a finding: one may be lost.
  static let failedHeartbeats: UInt64 = 2

  /// How many findings of one kind concern one host, at either end: a scan or a flood is one thing to look at.
  static let findingsPerHost = 8

  /// How many frames of causes are remembered: those of the records that fail within `linger`.
  static let keptCitations = 4096

  /// Takes what the transport showed.
  public mutating func receive(_ event: TransportEvent) {
    advance(to: event.time)
    if case .sameHost(let other) = event.kind {
      nodes.noteSameHost(event.flow.source.address, other)
      return
    }
    guard TransportDirectory.concernsSignalling(event.flow, nodes) else { return }
    let layer: LayerKind = event.flow.transport == .sctp ? .sctp : .tcp
    let evictedBefore = transport.journal.evicted
    switch transport.note(event) {
    case .incident(let place): announceLater(place)
    case .evidence: break
    case .noRoom: anomalies.record(.stateEvicted, at: layer, frame: event.frame)
    }
    for _ in evictedBefore..<transport.journal.evicted {
      anomalies.record(.stateEvicted, at: layer, frame: event.frame)
    }
  }

  /// Takes the record of an SCTP association that is over.
  public mutating func receive(_ health: SCTPAssociationHealth) {
    if !transport.note(health) { anomalies.record(.stateEvicted, at: .sctp, frame: health.lastFrame) }
  }

  /// Asks to be called up for a finding about an incident once what belongs to it has been seen.
  private mutating func announceLater(_ place: Int) {
    let incident = transport.incidents[place]
    guard !incident.isAnnounced, isFinding(incident) else { return }
    transport.announce(place)
    timers.schedule(.incident(place), at: now.advanced(byNanoseconds: SubscriberTimelines.linger))
    unreported.insert(place)
  }

  /// Whether an incident is worth a finding. A TCP connection that is reset is usual at the end of a session; where
  /// Diameter runs on it, it is not.
  private func isFinding(_ incident: TransportIncident) -> Bool {
    switch incident.kind {
    case .heartbeatUnanswered: incident.count >= SubscriberTimelines.failedHeartbeats
    case .aborted: incident.transport == .sctp || isDiameter(incident)
    case .refused, .unanswered, .unreachable, .restarted: true
    }
  }

  /// Whether a Diameter connection leads there.
  private func isDiameter(_ incident: TransportIncident) -> Bool {
    transport.peers.states.contains { state in
      state.peer.transport == incident.transport
        && (state.peer.client.endpoint == incident.to || state.peer.server.endpoint == incident.to)
    }
  }

  /// Emits the finding about an incident.
  mutating func report(incident place: Int) {
    guard unreported.remove(place) != nil else { return }
    let incident = transport.incidents[place]
    // What happened once and is the cause of a record is told there.
    if incident.count == 1, let frame = incident.frames.first, citedFrames.contains(frame) { return }
    let statement = TransportStatement(incident, nodes)
    guard transport.admitsFinding(about: incident) else {
      if crowd == nil { crowd = (statement.rule, incident.frames, incident.firstTime, 0) }
      crowd?.count += 1
      return
    }
    emit(statement.rule, .warning, statement.text, frames: incident.frames, at: incident.firstTime)
  }

  /// Remembers the frames of a cause that the transport gave.
  mutating func cite(_ cause: Cause) {
    guard TransportEvidence.rules.contains(cause.rule) else { return }
    if citedFrames.count >= SubscriberTimelines.keptCitations { citedFrames.removeAll() }
    citedFrames.formUnion(cause.frames)
  }

  /// Ends the input: what waits to be told is told.
  mutating func finishTransport() {
    for place in unreported.sorted() { report(incident: place) }
    if let crowd {
      emit(
        crowd.rule, .warning,
        "the same, or its like, between \(crowd.count) other pairs of hosts, listed in the transport section of the report",
        frames: crowd.frames, at: crowd.time)
    }
    finishPeers()
  }
}
