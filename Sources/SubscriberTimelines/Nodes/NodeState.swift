import CaptureFacts

/// What is kept of one node.
struct NodeState {
  /// How many addresses and names a node keeps: a UE that opens a connection from a new port each time must not grow.
  static let keptAddresses = 32
  static let keptNames = 8

  /// Why it is held to have a role.
  struct Evidence {
    let behaviour: NodeBehaviour
    let frame: FrameReference
    var count: UInt64
  }

  /// The first address seen.
  let firstAddress: Endpoint
  /// The first address seen on which the node listens, with a port that it did not choose for one connection; nil while
  /// there is none.
  private(set) var ownAddress: Endpoint?
  /// `name` as text: reports write it twice for each message.
  private(set) var nameText: String
  /// The node that this one was found to be; itself while it is none.
  var mergedInto: UInt32
  /// Addresses beside the first.
  var otherAddresses: [Endpoint] = []
  private(set) var hostNames: [String] = []
  /// The names in messages of the base protocol, which go no further than the peer (RFC 6733 section 2.8).
  private(set) var peerNames: [String] = []
  private(set) var evidence: [Evidence] = []
  /// What the user says of it.
  private(set) var given: NodeNames.Row?
  /// Its roles, from the user inwards: by what it did, else by its name. Kept, for each message asks and they seldom change.
  private(set) var roles: [NodeRole] = []
  /// A bit for each role that its behaviour shows, by raw value.
  private var shownRoles: UInt32 = 0
  var sentMessages: UInt64 = 0
  var receivedMessages: UInt64 = 0
  /// Whether it sent or received SIP.
  var speaksSIP = false
  /// The places of nodes that were merged into this one.
  var merged: [UInt32] = []

  init(address: Endpoint, isOwnPort: Bool, place: UInt32) {
    firstAddress = address
    ownAddress = isOwnPort ? address : nil
    mergedInto = place
    nameText = address.description
  }

  /// What names the node: where it listens, else where it was first seen.
  var name: Endpoint { ownAddress ?? firstAddress }

  /// Notes an address on which the node listens.
  mutating func note(ownAddress address: Endpoint) {
    if ownAddress == nil {
      ownAddress = address
      nameText = address.description
    }
    guard address != ownAddress, !otherAddresses.contains(address),
      otherAddresses.count < NodeState.keptAddresses
    else { return }
    otherAddresses.append(address)
  }

  mutating func note(hostName: String) {
    guard !hostNames.contains(hostName), hostNames.count < NodeState.keptNames else { return }
    hostNames.append(hostName)
    judge()
  }

  mutating func note(peerName: String) {
    guard !peerNames.contains(peerName), peerNames.count < NodeState.keptNames else { return }
    peerNames.append(peerName)
    judge()
  }

  mutating func note(_ behaviour: NodeBehaviour, frame: FrameReference, count: UInt64 = 1) {
    if let place = evidence.firstIndex(where: { $0.behaviour == behaviour }) {
      evidence[place].count += count
    } else {
      evidence.append(Evidence(behaviour: behaviour, frame: frame, count: count))
      judge()
    }
  }

  /// Takes what the user says of the node: the first word stands, as that of the address it is named by.
  mutating func take(_ row: NodeNames.Row?) {
    guard let row, given == nil else { return }
    given = row
    judge()
  }

  func shows(_ role: NodeRole) -> Bool {
    shownRoles >> UInt32(role.rawValue) & 1 != 0
  }

  /// Forgets what it did: another node has it.
  mutating func dropEvidence() {
    evidence = []
    judge()
  }

  /// Judges anew what its behaviour and its names say.
  private mutating func judge() {
    let evidence = ownEvidence
    roles = []
    shownRoles = 0
    for role in evidence.map(\.behaviour.meaning.role).sorted() where roles.last != role {
      roles.append(role)
      shownRoles |= 1 << UInt32(role.rawValue)
    }
    if let given, !given.roles.isEmpty {
      roles = given.roles
      shownRoles = roles.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
      return
    }
    if evidence.allSatisfy({ $0.behaviour.weight == .presumed }),
      let role = ownNames.lazy.compactMap(NodeRole.init(hostName:)).first
    {
      roles = [role]
    }
  }

  /// The evidence that counts: what an agent passes on says nothing of the agent itself, and what is presumed or rests on
  /// circumstances counts only where there is nothing better.
  var ownEvidence: [Evidence] {
    let passesOn = evidence.contains { $0.behaviour == .forwardsDiameter }
    let own = passesOn ? evidence.filter { !DiameterBehaviours.all.contains($0.behaviour) } : evidence
    guard let greatest = own.lazy.map(\.behaviour.weight).max() else { return [] }
    return own.filter { $0.behaviour.weight == greatest }
  }

  /// The names that count: an agent's connection carries those of others, its own stands in messages that are not passed
  /// on.
  var ownNames: [String] {
    evidence.contains { $0.behaviour == .forwardsDiameter } ? peerNames : hostNames
  }
}
