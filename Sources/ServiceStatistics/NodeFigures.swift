import SubscriberTimelines

/// The figures of one node, with its name.
public struct NodeFigures: Sendable {
  /// The id of the node.
  public let node: String
  /// The roles of the node.
  public let roles: [NodeRole]
  /// What it was sent over SIP.
  public internal(set) var sip = NodeStatistics()
  /// What it was asked over Diameter, by command.
  public internal(set) var diameter: [DiameterCommandStatistics] = []

  /// The figures of the network's nodes by the names that these have now, ordered by role and name. Users' devices are
  /// left out: they are many, and their records tell of them.
  static func figures(
    _ sip: [UInt32: NodeStatistics], _ commands: [NodeCommandKey: DiameterCommandStatistics], _ nodes: NodeDirectory
  ) -> [NodeFigures] {
    var figures: [String: NodeFigures] = [:]
    func change(_ index: UInt32, _ body: (inout NodeFigures) -> Void) {
      let handle = NodeHandle(index: index)
      let roles = nodes.roles(of: handle)
      guard !roles.contains(.userEquipment) else { return }
      let id = nodes.id(of: handle)
      body(&figures[id, default: NodeFigures(node: id, roles: roles)])
    }
    for (index, own) in sip { change(index) { $0.sip.add(own) } }
    for (key, own) in commands {
      change(key.node) { figures in
        if let place = figures.diameter.firstIndex(where: { $0.interface == own.interface && $0.command == own.command }
        ) {
          figures.diameter[place].add(own)
        } else {
          figures.diameter.append(own)
        }
      }
    }
    return figures.values.map { node in
      var node = node
      node.diameter.sort { ($0.interface, $0.command) < ($1.interface, $1.command) }
      return node
    }
    .sorted { ($0.roles.first?.rawValue ?? .max, $0.node) < ($1.roles.first?.rawValue ?? .max, $1.node) }
  }

  private init(node: String, roles: [NodeRole]) {
    self.node = node
    self.roles = roles
  }
}

/// Which command of which node.
struct NodeCommandKey: Hashable, Sendable {
  var node: UInt32
  var application: UInt32
  var command: UInt32
}
