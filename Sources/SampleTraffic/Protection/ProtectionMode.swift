/// How a protected packet travels (TS 33.203 section 7.1 and annex M).
enum ProtectionMode: String, Sendable {
  /// The payload of the packet is protected.
  case transport = "trans"
  /// A whole packet is protected, inside another.
  case tunnel = "tun"
  /// The same in UDP, for address translators on the way (RFC 3948).
  case encapsulatedTunnel = "UDP-enc-tun"
}
