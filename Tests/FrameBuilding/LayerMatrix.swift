/// Every link and every tunnel, as ways to wrap an IP packet. What is inside is the same whatever is around.
package enum LayerMatrix {
  package typealias F = FrameBytes

  /// A way to wrap an IP packet into a frame of a link type.
  package struct Link: Sendable, CustomStringConvertible {
    package var description: String
    package var linkType: UInt32
    package var path: String
    package var wrap: @Sendable ([UInt8]) -> [UInt8]

    init(_ description: String, _ linkType: UInt32, _ path: String, _ wrap: @escaping @Sendable ([UInt8]) -> [UInt8]) {
      self.description = description
      self.linkType = linkType
      self.path = path
      self.wrap = wrap
    }
  }

  /// A way to wrap an IP packet into another.
  package struct Tunnel: Sendable, CustomStringConvertible {
    package var description: String
    package var path: String
    package var wrap: @Sendable ([UInt8]) -> [UInt8]

    init(_ description: String, _ path: String, _ wrap: @escaping @Sendable ([UInt8]) -> [UInt8]) {
      self.description = description
      self.path = path
      self.wrap = wrap
    }
  }

  package static func pppProtocol(_ packet: [UInt8]) -> [UInt8] {
    F.version(of: packet) == 4 ? [0x00, 0x21] : [0x00, 0x57]
  }

  package static let links: [Link] = [
    Link("Ethernet II", 1, "ethernet") { F.ethernet(F.etherType(of: $0), $0) },
    Link("Ethernet with trailer", 1, "ethernet") { F.ethernet(F.etherType(of: $0), $0) + [1, 2, 3, 4, 5, 6] },
    Link("802.1Q", 1, "ethernet:vlan") { F.ethernet(0x8100, F.big16(100) + F.big16(F.etherType(of: $0)) + $0) },
    Link("802.1ad", 1, "ethernet:vlan:vlan") {
      F.ethernet(0x88a8, F.big16(7) + F.big16(0x8100) + F.big16(100) + F.big16(F.etherType(of: $0)) + $0)
    },
    Link("0x9100 twice", 1, "ethernet:vlan:vlan") {
      F.ethernet(0x9100, F.big16(7) + F.big16(0x9100) + F.big16(100) + F.big16(F.etherType(of: $0)) + $0)
    },
    Link("VN-Tag", 1, "ethernet:vlan:vlan") {
      F.ethernet(0x8926, F.hex("00000000 8100 0064") + F.big16(F.etherType(of: $0)) + $0)
    },
    Link("MPLS, two labels", 1, "ethernet:mpls") { F.ethernet(0x8847, F.hex("00010040 00020140") + $0) },
    Link("MPLS pseudo-wire", 1, "ethernet:mpls:ethernet") {
      F.ethernet(0x8847, F.hex("00030140") + F.ethernet(F.etherType(of: $0), $0))
    },
    Link("MPLS pseudo-wire with control word", 1, "ethernet:mpls:ethernet") {
      F.ethernet(0x8847, F.hex("00040140 00000000") + F.ethernet(F.etherType(of: $0), $0))
    },
    Link("PPPoE", 1, "ethernet:pppoe:ppp") {
      F.ethernet(0x8864, F.hex("1100 0001") + F.big16($0.count + 2) + pppProtocol($0) + $0)
    },
    Link("802.1ah", 1, "ethernet:pbb:ethernet") {
      F.ethernet(0x88e7, F.hex("00000001") + F.ethernet(F.etherType(of: $0), $0))
    },
    Link("802.3 with SNAP", 1, "ethernet") {
      F.ethernet($0.count + 8, F.hex("aaaa03 000000") + F.big16(F.etherType(of: $0)) + $0)
    },
    Link("SLL", 113, "sll") { F.hex("0000 0001 0006 020000000001 0000") + F.big16(F.etherType(of: $0)) + $0 },
    Link("SLL with VLAN", 113, "sll:vlan") {
      F.hex("0000 0001 0006 020000000001 0000") + F.hex("8100 0064") + F.big16(F.etherType(of: $0)) + $0
    },
    Link("SLL2", 276, "sll2") {
      F.big16(F.etherType(of: $0)) + F.hex("0000 00000001 0001 00 06 020000000001 0000") + $0
    },
    Link("NULL little-endian", 0, "null") { [F.version(of: $0) == 4 ? 2 : 30, 0, 0, 0] + $0 },
    Link("NULL big-endian", 0, "null") { [0, 0, 0, F.version(of: $0) == 4 ? 2 : 28] + $0 },
    Link("LOOP", 108, "null") { [0, 0, 0, F.version(of: $0) == 4 ? 2 : 24] + $0 },
    Link("RAW", 101, "raw") { $0 },
    Link("PPP", 9, "ppp") { pppProtocol($0) + $0 },
    Link("PPP, HDLC framing", 9, "ppp") { F.hex("ff03") + pppProtocol($0) + $0 },
    Link("PPP, protocol compressed", 9, "ppp") { [F.version(of: $0) == 4 ? 0x21 : 0x57] + $0 },
    Link("PPP serial", 50, "ppp") { F.hex("ff03") + pppProtocol($0) + $0 },
    Link("PPPoE link", 51, "pppoe:ppp") { F.hex("1100 0001") + F.big16($0.count + 2) + pppProtocol($0) + $0 },
    Link("PPP with direction", 204, "ppp") { [1] + F.hex("ff03") + pppProtocol($0) + $0 },
    Link("Cisco HDLC", 104, "chdlc") { F.hex("0f00") + F.big16(F.etherType(of: $0)) + $0 },
    Link("NFLOG", 239, "nflog") {
      [F.version(of: $0) == 4 ? 2 : 10, 0, 0, 1] + F.hex("0800 0100 08000100") + F.hex("0600 0a00 7000 0000")
        + [UInt8(($0.count + 4) & 0xff), UInt8(($0.count + 4) >> 8), 9, 0] + $0
    },
    Link("NFLOG big-endian", 239, "nflog") {
      [F.version(of: $0) == 4 ? 2 : 10, 0, 0, 1] + F.hex("0008 0001 08000100") + F.big16($0.count + 4) + [0, 9] + $0
    },
    Link("exported PDU of IP", 252, "exported_pdu") {
      F.tag(12, Array((F.version(of: $0) == 4 ? "ip" : "ipv6").utf8)) + F.tag(0, []) + $0
    },
  ]

  package static func gtpU(_ flags: UInt8, _ optional: [UInt8], _ inner: [UInt8]) -> [UInt8] {
    [flags, 0xff] + F.big16(optional.count + inner.count) + F.big32(0x0102_0304) + optional + inner
  }

  package static let tunnels: [Tunnel] = [
    Tunnel("IP in IPv4", "ipv4") { F.outer(F.version(of: $0) == 4 ? 4 : 41, $0) },
    Tunnel("IP in IPv6", "ipv6") { F.ipv6(F.version(of: $0) == 4 ? 4 : 41, $0) },
    Tunnel("GRE", "ipv4:gre") { F.outer(47, F.hex("0000") + F.big16(F.etherType(of: $0)) + $0) },
    Tunnel("GRE with checksum, key and sequence", "ipv4:gre") {
      F.outer(47, F.hex("b000") + F.big16(F.etherType(of: $0)) + F.hex("00000000 00000001 00000002") + $0)
    },
    Tunnel("GRE with Ethernet", "ipv4:gre:ethernet") {
      F.outer(47, F.hex("2000 6558 00000001") + F.ethernet(F.etherType(of: $0), $0))
    },
    Tunnel("PPTP", "ipv4:gre:ppp") {
      F.outer(
        47, F.hex("3081 880b") + F.big16($0.count + 4) + F.hex("0001 00000001 00000000 ff03") + pppProtocol($0) + $0)
    },
    Tunnel("ERSPAN I", "ipv4:gre:erspan:ethernet") {
      F.outer(47, F.hex("0000 88be") + F.ethernet(F.etherType(of: $0), $0))
    },
    Tunnel("ERSPAN II", "ipv4:gre:erspan:ethernet") {
      F.outer(47, F.hex("1000 88be 00000001 1000 0000 00000000") + F.ethernet(F.etherType(of: $0), $0))
    },
    Tunnel("ERSPAN III", "ipv4:gre:erspan:ethernet") {
      F.outer(47, F.hex("1000 22eb 00000001 2000 0000 00000000 00000000") + F.ethernet(F.etherType(of: $0), $0))
    },
    Tunnel("ERSPAN III with platform header", "ipv4:gre:erspan:ethernet") {
      F.outer(
        47,
        F.hex("1000 22eb 00000001 2000 0000 00000000 00000001 0c000000 00000000") + F.ethernet(F.etherType(of: $0), $0))
    },
    Tunnel("GTP-U", "ipv4:udp:gtp_u") { F.outerUDP(gtpU(0x30, [], $0), to: 2152) },
    Tunnel("GTP-U with sequence number", "ipv4:udp:gtp_u") {
      F.outerUDP(gtpU(0x32, F.hex("0001 00 00"), $0), to: 2152)
    },
    Tunnel("GTP-U with extension headers", "ipv4:udp:gtp_u") {
      F.outerUDP(gtpU(0x34, F.hex("0000 00 85  01 0009 85  01 1009 00"), $0), to: 2152)
    },
    Tunnel("VXLAN", "ipv4:udp:vxlan:ethernet") {
      F.outerUDP(F.hex("08000000 00000100") + F.ethernet(F.etherType(of: $0), $0), to: 4789)
    },
    Tunnel("GENEVE", "ipv4:udp:geneve:ethernet") {
      F.outerUDP(F.hex("0000 6558 00000100") + F.ethernet(F.etherType(of: $0), $0), to: 6081)
    },
    Tunnel("GENEVE with options, IP inside", "ipv4:udp:geneve") {
      F.outerUDP(F.hex("0200") + F.big16(F.etherType(of: $0)) + F.hex("00000100 01000001 00000000") + $0, to: 6081)
    },
    Tunnel("TZSP", "ipv4:udp:tzsp:ethernet") {
      F.outerUDP(F.hex("01 00 0001 00 0a01aa 01") + F.ethernet(F.etherType(of: $0), $0), to: 37008)
    },
    Tunnel("AH", "ipv4:ah") {
      F.outer(51, [F.version(of: $0) == 4 ? 4 : 41, 4] + F.hex("0000 00000001 00000001 000000000000000000000000") + $0)
    },
    Tunnel("MPLS in IP", "ipv4:mpls") { F.outer(137, F.hex("00020140") + $0) },
    Tunnel("IPv6 extension headers", "ipv6") {
      F.ipv6(
        0,
        F.hex("3c 00 05020000 0100") + F.hex("2b 00 0104 00000000") + F.hex("87 00 04 00 00000000")
          + F.hex("8b 00 05 00 00000000") + F.hex("8c 00 01 11 00000000")
          + [F.version(of: $0) == 4 ? 4 : 41, 0, 1, 4, 0, 0, 0, 0] + $0)
    },
  ]
}
