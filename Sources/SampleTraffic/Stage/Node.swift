import CaptureFacts

/// A node of the simulated network.
struct Node {
  /// Short name, unique in the scenario.
  var name: String
  var roles: [String]
  /// The host name in SIP URIs, and the Origin-Host of Diameter.
  var host: String
  /// Where it speaks SIP, or Diameter for a node that speaks no SIP.
  var endpoint: Endpoint
  /// What carries SIP between user equipment and its first contact.
  var edgeTransport = TransportProtocol.udp
  /// Further addresses for SCTP.
  var alternates: [IPAddress] = []

  /// `host:port` as the node writes itself into Via and Record-Route.
  var hostPort: String {
    endpoint.port == 5060 ? addressText : "\(addressText):\(endpoint.port)"
  }

  /// The address as a URI holds it: IPv6 in brackets (RFC 3261 section 19.1.1).
  var addressText: String {
    endpoint.address.isV4 ? "\(endpoint.address)" : "[\(endpoint.address)]"
  }
}
