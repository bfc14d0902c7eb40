import ByteReading
import CaptureFacts

/// All nodes seen so far. A node is a host, by its address; only where several nodes share one address, which shows when
/// a message goes from an address to itself, its port tells it apart, and for a Diameter client its Origin-Host.
public struct NodeDirectory: Sendable {
  /// What is known of an address.
  private enum Place {
    /// One node.
    case node(NodeHandle)
    /// Several nodes, told apart by port.
    case shared
  }

  /// How many Diameter connections are told apart: a network has few peers.
  private static let connectionLimit = 4096

  /// How many addresses are remembered that were listed and not used yet: associations that only list addresses must not
  /// grow the table.
  private static let alternativeLimit = 1 << 14

  private var states: [NodeState] = []
  /// The clients' ends of Diameter connections, and whose they are.
  private var connections: [Endpoint: NodeHandle] = [:]
  /// What is known of each address, by its hash: every message asks for two.
  private var places: [KeyedHash: Place] = [:]
  private let key: HashKey
  /// The nodes of shared addresses, by port.
  private var ports: [Endpoint: NodeHandle] = [:]
  /// Whose alternative an address is, where a host listed its addresses before it sent a message.
  private var alternatives: [IPAddress: IPAddress] = [:]
  /// The nodes of shared addresses that are known by their Diameter identity.
  private var identities: [Identity: NodeHandle] = [:]

  /// A Diameter identity on an address.
  private struct Identity: Hashable {
    let address: IPAddress
    let name: String
  }

  /// What the user says of nodes.
  private let names: NodeNames

  init(key: HashKey = HashKey(), names: NodeNames = NodeNames()) {
    self.key = key
    self.names = names
    for address in names.sharedAddresses { places[hash(address)] = .shared }
  }

  private func hash(_ address: IPAddress) -> KeyedHash {
    key.start.combined(with: KeyedHash(high: address.high, low: address.low))
  }

  // MARK: - Finding nodes

  /// The node at `endpoint`. `ownPort` is the port that the node listens on, where the message tells it and `endpoint`
  /// may be one that it chose for the connection.
  mutating func node(at endpoint: Endpoint, ownPort: UInt16? = nil, isOwn: Bool) -> NodeHandle {
    switch places[hash(endpoint.address)] {
    case .node(let known):
      let handle = root(known)
      if isOwn {
        note(ownAddress: endpoint, ofRoot: handle)
      } else if let ownPort {
        note(ownAddress: Endpoint(address: endpoint.address, port: ownPort), ofRoot: handle)
      }
      return handle
    case .shared:
      if let handle = ports[endpoint] { return root(handle) }
      let own = Endpoint(address: endpoint.address, port: ownPort ?? endpoint.port)
      let handle = ports[own].map(root) ?? add(own, isOwnPort: isOwn || ownPort != nil)
      ports[own] = handle
      ports[endpoint] = handle
      return handle
    case nil:
      let first = alternatives[endpoint.address] ?? endpoint.address
      if case .node(let handle)? = places[hash(first)] {
        places[hash(endpoint.address)] = .node(handle)
        return node(at: endpoint, ownPort: ownPort, isOwn: isOwn)
      }
      let own = Endpoint(address: endpoint.address, port: ownPort ?? endpoint.port)
      let handle = add(own, isOwnPort: isOwn || ownPort != nil)
      places[hash(endpoint.address)] = .node(handle)
      if places[hash(first)] == nil { places[hash(first)] = .node(handle) }
      return handle
    }
  }

  /// The node that speaks Diameter through `endpoint` under the name `originHost`. One connection is one node, for an
  /// agent passes on messages of others (RFC 6733 section 6.1); another connection from the same address under another
  /// name is another node.
  mutating func node(at endpoint: Endpoint, originHost: String, isOwn: Bool) -> NodeHandle {
    guard !originHost.isEmpty else { return node(at: endpoint, isOwn: isOwn) }
    if case .node(let handle) = places[hash(endpoint.address)] {
      let hostNames = states[Int(root(handle).index)].hostNames
      let isKnown = hostNames.isEmpty || hostNames.contains(originHost) || connections[endpoint] == root(handle)
      if isKnown {
        if !isOwn, connections.count < NodeDirectory.connectionLimit { connections[endpoint] = root(handle) }
        return node(at: endpoint, isOwn: isOwn)
      }
      noteSharing(endpoint.address)
    }
    guard case .shared = places[hash(endpoint.address)] else {
      let handle = node(at: endpoint, isOwn: isOwn)
      if !isOwn, connections.count < NodeDirectory.connectionLimit { connections[endpoint] = handle }
      return handle
    }
    if let handle = ports[endpoint] { return root(handle) }
    let identity = Identity(address: endpoint.address, name: originHost)
    if let handle = identities[identity] {
      ports[endpoint] = handle
      return root(handle)
    }
    let handle = node(at: endpoint, isOwn: isOwn)
    identities[identity] = handle
    return handle
  }

  /// Notes that `address` sends to itself: more than one node lives there, told apart by port from now on.
  mutating func noteSharing(_ address: IPAddress) {
    switch places[hash(address)] {
    case .shared: return
    case .node(let handle):
      let state = states[Int(root(handle).index)]
      for endpoint in [state.firstAddress, state.name] + state.otherAddresses where endpoint.address == address {
        ports[endpoint] = handle
      }
      for (endpoint, owner) in connections where endpoint.address == address && owner == root(handle) {
        ports[endpoint] = handle
      }
      for name in state.hostNames { identities[Identity(address: address, name: name)] = handle }
    case nil: break
    }
    places[hash(address)] = .shared
  }

  /// Notes that two addresses belong to one host (SCTP multi-homing, RFC 9260 section 6.4).
  mutating func noteSameHost(_ first: IPAddress, _ second: IPAddress) {
    // A loopback address is of every host.
    guard !first.isLoopback, !second.isLoopback else { return }
    guard first != second else { return }
    guard case .node(let one)? = places[hash(first)] else {
      guard places[hash(first)] == nil else { return }
      if case .node(let other)? = places[hash(second)] {
        places[hash(first)] = .node(other)
      } else if places[hash(second)] == nil, alternatives.count < NodeDirectory.alternativeLimit {
        alternatives[second] = alternatives[first] ?? first
      }
      return
    }
    switch places[hash(second)] {
    case .node(let other): merge(other, into: one)
    case .shared: return
    case nil: break
    }
    places[hash(second)] = .node(root(one))
  }

  /// Notes that two handles name one node.
  mutating func merge(_ handle: NodeHandle, into target: NodeHandle) {
    var from = root(handle)
    var into = root(target)
    guard from != into else { return }
    // The one seen first keeps its name.
    if from.index < into.index { swap(&from, &into) }
    let state = states[Int(from.index)]
    let place = Int(into.index)
    states[Int(from.index)].mergedInto = into.index
    states[Int(from.index)].otherAddresses = []
    states[Int(from.index)].dropEvidence()
    if let address = state.ownAddress { states[place].note(ownAddress: address) }
    for address in state.otherAddresses { states[place].note(ownAddress: address) }
    states[place].take(state.given)
    for name in state.hostNames { states[place].note(hostName: name) }
    for name in state.peerNames { states[place].note(peerName: name) }
    for evidence in state.evidence {
      states[place].note(evidence.behaviour, frame: evidence.frame, count: evidence.count)
    }
    states[place].sentMessages += state.sentMessages
    states[place].receivedMessages += state.receivedMessages
    states[place].speaksSIP = states[place].speaksSIP || state.speaksSIP
    states[place].merged.append(from.index)
    states[place].merged += state.merged
  }

  /// The handle that `handle` resolves to now.
  func root(_ handle: NodeHandle) -> NodeHandle {
    var index = handle.index
    while states[Int(index)].mergedInto != index { index = states[Int(index)].mergedInto }
    return NodeHandle(index: index)
  }

  private mutating func add(_ endpoint: Endpoint, isOwnPort: Bool) -> NodeHandle {
    let index = UInt32(truncatingIfNeeded: states.count)
    var state = NodeState(address: endpoint, isOwnPort: isOwnPort, place: index)
    if !names.isEmpty { state.take(names.row(at: endpoint)) }
    states.append(state)
    return NodeHandle(index: index)
  }

  /// The node at `endpoint` where one is known there; nil otherwise. The port counts only where several nodes share the
  /// address.
  public func known(at endpoint: Endpoint) -> NodeHandle? {
    switch places[hash(endpoint.address)] {
    case .node(let handle): return root(handle)
    case .shared: return ports[endpoint].map(root)
    case nil:
      guard let first = alternatives[endpoint.address], case .node(let handle)? = places[hash(first)] else {
        return nil
      }
      return root(handle)
    }
  }

  /// Whether the node is known to listen on `endpoint`.
  func listens(_ handle: NodeHandle, at endpoint: Endpoint) -> Bool {
    let state = states[Int(root(handle).index)]
    return state.ownAddress == endpoint || state.otherAddresses.contains(endpoint)
  }

  // MARK: - What nodes show

  private mutating func note(ownAddress endpoint: Endpoint, ofRoot handle: NodeHandle) {
    let place = Int(handle.index)
    // Nearly every message comes from where its sender was reached before.
    guard states[place].ownAddress != endpoint else { return }
    states[place].note(ownAddress: endpoint)
    if !names.isEmpty { states[place].take(names.row(at: endpoint)) }
  }

  mutating func note(_ behaviour: NodeBehaviour, of handle: NodeHandle, frame: FrameReference) {
    states[Int(root(handle).index)].note(behaviour, frame: frame)
  }

  /// Notes a name that stands in what the node sent; `isPeer` where it is the node's own for certain.
  mutating func note(hostName: String, of handle: NodeHandle, isPeer: Bool) {
    guard !hostName.isEmpty else { return }
    let place = Int(root(handle).index)
    states[place].note(hostName: hostName)
    if isPeer { states[place].note(peerName: hostName) }
  }

  mutating func countMessage(from sender: NodeHandle, to receiver: NodeHandle, isSIP: Bool) {
    let (from, to) = (Int(root(sender).index), Int(root(receiver).index))
    states[from].sentMessages += 1
    states[to].receivedMessages += 1
    if isSIP {
      states[from].speaksSIP = true
      states[to].speaksSIP = true
    }
  }

  /// Whether the behaviour of the node shows this role.
  func shows(_ role: NodeRole, _ handle: NodeHandle) -> Bool {
    states.span[Int(root(handle).index)].shows(role)
  }

  /// Whether the node has sent or received SIP: what only a Diameter client did not.
  func speaksSIP(_ handle: NodeHandle) -> Bool {
    states[Int(root(handle).index)].speaksSIP
  }

  /// Whether the node has sent a message.
  func hasSent(_ handle: NodeHandle) -> Bool {
    states[Int(root(handle).index)].sentMessages > 0
  }

  /// Whether two handles name nodes on one address.
  func shareAddress(_ first: NodeHandle, _ second: NodeHandle) -> Bool {
    states[Int(root(first).index)].firstAddress.address == states[Int(root(second).index)].firstAddress.address
  }

  /// Whether the node has this address.
  func hasAddress(_ address: IPAddress, _ handle: NodeHandle) -> Bool {
    let place = Int(root(handle).index)
    return states[place].name.address == address || states[place].otherAddresses.contains { $0.address == address }
  }

  /// Takes a name that the capture gives to an address: for the nodes there that have no better one.
  public mutating func noteCaptured(name: String, of address: IPAddress) {
    for place in states.indices where states[place].name.address == address && states[place].hostNames.isEmpty {
      states[place].note(hostName: name)
    }
  }

  // MARK: - For reports

  /// The id of the node that a handle names now.
  public func id(of handle: NodeHandle) -> String {
    states[Int(root(handle).index)].nameText
  }

  /// The roles of the node that a handle names, from the user inwards: by what it did, else by its name.
  public func roles(of handle: NodeHandle) -> [NodeRole] {
    states[Int(root(handle).index)].roles
  }

  /// The reference point between two nodes, by their roles; nil where these do not tell.
  public func referencePoint(between first: NodeHandle, and second: NodeHandle) -> String? {
    ReferencePoint.name(between: roles(of: first), and: roles(of: second))
  }

  /// The name that the user gave to the node; nil where there is none.
  public func givenName(of handle: NodeHandle) -> String? {
    states[Int(root(handle).index)].given?.name
  }

  /// The names that the node goes by: the one that the user gave to it, and host names.
  public func hostNames(of handle: NodeHandle) -> [String] {
    let state = states[Int(root(handle).index)]
    return [state.given?.name].compactMap(\.self) + state.hostNames
  }

  /// Where the node was reached or spoke from.
  public func addresses(of handle: NodeHandle) -> [Endpoint] {
    let state = states[Int(root(handle).index)]
    return Array(Set([state.firstAddress, state.name] + state.otherAddresses))
  }

  /// All nodes, ordered by their first role, those without one last, then by address.
  public func nodes() -> [Node] {
    states.indices.filter { states[$0].mergedInto == UInt32($0) }
      .map { place -> (order: UInt8, first: Endpoint, node: Node) in
        let node = node(at: place)
        return (node.roles.first?.rawValue ?? .max, states[place].name, node)
      }
      .sorted { ($0.order, $0.first) < ($1.order, $1.first) }
      .map(\.node)
  }

  private func node(at place: Int) -> Node {
    let state = states[place]
    // Records emitted before the node was known by its own address, or as one with another, use earlier names.
    let earlier = [state.firstAddress] + state.merged.flatMap { [states[Int($0)].firstAddress, states[Int($0)].name] }
    let mergedIDs = Set(earlier.map(\.description)).subtracting([state.name.description])
    return Node(
      id: state.name.description, name: state.given?.name, namedBy: state.given?.file, mergedIDs: mergedIDs.sorted(),
      addresses: ([state.name] + state.otherAddresses).sorted(), roles: state.roles,
      hostNames: state.ownNames,
      evidence: (state.given?.roles ?? []).map {
        Node.Evidence(role: $0, behaviour: "named by \(state.given?.file ?? "")", frame: nil, count: 0)
      }
        + state.ownEvidence
        .map {
          Node.Evidence(
            role: $0.behaviour.meaning.role, behaviour: $0.behaviour.meaning.words, frame: $0.frame, count: $0.count)
        }
        .sorted { ($0.role, $0.frame?.number ?? 0) < ($1.role, $1.frame?.number ?? 0) },
      sentMessages: state.sentMessages, receivedMessages: state.receivedMessages)
  }
}
