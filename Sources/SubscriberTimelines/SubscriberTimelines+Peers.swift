import CaptureFacts
import DiameterMessages

extension SubscriberTimelines {
  /// How many applications of a peer are kept: relays offer one, nodes a handful.
  static let keptApplications = 32

  /// Notes what a Diameter message says of the connection that it came over.
  mutating func notePeer(_ observed: Observed<DiameterMessage>, from: NodeHandle, to: NodeHandle) {
    let message = observed.message
    let command = message.header.commandCode
    let sender = nodes.root(from)
    guard
      let place = transport.peers.place(observed.flow, from: sender, to: nodes.root(to), at: observed.time)
    else {
      anomalies.record(.stateEvicted, at: .diameter, frame: observed.frame)
      return
    }
    var side = transport.peers.side(place, sending: observed.flow, sender)
    if command == BaseCommand.capabilitiesExchange, message.isRequest == (side == .server) {
      transport.peers[place].exchangeEnds()
      side = side.other
    }
    noteSilence(of: place, side, at: observed.time, frame: observed.frame)
    transport.peers[place].peer.lastTime = max(transport.peers[place].peer.lastTime, observed.time)
    transport.peers[place][end: side].messagesSent += 1
    if message.isRequest {
      let isWatchdog = message.header.applicationID == 0 && command == BaseCommand.deviceWatchdog
      transport.peers[place][end: side.other].requestsReceived += 1
      if isWatchdog { transport.peers[place][end: side.other].watchdogsReceived += 1 }
      transport.peers[place][debt: side.other].add(
        command: command, isWatchdog: isWatchdog, at: observed.time, frame: observed.frame)
      watch(place, side.other)
    }
    guard message.header.applicationID == 0 else { return }
    switch command {
    case BaseCommand.capabilitiesExchange: takeCapabilities(observed, place, side)
    case BaseCommand.deviceWatchdog:
      if !message.isRequest { transport.peers[place][end: side].watchdogsAnswered += 1 }
      takeOrigin(of: message, place, side)
    case BaseCommand.disconnectPeer: takeDisconnect(observed, place, side)
    default: return
    }
    noteOriginState(observed)
  }

  /// The end was heard of: how long it had said nothing.
  private mutating func noteSilence(
    of place: Int, _ side: DiameterPeerState.Side, at time: Timestamp, frame: FrameReference
  ) {
    guard let (silence, debt) = transport.peers[place].noteSign(of: side, at: time), let since = debt.since else {
      return
    }
    emit(
      "diameter_peer_back", .note,
      "\(CauseText.name(transport.peers[place][end: side].node, nodes)) was heard of again at \(time.timeOfDay) by "
        + "\(CauseText.name(transport.peers[place][end: side.other].node, nodes)), after "
        + "\(CauseText.duration(silence)) in which \(max(0, debt.requests - 1)) requests came to it in vain",
      frames: debt.frames + [frame], at: since)
  }

  private mutating func takeOrigin(of message: DiameterMessage, _ place: Int, _ side: DiameterPeerState.Side) {
    let host = message.text(message.originHost)
    let realm = message.text(message.originRealm)
    if !host.isEmpty { transport.peers[place][end: side].originHost = host }
    if !realm.isEmpty { transport.peers[place][end: side].originRealm = realm }
  }

  private mutating func takeCapabilities(
    _ observed: Observed<DiameterMessage>, _ place: Int, _ side: DiameterPeerState.Side
  ) {
    let message = observed.message
    takeOrigin(of: message, place, side)
    let product = message.productName
    if !product.isEmpty { transport.peers[place][end: side].productName = product }
    transport.peers[place][end: side].applications = Array(
      message.offeredApplications.prefix(SubscriberTimelines.keptApplications))
    if message.isRequest {
      transport.peers[place].peer.capabilitiesExchanges += 1
      transport.peers[place].peer.capabilitiesRequestFrame = observed.frame
      transport.peers[place].peer.capabilitiesAnswerFrame = nil
      transport.peers[place].peer.capabilitiesResult = nil
      // Who exchanges capabilities again has come back.
      transport.peers[place].peer.disconnect = nil
      return
    }
    transport.peers[place].peer.capabilitiesAnswerFrame = observed.frame
    transport.peers[place].peer.capabilitiesResult = message.resultCode
    guard let code = message.resultCode, !(2000..<3000).contains(code) else { return }
    let peer = transport.peers[place].peer
    let name = DiameterDictionary.standard.resultName(code).map { " " + $0 } ?? ""
    emit(
      "diameter_peer_refused", .warning,
      "\(CauseText.name(peer.server.node, nodes)) refused the Diameter connection of "
        + "\(CauseText.name(peer.client.node, nodes)): CEA \(code)\(name)",
      frames: [peer.capabilitiesRequestFrame, observed.frame], at: observed.time)
  }

  private mutating func takeDisconnect(
    _ observed: Observed<DiameterMessage>, _ place: Int, _ side: DiameterPeerState.Side
  ) {
    let message = observed.message
    guard message.isRequest else {
      transport.peers[place].peer.disconnect?.answerFrame = observed.frame
      return
    }
    takeOrigin(of: message, place, side)
    let cause = message.disconnectCause
    transport.peers[place].peer.disconnect = DiameterPeer.Disconnect(
      isByClient: side == .client, cause: cause, requestFrame: observed.frame)
    let words = cause.map { ": \(DiameterDictionary.standard.disconnectCauseName($0) ?? String($0))" } ?? ""
    // BUSY (RFC 6733 section 5.4.3): the peer cannot do what is asked of it.
    emit(
      "diameter_peer_disconnected", cause == 1 ? .warning : .note,
      "\(CauseText.name(transport.peers[place][end: side].node, nodes)) ended its Diameter connection with "
        + "\(CauseText.name(transport.peers[place][end: side.other].node, nodes)) by DPR\(words)",
      frames: [observed.frame], at: observed.time)
  }

  private mutating func noteOriginState(_ observed: Observed<DiameterMessage>) {
    guard let state = observed.message.originStateID, state != 0 else { return }
    let identity = observed.message.text(observed.message.originHost)
    guard let before = transport.peers.note(originState: state, of: identity) else { return }
    emit(
      "peer_restarted", .warning,
      "\(identity) restarted and forgot its sessions: Origin-State-Id rose from \(before) to \(state)",
      frames: [observed.frame], at: observed.time)
  }

  // MARK: - Silence

  private mutating func watch(_ place: Int, _ side: DiameterPeerState.Side) {
    guard !transport.peers[place][debt: side].isTimed else { return }
    transport.peers[place][debt: side].isTimed = true
    timers.schedule(.peer(place, side), at: now.advanced(byNanoseconds: SubscriberTimelines.diameterBound))
  }

  /// Looks whether an end that was asked something has been silent for too long, and asks to be called up again while
  /// that may still become so.
  mutating func reportIfSilent(peer place: Int, _ side: DiameterPeerState.Side) {
    transport.peers[place][debt: side].isTimed = false
    guard transport.peers[place][debt: side].since != nil, !transport.peers[place][debt: side].isAnnounced else {
      return
    }
    if !announceSilence(place, side) { watch(place, side) }
  }

  /// Emits a finding about an end that says nothing any more, if that is what it is: a watchdog or several requests are
  /// unanswered, and it was heard of before, so that the capture would show its answers.
  private mutating func announceSilence(_ place: Int, _ side: DiameterPeerState.Side) -> Bool {
    let debt = transport.peers[place][debt: side]
    let end = transport.peers[place][end: side]
    guard let since = debt.since, !debt.isAnnounced, debt.watchdogs > 0 || debt.requests > 1,
      now.nanoseconds(since: since) >= SubscriberTimelines.diameterBound,
      end.messagesSent > 0 || nodes.hasSent(end.node)
    else { return false }
    transport.peers[place][debt: side].isAnnounced = true
    let asked = debt.commands.map { entry in
      "\(entry.count) \(DiameterDictionary.standard.commandAbbreviation(entry.code, isRequest: true))"
    }
    emit(
      "diameter_peer_silent", debt.requests > debt.watchdogs ? .error : .warning,
      "\(CauseText.name(end.node, nodes)) has sent nothing to "
        + "\(CauseText.name(transport.peers[place][end: side.other].node, nodes)) for "
        + "\(CauseText.duration(now.nanoseconds(since: since))): \(asked.joined(separator: ", ")) unanswered",
      frames: debt.frames, at: since)
    return true
  }

  /// Ends the input: what is silent then is told.
  mutating func finishPeers() {
    for place in transport.peers.states.indices {
      _ = announceSilence(place, .client)
      _ = announceSilence(place, .server)
    }
  }

  /// Emits a finding that is about no record.
  mutating func emit(
    _ rule: String, _ severity: Finding.Severity, _ text: String, frames: [FrameReference?], at time: Timestamp
  ) {
    emitted.append(
      .finding(
        Finding(
          rule: rule, severity: severity, text: text, frames: MessageTrail.ordered(frames.compactMap { $0 }),
          about: [], time: time)))
  }
}
