import CaptureFacts

/// What both directions of a TCP connection were found to carry.
package enum StreamContent: UInt8 {
  case unknown
  case sip
  case diameter
  /// SIP in WebSocket frames (RFC 7118).
  case webSocket
  /// Sessions of messages (MSRP, RFC 4975).
  case messageSession

  /// The layer to name where something is wrong with it.
  var layer: LayerKind {
    switch self {
    case .sip: .sip
    case .diameter: .diameter
    case .webSocket: .webSocket
    case .unknown, .messageSession: .tcp
    }
  }
}
