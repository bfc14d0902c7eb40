/// The transport that carried a message, with its IP protocol number.
public enum TransportProtocol: UInt8, CaseIterable, Hashable, Sendable {
  /// RFC 9293.
  case tcp = 6
  /// RFC 768.
  case udp = 17
  /// RFC 9260.
  case sctp = 132
  /// WebSocket over TCP (RFC 7118); 255 is reserved among the protocols of IP.
  case webSocket = 255

  /// The name as SIP writes it in Via (RFC 3261 section 20.42).
  public var name: String {
    switch self {
    case .tcp: "TCP"
    case .udp: "UDP"
    case .sctp: "SCTP"
    case .webSocket: "WS"
    }
  }
}

extension TransportProtocol {
  /// The transport of this name; nil where there is none.
  public init?(name: String) {
    guard let transport = TransportProtocol.allCases.first(where: { $0.name == name }) else { return nil }
    self = transport
  }
}
