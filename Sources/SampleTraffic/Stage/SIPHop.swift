import CaptureFacts

/// One hop of a SIP request.
struct SIPHop {
  var from: Node
  var to: Node
  var transport: TransportProtocol
  /// The end that sent the request; the response goes back there.
  var source: Endpoint
  /// Where it went: WebSocket has a port of its own.
  var destination: Endpoint { SIPHop.destination(at: to, over: transport) }

  /// Where `node` takes requests over `transport`.
  static func destination(at node: Node, over transport: TransportProtocol) -> Endpoint {
    transport == .webSocket
      ? Endpoint(address: node.endpoint.address, port: WebSocketConnection.port) : node.endpoint
  }

  /// As sent, with the Via of `from` on top.
  var sent: SIPText
  /// As `to` sees it, with what it notes in the topmost Via (RFC 3581 section 4).
  var received: SIPText
}
