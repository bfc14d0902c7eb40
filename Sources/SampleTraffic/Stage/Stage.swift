import CaptureFacts

/// Where a scenario plays: the nodes, the time, what was sent so far, and what is true of it.
///
/// A script calls what happens in order of its own time; `clock` may be set back to begin another script that
/// runs beside the first. Packets are made only at the end, when everything stands in order of time.
struct Stage {
  /// 2026-03-01T08:00:00Z, the start of every scenario, in nanoseconds.
  static let epoch: Int64 = 1_772_352_000_000_000_000

  private struct ConnectionEnds: Hashable {
    var client: Endpoint
    var server: Endpoint
    var transport: TransportProtocol
  }

  /// Nanoseconds since the start of the scenario.
  var clock: Int64 = 0
  var random: SeededGenerator
  var network: CoreNetwork
  var capture = CaptureSettings()
  var truth: ScenarioTruth
  /// The record to which messages belong that are sent now.
  var record: String?
  /// What happens to the next message on its way.
  var manner = Transmission.Manner.smooth
  /// What the UE that registers now and the P-CSCF are about to agree on.
  var offeredProtection: AccessProtection?
  private(set) var transmissions: [Transmission] = []
  var diameterIdentifiers: [String: DiameterIdentifiers] = [:]
  private var clientPorts: [ConnectionEnds: UInt16] = [:]
  private var portsTaken: [IPAddress: UInt16] = [:]
  private var nodesSeen: [String: Int] = [:]
  private var recordCount = 0

  init(scenario: String, seed: UInt64, lossPercent: Int) {
    random = SeededGenerator(seed: seed)
    network = .separateNodes()
    truth = ScenarioTruth(scenario: scenario, seed: seed, lossPercent: lossPercent)
  }

  /// Lets time pass.
  mutating func wait(milliseconds: Int) {
    clock += Int64(milliseconds) * 1_000_000
  }

  /// The time that a node takes before it sends what follows: 0.4 to 0.9 ms.
  mutating func think() {
    clock += 400_000 + Int64(random.next() % 500_000)
  }

  /// A name for a new record.
  mutating func newRecord(_ kind: String) -> String {
    recordCount += 1
    return "\(kind)-\(recordCount)"
  }

  /// Runs `body` with `record` as the owner of all that is sent.
  mutating func within<Result>(_ record: String?, _ body: (inout Stage) -> Result) -> Result {
    let outer = self.record
    self.record = record
    defer { self.record = outer }
    return body(&self)
  }

  /// Remembers a node for the truth.
  mutating func note(_ node: Node) {
    let address = node.endpoint.description
    if let index = nodesSeen[node.name] {
      if !truth.nodes[index].addresses.contains(address) { truth.nodes[index].addresses.append(address) }
      return
    }
    nodesSeen[node.name] = truth.nodes.count
    truth.nodes.append(NodeTruth(name: node.name, addresses: [address], roles: node.roles))
  }

  /// Remembers a subscriber for the truth; one who shares a public identity with another is one with it.
  mutating func note(_ subscriber: Subscriber) {
    let match = truth.subscribers.firstIndex { known in
      known.impis.contains(subscriber.impi) || known.impus.contains { subscriber.identities.contains($0) }
    }
    guard let match else {
      truth.subscribers.append(SubscriberTruth(impis: [subscriber.impi], impus: subscriber.identities))
      return
    }
    if !truth.subscribers[match].impis.contains(subscriber.impi) {
      truth.subscribers[match].impis.append(subscriber.impi)
    }
    for identity in subscriber.identities where !truth.subscribers[match].impus.contains(identity) {
      truth.subscribers[match].impus.append(identity)
    }
  }

  /// The end from which `client` speaks on its connection to `server`.
  mutating func clientEnd(of client: Endpoint, to server: Endpoint, transport: TransportProtocol) -> Endpoint {
    let ends = ConnectionEnds(client: client, server: server, transport: transport)
    if let port = clientPorts[ends] { return Endpoint(address: client.address, port: port) }
    // Captures of different seeds may be joined: their connections must not take each other's ports.
    let port = (portsTaken[client.address] ?? 36_000 + UInt16(truth.seed % 256) * 64) + 2
    portsTaken[client.address] = port
    clientPorts[ends] = port
    return Endpoint(address: client.address, port: port)
  }

  /// Forgets the connection from `client` to `server`, so that the next use opens a new one.
  mutating func forgetConnection(from client: Endpoint, to server: Endpoint, transport: TransportProtocol) {
    clientPorts[ConnectionEnds(client: client, server: server, transport: transport)] = nil
  }

  /// Puts a signalling message on the wire and returns its index.
  @discardableResult
  mutating func transmit(
    _ kind: MessageTruth.Kind, summary: String, bytes: [UInt8], from: Endpoint, to: Endpoint,
    transport: TransportProtocol, isFromClient: Bool = true, isRetransmission: Bool = false
  ) -> Int {
    let index = truth.messages.count
    var message = MessageTruth(
      kind: kind, from: from, to: to, transport: transport, summary: summary, record: record)
    message.isRetransmission = isRetransmission
    truth.messages.append(message)
    transmissions.append(
      Transmission(
        time: clock, from: from, to: to, transport: transport, isFromClient: isFromClient,
        content: .messages([Transmission.Message(index: index, bytes: bytes)]), manner: manner))
    manner = .smooth
    return index
  }

  /// Joins the last two transmissions, which must be on the same connection: one segment, or bundled chunks.
  mutating func coalesceLastTwo() {
    guard transmissions.count >= 2, case .messages(let second) = transmissions[transmissions.count - 1].content,
      case .messages(let first) = transmissions[transmissions.count - 2].content
    else { return }
    transmissions.removeLast()
    transmissions[transmissions.count - 1].content = .messages(first + second)
  }

  /// Puts something other than signalling on the wire.
  mutating func transmit(
    _ content: Transmission.Content, from: Endpoint, to: Endpoint, transport: TransportProtocol,
    isFromClient: Bool = true
  ) {
    transmissions.append(
      Transmission(
        time: clock, from: from, to: to, transport: transport, isFromClient: isFromClient, content: content))
  }
}
