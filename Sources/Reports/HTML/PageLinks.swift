import SubscriberTimelines

/// How much passed between the nodes, for the drawing of the network: by reference point, users taken together.
struct PageLinks {
  /// One reference point between two nodes.
  struct Link {
    /// The number of a node in the page, `users` for all users.
    var from: Int
    var to: Int
    var interface: String
    /// How many requests passed, each with what belongs to it.
    var requests: UInt64
    /// How many of them were refused or not answered.
    var failures: UInt64
  }

  /// Stands for all users.
  static let users = -1

  private struct Key: Hashable {
    var from: Int
    var to: Int
    var interface: String
  }

  private var links: [Key: (requests: UInt64, failures: UInt64)] = [:]

  /// In a fixed order.
  var sorted: [Link] {
    links.map { key, count in
      Link(
        from: key.from, to: key.to, interface: key.interface, requests: count.requests, failures: count.failures)
    }.sorted { ($0.from, $0.to, $0.interface) < ($1.from, $1.to, $1.interface) }
  }

  /// Adds the hops of a record.
  mutating func count(_ record: TimelineRecord, _ number: (NodeHandle) -> Int, _ isUser: (NodeHandle) -> Bool) {
    func name(_ node: NodeHandle) -> Int { isUser(node) ? PageLinks.users : number(node) }
    for leg in record.legs {
      // A challenge is no refusal (RFC 3261 section 22.1).
      let isFailure = leg.status.map { $0 >= 400 && $0 != 401 && $0 != 407 } ?? true
      add(name(leg.from), name(leg.to), leg.interface ?? "SIP", isFailure)
    }
    for exchange in record.diameter {
      let isFailure = !(exchange.result?.isSuccess ?? false)
      if exchange.hops.isEmpty { add(name(exchange.from), name(exchange.to), exchange.interface, isFailure) }
      for hop in exchange.hops { add(name(hop.from), name(hop.to), exchange.interface, isFailure) }
    }
  }

  private mutating func add(_ from: Int, _ to: Int, _ interface: String, _ isFailure: Bool) {
    let key = Key(from: min(from, to), to: max(from, to), interface: interface)
    links[key, default: (0, 0)].requests += 1
    if isFailure { links[key, default: (0, 0)].failures += 1 }
  }
}
