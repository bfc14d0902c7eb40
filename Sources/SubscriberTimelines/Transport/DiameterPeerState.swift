import CaptureFacts

/// A Diameter connection while it is followed.
struct DiameterPeerState {
  /// What one end owes the other.
  struct Debt {
    /// How many frames are kept to prove a silence.
    static let keptFrames = 6

    /// When the first request was sent since it was last heard of; nil where it owes nothing.
    var since: Timestamp?
    var requests = 0
    var watchdogs = 0
    /// The commands of these requests, each once, in order of appearance.
    var commands: [(code: UInt32, count: Int)] = []
    var frames: [FrameReference] = []
    /// Whether a timer will look at it.
    var isTimed = false
    /// Whether its silence is a finding already.
    var isAnnounced = false

    /// Notes a request to the end.
    mutating func add(command: UInt32, isWatchdog: Bool, at time: Timestamp, frame: FrameReference) {
      if since == nil { since = time }
      requests += 1
      if isWatchdog { watchdogs += 1 }
      if let place = commands.firstIndex(where: { $0.code == command }) {
        commands[place].count += 1
      } else if commands.count < Debt.keptFrames {
        commands.append((command, 1))
      }
      if frames.count < Debt.keptFrames { frames.append(frame) }
    }

    /// Forgets everything: the end was heard of.
    mutating func settle() {
      (since, requests, watchdogs, isAnnounced) = (nil, 0, 0, false)
      commands.removeAll(keepingCapacity: true)
      frames.removeAll(keepingCapacity: true)
    }
  }

  /// Which end.
  enum Side: UInt8 {
    case client
    case server

    var other: Side { self == .client ? .server : .client }
  }

  var peer: DiameterPeer
  var clientDebt = Debt()
  var serverDebt = Debt()

  subscript(debt side: Side) -> Debt {
    _read { if side == .client { yield clientDebt } else { yield serverDebt } }
    _modify { if side == .client { yield &clientDebt } else { yield &serverDebt } }
  }

  subscript(end side: Side) -> DiameterPeer.End {
    _read { if side == .client { yield peer.client } else { yield peer.server } }
    _modify { if side == .client { yield &peer.client } else { yield &peer.server } }
  }

  /// Notes that an end was heard of. Returns how long it had said nothing and what it owed, where that is a finding.
  mutating func noteSign(of side: Side, at time: Timestamp) -> (silence: Int64, debt: Debt)? {
    side == .client
      ? DiameterPeerState.settle(&clientDebt, of: &peer.client, at: time)
      : DiameterPeerState.settle(&serverDebt, of: &peer.server, at: time)
  }

  private static func settle(
    _ debt: inout Debt, of end: inout DiameterPeer.End, at time: Timestamp
  ) -> (silence: Int64, debt: Debt)? {
    guard let since = debt.since else { return nil }
    let silence = max(0, time.nanoseconds(since: since))
    end.longestSilence = max(end.longestSilence ?? 0, silence)
    let announced = debt.isAnnounced ? debt : nil
    debt.settle()
    return announced.map { (silence, $0) }
  }

  /// Exchanges the two ends: CER came from the one that was held to be the server.
  mutating func exchangeEnds() {
    swap(&peer.client, &peer.server)
    swap(&clientDebt, &serverDebt)
    if peer.disconnect != nil { peer.disconnect?.isByClient.toggle() }
  }

  /// The connection as reports take it, `now` being the end of what was seen.
  func materialised(at now: Timestamp) -> DiameterPeer {
    var peer = peer
    peer.client = DiameterPeerState.closed(peer.client, clientDebt, now)
    peer.server = DiameterPeerState.closed(peer.server, serverDebt, now)
    return peer
  }

  private static func closed(_ end: DiameterPeer.End, _ debt: Debt, _ now: Timestamp) -> DiameterPeer.End {
    var end = end
    var open = 0
    if let since = debt.since {
      let silence = now.nanoseconds(since: since)
      end.longestSilence = max(end.longestSilence ?? 0, silence)
      // What was asked a moment ago may still be answered.
      if silence < SubscriberTimelines.diameterBound { open = debt.watchdogs }
    }
    let missing = Int64(clamping: end.watchdogsReceived) - Int64(clamping: end.watchdogsAnswered) - Int64(open)
    end.watchdogsUnanswered = UInt64(max(0, missing))
    return end
  }
}
