import CaptureFacts
import SubscriberTimelines

extension ReportSummary {
  /// The Diameter connections that the report is about.
  var shownPeers: [DiameterPeer] {
    transport.diameterPeers.filter { isShown($0.client.node) || isShown($0.server.node) }
  }

  /// The SCTP associations that the report is about.
  var shownAssociations: [SCTPAssociationHealth] {
    transport.associations.filter { isShown($0.flow.source) || isShown($0.flow.destination) }
  }

  /// The troubled connections that the report is about.
  var shownIncidents: [TransportIncident] {
    transport.incidents.filter { isShown(Endpoint(address: $0.from, port: 0)) || isShown($0.to) }
  }

  private func isShown(_ node: NodeHandle) -> Bool {
    selection?.nodes.contains(nodes.id(of: node)) ?? true
  }

  private func isShown(_ endpoint: Endpoint) -> Bool {
    guard selection != nil else { return true }
    return nodes.known(at: endpoint).map(isShown) ?? false
  }
}

extension SCTPAssociationHealth {
  /// How it ended, as reports name it.
  var stateName: String {
    switch ending {
    case .open: isShuttingDown ? "shutting_down" : "open"
    case .unanswered: "unanswered"
    case .refused: "refused"
    case .shutDown: "shut_down"
    case .aborted: "aborted"
    }
  }

  /// The cause that ABORT gave (RFC 9260 section 3.3.10); nil where there was none.
  var cause: UInt16? {
    switch ending {
    case .refused(let cause), .aborted(let cause): cause == 0 ? nil : cause
    case .open, .unanswered, .shutDown: nil
    }
  }

  /// All addresses of one end: those that it announced, and those that it was seen to use.
  func addresses(ofOpener isOpener: Bool) -> [IPAddress] {
    var found = Set(isOpener ? opener.announcedAddresses : responder.announcedAddresses)
    found.insert(isOpener ? flow.source.address : flow.destination.address)
    for path in paths {
      found.insert(path.isFromOpener == isOpener ? path.flow.source.address : path.flow.destination.address)
    }
    return found.sorted()
  }
}
