import CaptureFacts

/// One hop of a SIP request.
struct SIPHop {
  var from: Node
  var to: Node
  var transport: TransportProtocol
  /// The end that sent the request; the response goes back there.
  var source: Endpoint
  /// As sent, with the Via of `from` on top.
  var sent: SIPText
  /// As `to` sees it, with what it notes in the topmost Via (RFC 3581 section 4).
  var received: SIPText
}
