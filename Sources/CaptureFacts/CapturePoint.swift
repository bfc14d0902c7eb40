/// Where a packet was seen: the station that captured it, and the way it travelled there. The same message at several
/// points is one message.
public struct CapturePoint: Hashable, Sendable {
  /// The station: an interface of the capture. Files that follow each other in time have theirs in common.
  public var station: UInt32

  /// The layers around the innermost IP packet: a link, with tags and tunnels where the packet was in them.
  public var layers: LayerPath

  /// The last two VLAN identifiers (IEEE 802.1Q section 9.6), 12 bits each, the inner one lowest; 0 for none.
  public var vlans: UInt32

  /// The two ends of the innermost tunnel, the lower address first, so that both directions are one point; two
  /// unspecified ones where there is none.
  public var tunnelEnds: (IPAddress, IPAddress) {
    get { (lowerEnd, upperEnd) }
    set { (lowerEnd, upperEnd) = newValue.0 < newValue.1 ? newValue : (newValue.1, newValue.0) }
  }

  private var lowerEnd = IPAddress(high: 0, low: 0)
  private var upperEnd = IPAddress(high: 0, low: 0)

  /// Describes a point. `path` may go on inwards to the message: what is inside the innermost IP packet is left out.
  public init(station: UInt32, path: LayerPath, vlans: UInt32 = 0, tunnelEnds: (IPAddress, IPAddress)? = nil) {
    self.station = station
    layers = path.aroundInnermostPacket
    self.vlans = vlans
    if let tunnelEnds { self.tunnelEnds = tunnelEnds }
  }

  /// The VLAN identifiers from the outermost in.
  public var vlanIdentifiers: [UInt16] {
    [vlans >> 12 & 0xfff, vlans & 0xfff].filter { $0 != 0 }.map { UInt16($0) }
  }

  /// Whether the packet was in a tunnel.
  public var isTunnelled: Bool { !lowerEnd.isUnspecified || !upperEnd.isUnspecified }
}

extension LayerPath {
  /// The path without the innermost IP packet and what it carries.
  var aroundInnermostPacket: LayerPath {
    var path = self
    while let layer = path.innermost, layer.isWithinPacket { path.removeInnermost() }
    if path.innermost == .ipv4 || path.innermost == .ipv6 { path.removeInnermost() }
    return path
  }
}

extension LayerKind {
  /// Whether the layer is carried by an IP packet and carries none itself, unless it is a tunnel.
  fileprivate var isWithinPacket: Bool {
    switch self {
    case .udp, .tcp, .sctp, .sip, .diameter, .tls, .dtls, .webSocket, .esp, .authenticationHeader: true
    default: false
    }
  }
}
