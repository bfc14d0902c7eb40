import CaptureFacts
import SubscriberTimelines

/// The columns of what `nodes` shows beside the nodes: how they are connected.
enum TransportTables {
  static let peers: [TableColumn<DiameterPeer>] = [
    TableColumn("from", nil, minimum: 12) { name($0.client, $1) },
    TableColumn("to", nil, minimum: 12) { name($0.server, $1) },
    TableColumn("over", nil) { peer, _ in peer.transport.name },
    TableColumn("offers", nil, minimum: 6) { peer, _ in DiameterPeerText.applications(peer.client) },
    TableColumn("offered", nil, minimum: 7) { peer, _ in DiameterPeerText.applications(peer.server) },
    TableColumn("silent", nil, .right, minimum: 8) { peer, context in
      context.duration(
        [peer.client.longestSilence, peer.server.longestSilence].compactMap { $0 }.max())
    },
    TableColumn("state", nil, minimum: 8) { peer, _ in
      TableCell(text: DiameterPeerText.state(peer), tone: peer.isTroubled ? .bad : .good)
    },
  ]

  static let associations: [TableColumn<SCTPAssociationHealth>] = [
    TableColumn("from", nil, minimum: 12) { end($0, isOpener: true, $1) },
    TableColumn("to", nil, minimum: 12) { end($0, isOpener: false, $1) },
    TableColumn("paths", nil, .right) { association, _ in
      String(Set(association.paths.map { [$0.flow.source.address, $0.flow.destination.address].sorted() }).count)
    },
    TableColumn("chunks", nil, .right) { association, _ in
      String(association.opener.dataChunks + association.responder.dataChunks)
    },
    TableColumn("repeated", nil, .right) { association, _ in
      String(association.opener.repeatedChunks + association.responder.repeatedChunks)
    },
    TableColumn("missing", nil, .right) { association, _ in
      String(association.opener.missingChunks + association.responder.missingChunks)
    },
    TableColumn("heartbeats lost", nil, .right) { association, _ in
      String(association.paths.reduce(0) { $0 + $1.heartbeatsUnanswered })
    },
    TableColumn("state", nil, minimum: 8) { association, context in
      var text = context.word(association.stateName)
      if let cause = association.cause { text += ": " + (TransportIncident.sctpCauseName(cause) ?? String(cause)) }
      if association.restarts > 0 { text += ", restarted \(association.restarts)x" }
      return TableCell(text: text, tone: association.isTroubled ? .bad : .good)
    },
  ]

  private static func name(_ end: DiameterPeer.End, _ context: RowContext) -> String {
    let roles = context.nodes.roles(of: end.node).map(\.name).joined(separator: "/")
    let address = context.nodes.id(of: end.node)
    return roles.isEmpty ? address : "\(roles) \(address)"
  }

  private static func end(_ association: SCTPAssociationHealth, isOpener: Bool, _ context: RowContext) -> String {
    let endpoint = isOpener ? association.flow.source : association.flow.destination
    let addresses = association.addresses(ofOpener: isOpener).map(\.description).joined(separator: context.separator)
    return "\(addresses) port \(endpoint.port)"
  }
}

extension SCTPAssociationHealth {
  /// Whether it did not go as it should.
  var isTroubled: Bool {
    switch ending {
    case .unanswered, .refused, .aborted: true
    case .open, .shutDown: restarts > 0 || paths.contains { $0.heartbeatsUnanswered > 1 }
    }
  }
}
