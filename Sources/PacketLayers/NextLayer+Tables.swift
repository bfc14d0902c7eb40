import CaptureFacts

extension NextLayer {
  /// What a link type begins with (registry of tcpdump.org/linktypes.html); nil where it is not decoded.
  init?(linkType: LinkType) {
    switch linkType.rawValue {
    case 0, 108: self = .null
    case 1: self = .ethernet
    case 9, 50: self = .ppp
    case 166, 204: self = .pppWithDirection
    case 51: self = .pppoe
    // 12 and 14 are what DLT_RAW is on some systems.
    case 12, 14, 101, 228, 229: self = .raw
    case 104: self = .ciscoHDLC
    case 113: self = .linuxCooked
    case 239: self = .nflog
    case 252: self = .exportedPDU
    case 276: self = .linuxCooked2
    default: return nil
    }
  }

  /// What an EtherType announces (registry IEEE 802 Numbers of IANA).
  init(etherType: UInt16) {
    switch etherType {
    case 0x0800, 0x86dd: self = .internet
    // IEEE 802.1Q, 802.1ad, and the numbers in use before 802.1ad.
    case 0x8100, 0x88a8, 0x9100, 0x9200, 0x9300: self = .vlan
    case 0x8926: self = .vnTag
    case 0x8847, 0x8848: self = .mpls
    case 0x8864: self = .pppoe
    case 0x88e7: self = .providerBackboneBridge
    default: self = .unknown
    }
  }

  /// What the protocol type of GRE announces (RFC 2784 section 2.4, RFC 1701, RFC 2637 section 4.1).
  init(greProtocol: UInt16) {
    switch greProtocol {
    case 0x6558: self = .ethernet
    case 0x880b: self = .ppp
    case 0x88be: self = .erspanTypeTwo
    case 0x22eb: self = .erspanTypeThree
    default: self.init(etherType: greProtocol)
    }
  }

  /// What the protocol field of PPP announces (registry PPP DLL Protocol Numbers of IANA).
  init(pppProtocol: UInt16) {
    switch pppProtocol {
    case 0x0021, 0x0057: self = .internet
    case 0x0281, 0x0283: self = .mpls
    default: self = .unknown
    }
  }

  /// What the IP protocol number, or the next header of IPv6, announces (registry Protocol Numbers of IANA).
  init(ipProtocol: UInt8) {
    switch ipProtocol {
    case 17: self = .udp
    case 6: self = .tcp
    case 132: self = .sctp
    case 1: self = .icmp
    case 58: self = .icmpv6
    case 4, 41: self = .internet
    case 47: self = .gre
    case 50: self = .encapsulatingSecurityPayload
    case 51: self = .authenticationHeader
    // Hop-by-hop, routing, destination options, mobility, host identity, shim6: all of one form (RFC 6564 section 4).
    case 0, 43, 60, 135, 139, 140: self = .extensionHeader
    case 44: self = .fragmentHeader
    // RFC 4023 section 3.
    case 137: self = .mpls
    // No next header (RFC 8200 section 4.7): the packet ends here as it should.
    case 59: self = .complete
    default: self = .unknown
    }
  }

  /// What is tunnelled over a UDP port (registry Service Names and Port Numbers of IANA, and custom where it says so);
  /// nil for the ports of everything else. The reader of the tunnel looks at the bytes before it believes the port.
  @inline(__always)
  init?(udpPort: UInt16) {
    switch udpPort {
    case 2152: self = .gtpU
    // 8472 is what Linux used before the registration.
    case 4789, 8472: self = .vxlan
    case 6081: self = .geneve
    case 3544: self = .teredo
    case 4500: self = .udpEncapsulatedESP
    case 37008: self = .tzsp
    // 9060 is what Homer listens on.
    case 9060: self = .hep
    case 4729: self = .gsmtap
    default: return nil
    }
  }
}
