import CaptureFacts

/// The Diameter connections, found by the nodes at their ends and the ports, so that an association over several
/// addresses is one.
struct DiameterPeerTable {
  /// How many connections are followed: a network has some dozen peers. Those beyond are counted.
  static let limit = 4096

  private struct Key: Hashable {
    var low: UInt64
    var high: UInt64
    var transport: TransportProtocol
  }

  private(set) var states: [DiameterPeerState] = []
  /// The last Origin-State-Id of each Diameter identity.
  private var originStates: [String: UInt32] = [:]
  private var places: [Key: Int] = [:]

  /// The place of the connection of a message, made where it is new; nil beyond the bound. `from` and `to` are the nodes
  /// at its ends as they are known now.
  mutating func place(
    _ flow: Flow, from: NodeHandle, to: NodeHandle, at time: Timestamp
  ) -> Int? {
    let key = DiameterPeerTable.key(flow, from, to)
    if let place = places[key] { return place }
    guard states.count < DiameterPeerTable.limit else { return nil }
    let source = DiameterPeer.End(node: from, endpoint: flow.source)
    let destination = DiameterPeer.End(node: to, endpoint: flow.destination)
    // The side with the lower port listens: Diameter's own is 3868 (RFC 6733 section 2.1).
    let isFromServer = flow.source.port < flow.destination.port
    states.append(
      DiameterPeerState(
        peer: DiameterPeer(
          client: isFromServer ? destination : source, server: isFromServer ? source : destination,
          transport: flow.transport, firstTime: time, lastTime: time)))
    places[key] = states.count - 1
    return states.count - 1
  }

  /// The place of a known connection; nil where no Diameter message was seen on it.
  func place(of flow: Flow, from: NodeHandle, to: NodeHandle) -> Int? {
    places[DiameterPeerTable.key(flow, from, to)]
  }

  subscript(place: Int) -> DiameterPeerState {
    _read { yield states[place] }
    _modify { yield &states[place] }
  }

  /// Takes Origin-State-Id (RFC 6733 section 8.16), which rises when a node restarts and forgets its sessions. Returns
  /// what it was before where it has risen.
  mutating func note(originState: UInt32, of identity: String) -> UInt32? {
    guard let known = originStates[identity] else {
      if originStates.count < DiameterPeerTable.limit { originStates[identity] = originState }
      return nil
    }
    originStates[identity] = originState
    return originState > known ? known : nil
  }

  /// Which end of the connection speaks on this way.
  func side(_ place: Int, sending flow: Flow, _ node: NodeHandle) -> DiameterPeerState.Side {
    if flow.source.port != flow.destination.port {
      return flow.source.port == states[place].peer.client.endpoint.port ? .client : .server
    }
    return node == states[place].peer.client.node ? .client : .server
  }

  private static func key(_ flow: Flow, _ from: NodeHandle, _ to: NodeHandle) -> Key {
    let source = UInt64(from.index) << 16 | UInt64(flow.source.port)
    let destination = UInt64(to.index) << 16 | UInt64(flow.destination.port)
    return Key(low: min(source, destination), high: max(source, destination), transport: flow.transport)
  }
}
