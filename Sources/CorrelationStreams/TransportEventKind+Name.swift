import CaptureFacts

extension TransportEvent.Kind {
  /// What it is called in a stream.
  var name: String {
    switch self {
    case .connectionRefused: "connection_refused"
    case .connectionUnanswered: "connection_unanswered"
    case .connectionRepeated: "connection_repeated"
    case .aborted: "aborted"
    case .restarted: "restarted"
    case .heartbeatUnanswered: "heartbeat_unanswered"
    case .unreachable: "unreachable"
    case .sameHost: "same_host"
    }
  }
}

extension SCTPAssociationHealth.Ending {
  /// What it is called in a stream.
  var name: String {
    switch self {
    case .open: "open"
    case .unanswered: "unanswered"
    case .refused: "refused"
    case .shutDown: "shut_down"
    case .aborted: "aborted"
    }
  }
}
