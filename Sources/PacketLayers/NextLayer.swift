/// What the bytes ahead are, as the header before them said.
enum NextLayer: UInt8 {
  // Links.
  case ethernet, linuxCooked, linuxCooked2, null, raw, ppp, pppWithDirection, ciscoHDLC, nflog, exportedPDU
  case vlan, vnTag, mpls, pppoe, providerBackboneBridge, logicalLinkControl
  // Networks.
  case internet, extensionHeader, fragmentHeader, icmp, icmpv6
  // Tunnels.
  case gre, erspanTypeTwo, erspanTypeThree, authenticationHeader, encapsulatingSecurityPayload
  case gtpU, vxlan, geneve, teredo, udpEncapsulatedESP, tzsp, hep, gsmtap
  // Transports.
  case udp, tcp, sctp
  /// A protocol for which there is no reader.
  case unknown
  /// The packet is complete.
  case complete
  /// There is no packet here, and the reason has been recorded.
  case nothing
}
