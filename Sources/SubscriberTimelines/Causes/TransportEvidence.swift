import CaptureFacts

/// What the transport showed while a request was on its way: why it did not get on, where the messages only show that it
/// did not.
struct TransportEvidence {
  /// One thing that stopped a request.
  struct Trouble {
    /// The key of the rule that states it.
    let rule: String
    /// One sentence without a full stop.
    let text: String
    /// The frames that show it.
    let frames: [FrameReference]
  }

  /// The keys of the rules that it proves.
  static let rules = ["connection_refused", "connection_unanswered", "destination_unreachable", "connection_lost"]

  let transport: TransportDirectory
  let nodes: NodeDirectory

  /// The trouble that `node` had in handing on what it received, or that its sender had in reaching it, between two
  /// moments: the most telling kind, and of that the latest.
  func trouble(of hop: HopTransaction, until end: Timestamp) -> Trouble? {
    guard !transport.journal.isEmpty else { return nil }
    let start = hop.requestTime ?? hop.lastRequestTime
    let onward = events(of: hop.to, from: start, to: end).filter {
      !nodes.hasAddress($0.flow.destination.address, hop.from)
    }
    let reaching = events(of: hop.from, from: start, to: end)
      .filter { nodes.hasAddress($0.flow.destination.address, hop.to) }
    return trouble(in: reaching) ?? trouble(in: onward)
  }

  /// The trouble between the ends of an exchange that was not answered.
  func trouble(of exchange: DiameterExchange, until end: Timestamp) -> Trouble? {
    let (from, to) = (exchange.from, exchange.to)
    if !transport.journal.isEmpty {
      let there = events(of: from, from: exchange.start, to: end)
        .filter { nodes.hasAddress($0.flow.destination.address, to) }
      let back = events(of: to, from: exchange.start, to: end)
        .filter { nodes.hasAddress($0.flow.destination.address, from) }
      if let trouble = trouble(in: there + back) { return trouble }
    }
    guard isSilent(to, towards: from) else { return nil }
    return Trouble(rule: "diameter_peer_silent", text: "it does not answer DWR either", frames: [])
  }

  /// Whether a node that owes an answer over Diameter owes one to a watchdog, too, for longer than that may take.
  func isSilent(_ asked: NodeHandle, towards asking: NodeHandle) -> Bool {
    transport.peers.states.contains { state in
      [DiameterPeerState.Side.client, .server].contains { side in
        nodes.root(state[end: side].node) == nodes.root(asked)
          && nodes.root(state[end: side.other].node) == nodes.root(asking) && state[debt: side].watchdogs > 0
          && state[debt: side].since.map {
            transport.now.nanoseconds(since: $0) >= SubscriberTimelines.diameterBound
          } ?? false
      }
    }
  }

  private func events(of node: NodeHandle, from start: Timestamp, to end: Timestamp) -> [TransportEvent] {
    var hosts: [IPAddress] = []
    for endpoint in nodes.addresses(of: node) where !hosts.contains(endpoint.address) { hosts.append(endpoint.address) }
    return hosts.sorted().flatMap { transport.journal.events(of: $0) }
      .filter { $0.time >= start && $0.time <= end }
  }

  /// The kinds that stop a request, the most telling first.
  private static let telling: [TransportIncident.Kind] = [.refused, .unanswered, .unreachable, .aborted]

  private func trouble(in events: [TransportEvent]) -> Trouble? {
    for kind in TransportEvidence.telling {
      guard let last = events.last(where: { TransportEvidence.kind(of: $0) == kind }) else { continue }
      // What happened on the same way before belongs to it: the SYN and its repetitions.
      let alike = events.filter {
        TransportEvidence.kind(of: $0) == kind && $0.flow.destination == last.flow.destination
          && $0.flow.source.address == last.flow.source.address
      }
      return state(kind, last, alike.map(\.frame))
    }
    return nil
  }

  private static func kind(of event: TransportEvent) -> TransportIncident.Kind? {
    switch event.kind {
    case .connectionRefused: .refused
    case .connectionUnanswered, .connectionRepeated: .unanswered
    case .unreachable(let type, let code):
      ICMPError.isFinal(type: type, code: code, isVersion4: event.flow.source.address.isV4) ? .unreachable : nil
    case .aborted: .aborted
    case .restarted, .heartbeatUnanswered, .sameHost: nil
    }
  }

  private func state(_ kind: TransportIncident.Kind, _ event: TransportEvent, _ frames: [FrameReference]) -> Trouble {
    let from = TransportStatement.name(Endpoint(address: event.flow.source.address, port: 0), nodes)
    let to = TransportStatement.name(event.flow.destination, nodes)
    let isAssociation = event.flow.transport == .sctp
    let connection = isAssociation ? "SCTP association" : "\(event.flow.transport.name) connection"
    switch kind {
    case .refused:
      return Trouble(rule: "connection_refused", text: "\(to) refused the \(connection) of \(from)", frames: frames)
    case .unanswered:
      let request = isAssociation ? "INIT" : "SYN"
      return Trouble(
        rule: "connection_unanswered", text: "\(to) did not answer \(from)'s \(request): no \(connection)",
        frames: frames)
    case .unreachable:
      var code: UInt16 = 0
      let name = TransportIncident.Kind(event.kind, code: &code).flatMap { _ in
        TransportIncident(kind, code: code, event).codeName
      }
      return Trouble(
        rule: "destination_unreachable",
        text: "\(to) was not reached by \(from): ICMP " + (name ?? "unreachable"), frames: frames)
    case .aborted, .heartbeatUnanswered, .restarted:
      var words = ""
      if case .aborted(let cause) = event.kind, let name = SCTPCause.name(cause) { words = ": \(name)" }
      return Trouble(
        rule: "connection_lost",
        text: "\(to) \(isAssociation ? "aborted" : "reset") its \(connection) with \(from)\(words)", frames: frames)
    }
  }
}
