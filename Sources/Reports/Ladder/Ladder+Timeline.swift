import CaptureFacts
import DiameterMessages
import MediaStreams
import SIPMessages
import SubscriberTimelines

extension Ladder {
  /// Makes the ladder of `events`: columns from the user inwards, and of a call's two users the caller first and the
  /// callee last.
  ///
  /// A retransmission stands with its original unless `showsAll`. Messages in the frames of `evidence` are marked.
  /// `media` stand beside the messages; ends that send no messages have columns of their own.
  init(
    _ events: [TimelineEvent], media: [MediaStream] = [], start: Timestamp, nodes: NodeDirectory, frames: FrameText,
    evidence: [FrameReference] = [], showsAll: Bool = false
  ) {
    // Handles of nodes that were found to be one resolve to one id.
    var order: [String] = []
    var handles: [String: NodeHandle] = [:]
    for event in events {
      for handle in [event.from, event.to] {
        let id = nodes.id(of: handle)
        if handles.updateValue(handle, forKey: id) == nil { order.append(id) }
      }
    }
    let streams = Ladder.observed(media, MediaEnds(events, nodes: nodes))
    for stream in streams {
      for id in [stream.from, stream.to] where !order.contains(id) { order.append(id) }
    }
    let firstSender = events.first.map { nodes.id(of: $0.from) }
    let ranks = order.enumerated().map { place, id in
      let roles = handles[id].map(nodes.roles) ?? []
      // Of two users the one that begins is on the left.
      return (
        id: id, rank: id == firstSender && roles.first == .userEquipment ? -1 : Ladder.rank(of: roles), place: place
      )
    }
    let sorted = ranks.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
    let details = Dictionary(nodes.nodes().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    columns = sorted.map { entry in
      let roles = handles[entry.id].map(nodes.roles) ?? []
      // What only media name has no role.
      let heading = handles[entry.id] == nil ? "media" : Ladder.heading(roles)
      return Column(heading: heading, lines: Ladder.lines(entry.id, details[entry.id]))
    }
    let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.id, $0) })
    bars = streams.compactMap { stream in
      guard let from = places[stream.from], let to = places[stream.to] else { return nil }
      return MediaBar(
        start: stream.observed.start.nanoseconds(since: start), end: stream.observed.end.nanoseconds(since: start),
        from: from, to: to, label: stream.label, figures: MediaBar.figures(of: stream.observed),
        tone: MediaBar.tone(of: stream.observed), firstFrame: frames.text(stream.observed.firstFrame),
        lastFrame: frames.text(stream.observed.lastFrame))
    }
    arrows = []
    var latest: [ArrowKey: Int] = [:]
    let evidence = Set(evidence.map(\.number))
    for event in events {
      guard let from = places[nodes.id(of: event.from)], let to = places[nodes.id(of: event.to)] else { continue }
      let key = ArrowKey(from: from, to: to, kind: event.kind)
      if event.isRetransmission, !showsAll, let place = latest[key] {
        if evidence.contains(event.frame.number) { arrows[place].isEvidence = true }
        arrows[place].count += 1 + Int(event.copies)
        continue
      }
      latest[key] = arrows.count
      let (label, shortLabel, tone) = Ladder.label(of: event.kind)
      arrows.append(
        Arrow(
          offset: event.time.nanoseconds(since: start), from: from, to: to, label: label, shortLabel: shortLabel,
          tone: tone, frame: frames.text(event.frame), count: 1 + Int(event.copies),
          isEvidence: evidence.contains(event.frame.number), isRequest: Ladder.isRequest(event.kind)))
    }
  }

  /// A stream that was seen, with the ids of its ends.
  private typealias SeenStream = (from: String, to: String, label: String, observed: ObservedMediaStream)

  private static func observed(_ media: [MediaStream], _ ends: MediaEnds) -> [SeenStream] {
    media.compactMap { stream in
      guard let observed = stream.observed else { return nil }
      let (from, to) = ends.ends(of: stream, observed)
      return (from, to, MediaBar.label(of: stream, observed), observed)
    }
  }

  /// What tells a retransmission's original.
  private struct ArrowKey: Hashable {
    var from: Int
    var to: Int
    var kind: TimelineEvent.Kind
  }

  /// The place of a node: roles are ordered from the user inwards; a user is the other end of the call, and an unknown
  /// node stands before the data of the network.
  static func rank(of roles: [NodeRole]) -> Int {
    guard let role = roles.first else { return Int(NodeRole.mediaGatewayControl.rawValue) * 2 + 1 }
    return role == .userEquipment ? 1000 : Int(role.rawValue) * 2
  }

  /// What stands above the column of a node.
  static func heading(_ roles: [NodeRole]) -> String {
    guard roles.count > 1 else { return roles.first?.name ?? "?" }
    // One address with several CSCF roles: the letters tell them.
    let parts = roles.map { $0.name.hasSuffix("-CSCF") ? String($0.name.prefix(1)) : $0.name }
    let hasCSCF = roles.contains { $0.name.hasSuffix("-CSCF") }
    return parts.joined(separator: "/") + (hasCSCF && parts.last?.count == 1 ? "-CSCF" : "")
  }

  private static func lines(_ id: String, _ node: Node?) -> [String] {
    guard let node, let endpoint = node.addresses.first else { return [id] }
    return [node.name].compactMap(\.self) + [endpoint.address.description, ":" + String(endpoint.port)]
  }

  private static func isRequest(_ kind: TimelineEvent.Kind) -> Bool {
    switch kind {
    case .request, .diameterRequest: true
    case .response, .diameterAnswer: false
    }
  }

  /// What a message says in full and in short, and how it is coloured.
  static func label(of kind: TimelineEvent.Kind) -> (String, String, Tone) {
    switch kind {
    case .request(let method): return (method.name, method.name, .plain)
    case .response(let status, _):
      let tone: Tone =
        switch status {
        case ..<200: .faint
        case 200..<300: .good
        case 401, 407, 300..<400: .caution
        default: .bad
        }
      let code = String(status)
      return (SIPReasonPhrase.phrase(of: status).map { code + " " + $0 } ?? code, code, tone)
    case .diameterRequest(let command, _):
      let name = DiameterDictionary.known.commandAbbreviation(command, isRequest: true)
      return (name, name, .plain)
    case .diameterAnswer(let command, _, let result):
      let name = DiameterDictionary.known.commandAbbreviation(command, isRequest: false)
      guard let result else { return (name, name, .caution) }
      let short = name + " " + String(result.code)
      return (result.shortName.map { short + " " + $0 } ?? short, short, result.isSuccess ? .good : .bad)
    }
  }
}
