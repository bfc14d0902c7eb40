/// One protocol layer that a frame was found to carry. The raw value is the place in a `LayerPath`, so it fits a byte
/// and never changes meaning within one run; 0 is kept free for "no layer".
public enum LayerKind: UInt8, CaseIterable, Sendable {
  // Links.
  case ethernet = 1
  case linuxCooked
  case linuxCooked2
  case null
  case raw
  case ppp
  case ciscoHDLC
  case nflog
  case exportedPDU
  case vlan
  case mpls
  case pppoe
  case providerBackboneBridge
  // Networks.
  case ipv4
  case ipv6
  case arp
  case icmp
  case icmpv6
  // Tunnels.
  case gre
  case gtpU
  case vxlan
  case geneve
  case gsmtap
  case teredo
  case tzsp
  case hep
  case erspan
  case esp
  case authenticationHeader
  // Transports.
  case udp
  case tcp
  case sctp
  // What they carry.
  case sip
  case diameter
  case rtp
  case rtcp
  case tls
  case dtls
  case webSocket
  // The file around the frames.
  case captureFile

  /// The name in reports: lower case, the term of the standard.
  public var name: String {
    switch self {
    case .ethernet: "ethernet"
    case .linuxCooked: "sll"
    case .linuxCooked2: "sll2"
    case .null: "null"
    case .raw: "raw"
    case .ppp: "ppp"
    case .ciscoHDLC: "chdlc"
    case .nflog: "nflog"
    case .exportedPDU: "exported_pdu"
    case .vlan: "vlan"
    case .mpls: "mpls"
    case .pppoe: "pppoe"
    case .providerBackboneBridge: "pbb"
    case .ipv4: "ipv4"
    case .ipv6: "ipv6"
    case .arp: "arp"
    case .icmp: "icmp"
    case .icmpv6: "icmpv6"
    case .gre: "gre"
    case .gtpU: "gtp_u"
    case .vxlan: "vxlan"
    case .geneve: "geneve"
    case .gsmtap: "gsmtap"
    case .teredo: "teredo"
    case .tzsp: "tzsp"
    case .hep: "hep"
    case .erspan: "erspan"
    case .esp: "esp"
    case .authenticationHeader: "ah"
    case .udp: "udp"
    case .tcp: "tcp"
    case .sctp: "sctp"
    case .sip: "sip"
    case .diameter: "diameter"
    case .rtp: "rtp"
    case .rtcp: "rtcp"
    case .tls: "tls"
    case .dtls: "dtls"
    case .webSocket: "websocket"
    case .captureFile: "capture_file"
    }
  }
}

extension LayerKind {
  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

  /// The layer of this name; nil where there is none.
  public init?(name: String) {
    guard let layer = LayerKind.byName[name] else { return nil }
    self = layer
  }
}
