import CaptureFacts

/// An incident in words.
struct TransportStatement {
  /// The key of the rule.
  let rule: String
  /// One sentence without a full stop.
  let text: String

  init(_ incident: TransportIncident, _ nodes: NodeDirectory) {
    let from = TransportStatement.name(Endpoint(address: incident.from, port: 0), nodes)
    let to = TransportStatement.name(incident.to, nodes)
    let isAssociation = incident.transport == .sctp
    let connection = isAssociation ? "SCTP association" : "\(incident.transport.name) connection"
    let article = isAssociation ? "an" : "a"
    let code = incident.codeName.map { ": \($0)" } ?? ""
    switch incident.kind {
    case .refused:
      rule = "connection_refused"
      text =
        incident.count == 1
        ? "\(to) refused \(article) \(connection) of \(from)\(code)"
        : "\(to) refused \(incident.count) \(connection)s of \(from)\(code)"
    case .unanswered:
      rule = "connection_unanswered"
      text =
        incident.count == 1
        ? "\(to) did not answer a request of \(from) for \(article) \(connection)"
        : "\(to) did not answer \(incident.count) requests of \(from) for \(article) \(connection)"
    case .unreachable:
      rule = "destination_unreachable"
      let packets = incident.count == 1 ? "a packet" : "\(incident.count) packets"
      text = "\(packets) of \(from) did not reach \(to)\(code)"
    case .aborted:
      rule = isAssociation ? "association_aborted" : "connection_reset"
      text =
        isAssociation
        ? "\(to) aborted its \(connection) with \(from)\(code)" : "\(to) reset its Diameter connection with \(from)"
    case .heartbeatUnanswered:
      rule = "path_down"
      text = "\(to) did not answer \(incident.count) heartbeats of \(from): the SCTP path between them is down"
    case .restarted:
      rule = "association_restarted"
      let times = incident.count == 1 ? "" : " \(incident.count) times"
      text = "the SCTP association of \(from) with \(to) restarted\(times): one of them lost its state"
    }
  }

  /// An address with the roles of its node; port 0 stands for any and is left out.
  static func name(_ endpoint: Endpoint, _ nodes: NodeDirectory) -> String {
    let roles = nodes.known(at: endpoint).map { nodes.roles(of: $0).map(\.name).joined(separator: "/") } ?? ""
    let address = endpoint.port == 0 ? endpoint.address.description : endpoint.description
    return roles.isEmpty ? address : "\(roles) \(address)"
  }
}
