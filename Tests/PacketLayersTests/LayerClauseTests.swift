import CaptureFacts
import FrameBuilding
import PacketLayers
import Testing

/// Single frames beside the clause that says how they are read.
struct LayerClauseTests {
  typealias F = FrameBytes

  struct Case: Sendable, CustomStringConvertible {
    var description: String
    var link: UInt32 = 101
    var frame: [UInt8]
    var summary: String
    var payload: String?
    var recorded: [String] = []
  }

  static let ends = "10.0.0.1:5060 > 10.0.0.2:5062"
  static let noPorts = "10.0.0.1:0 > 10.0.0.2:0"
  static let hello = Array("hello, world".utf8)
  static let tcpHeader = F.hex("13c4 13c6 00000001 00000002 8018 ffff 0000 0000 0101080a 00000001 00000002")

  static let network: [Case] = [
    Case(
      description: "RFC 791 section 3.1: options", frame: F.ipv4(17, F.udp(hello), options: F.hex("94040000")),
      summary: "raw:ipv4:udp \(ends) datagram", payload: "hello, world"),
    Case(
      description: "RFC 791 section 3.1: total length ends the packet, padding does not belong to it",
      frame: F.ipv4(17, F.udp(hello, length: 0)) + [0, 0, 0], summary: "raw:ipv4:udp \(ends) datagram",
      payload: "hello, world"),
    Case(
      description: "total length 0, segmentation offload", frame: F.ipv4(17, F.udp(hello, length: 0), totalLength: 0),
      summary: "raw:ipv4:udp \(ends) datagram", payload: "hello, world"),
    Case(
      description: "total length below that of the header", frame: F.ipv4(17, F.udp(hello), totalLength: 19),
      summary: "nothing", recorded: ["headerMalformed ipv4 0"]),
    Case(
      description: "header length below 5", frame: [0x44] + F.ipv4(17, F.udp(hello)).dropFirst(), summary: "nothing",
      recorded: ["headerMalformed ipv4 0"]),
    Case(
      description: "a version that is none", frame: [0x55] + F.ipv4(17, F.udp(hello)).dropFirst(), summary: "nothing",
      recorded: ["headerMalformed ipv4 0"]),
    Case(
      description: "RFC 791 section 3.1: first fragment", frame: F.ipv4(17, F.udp(hello), fragment: 0x2000),
      summary: "raw:ipv4 \(noPorts) fragment 4660/17/0/true"),
    Case(
      description: "RFC 791 section 3.1: last fragment", frame: F.ipv4(17, hello, fragment: 185),
      summary: "raw:ipv4 \(noPorts) fragment 4660/17/1480/false", payload: "hello, world"),
    Case(
      description: "RFC 8200 section 4.5: fragment header",
      frame: F.ipv6(44, F.hex("11 00 05a9 deadbeef") + hello),
      summary: "raw:ipv6 [2001:db8::1]:0 > [2001:db8::2]:0 fragment 3735928559/17/1448/true", payload: "hello, world"),
    Case(
      description: "RFC 6946 section 4: a fragment that is the whole is read on",
      frame: F.ipv6(44, F.hex("11 00 0000 deadbeef") + F.udp(hello)),
      summary: "raw:ipv6:udp [2001:db8::1]:5060 > [2001:db8::2]:5062 datagram", payload: "hello, world"),
    Case(
      description: "RFC 2675 section 2: jumbo payload option",
      frame: F.ipv6(0, F.hex("11 00 c204 0000001c") + F.udp(hello, length: 0), length: 0),
      summary: "raw:ipv6:udp [2001:db8::1]:5060 > [2001:db8::2]:5062 datagram", payload: "hello, world"),
    Case(
      description: "RFC 8200 section 4.7: no next header", frame: F.ipv6(59, []),
      summary: "raw:ipv6 [2001:db8::1]:0 > [2001:db8::2]:0 other 59"),
    Case(
      description: "an extension header longer than the packet", frame: F.ipv6(60, F.hex("11 09 0104 00000000")),
      summary: "nothing", recorded: ["headerMalformed ipv6 0"]),
    Case(
      description: "RFC 4303 section 2: security payload", frame: F.ipv4(50, F.hex("00000100 00000001 aabb")),
      summary: "raw:ipv4:esp \(noPorts) esp"),
    Case(
      description: "OSPF has no reader", frame: F.ipv4(89, hello), summary: "raw:ipv4 \(noPorts) other 89",
      recorded: ["protocolNotDecoded ipv4 89"]),
    Case(
      description: "RFC 792: echo carries nothing", frame: F.ipv4(1, F.hex("0800 0000 0001 0001") + hello),
      summary: "raw:ipv4:icmp \(noPorts) other 1"),
    Case(
      description: "RFC 792: destination unreachable quotes header and eight bytes",
      frame: F.ipv4(1, F.hex("0303 0000 00000000") + F.ipv4(17, F.udp(hello)).prefix(28)),
      summary: "raw:ipv4:icmp \(noPorts) unreachable 3/3 UDP \(ends)"),
    Case(
      description: "RFC 792: a quote too short for ports",
      frame: F.ipv4(1, F.hex("0303 0000 00000000") + F.ipv4(17, F.udp(hello)).prefix(22)),
      summary: "raw:ipv4:icmp \(noPorts) unreachable 3/3 -"),
    Case(
      description: "RFC 4443 section 3.1, quoting behind an extension header",
      frame: F.ipv6(58, F.hex("0104 0000 00000000") + F.ipv6(60, F.hex("84 00 0104 00000000 0f1c 0f1d 00000000"))),
      summary: "raw:ipv6:icmpv6 [2001:db8::1]:0 > [2001:db8::2]:0 unreachable 1/4 "
        + "SCTP [2001:db8::1]:3868 > [2001:db8::2]:3869"),
  ]

  static let transport: [Case] = [
    Case(
      description: "RFC 768: the length ends the payload", frame: F.ipv4(17, F.udp(hello, length: 13)),
      summary: "raw:ipv4:udp \(ends) datagram", payload: "hello"),
    Case(
      description: "RFC 768: a length below 8", frame: F.ipv4(17, F.udp(hello, length: 7)),
      summary: "raw:ipv4:udp \(ends) datagram", payload: "hello, world", recorded: ["headerMalformed udp 0"]),
    Case(
      description: "RFC 768: a length beyond the packet", frame: F.ipv4(17, F.udp(hello, length: 99)),
      summary: "raw:ipv4:udp \(ends) datagram", payload: "hello, world", recorded: ["headerMalformed udp 0"]),
    Case(
      description: "a UDP header cut short", frame: F.ipv4(17, F.hex("13c4 13c6 00")),
      summary: "raw:ipv4:udp \(ends) other 17", recorded: ["headerTruncated udp 0"]),
    Case(
      description: "RFC 9293 section 3.1: options, then data", frame: F.ipv4(6, tcpHeader + hello),
      summary: "raw:ipv4:tcp \(ends) segment", payload: "hello, world"),
    Case(
      description: "RFC 9293 section 3.1: a data offset below 5",
      frame: F.ipv4(6, F.hex("13c4 13c6 00000001 00000002 4018 ffff 0000 0000") + hello),
      summary: "raw:ipv4:tcp \(ends) other 6", recorded: ["headerMalformed tcp 0"]),
    Case(
      description: "RFC 9293 section 3.1: a data offset beyond the packet",
      frame: F.ipv4(6, F.hex("13c4 13c6 00000001 00000002 f018 ffff 0000 0000") + hello),
      summary: "raw:ipv4:tcp \(ends) other 6", recorded: ["headerMalformed tcp 0"]),
    Case(
      description: "RFC 9260 section 3.1", frame: F.ipv4(132, F.hex("13c4 13c6 01020304 05060708") + hello),
      summary: "raw:ipv4:sctp \(ends) sctp", payload: "hello, world"),
    Case(
      description: "RFC 3948 section 2.1: UDP-encapsulated security payload",
      frame: F.ipv4(17, F.udp(F.hex("00000100 00000001 aabb"), from: 4500, to: 4500)),
      summary: "raw:ipv4:udp:esp 10.0.0.1:4500 > 10.0.0.2:4500 esp"),
    Case(
      description: "RFC 3948 section 2.2: the non-ESP marker is IKE",
      frame: F.ipv4(17, F.udp(F.hex("00000000 01020304 aabb"), from: 4500, to: 4500)),
      summary: "raw:ipv4:udp 10.0.0.1:4500 > 10.0.0.2:4500 datagram"),
    Case(
      description: "RFC 3948 section 2.3: keep-alive", frame: F.ipv4(17, F.udp([0xff], from: 4500, to: 4500)),
      summary: "raw:ipv4:udp 10.0.0.1:4500 > 10.0.0.2:4500 datagram"),
  ]

  static let links: [Case] = [
    Case(
      description: "ARP is counted by its EtherType", link: 1, frame: F.ethernet(0x0806, hello), summary: "nothing",
      recorded: ["protocolNotDecoded ethernet 2054"]),
    Case(
      description: "IEEE 802.2: spanning tree is counted by its access point", link: 1,
      frame: F.ethernet(12, F.hex("424203") + hello), summary: "nothing", recorded: ["protocolNotDecoded ethernet 66"]),
    Case(
      description: "RFC 2516 section 5: discovery is counted", link: 51, frame: F.hex("1109 0000 0000"),
      summary: "nothing", recorded: ["protocolNotDecoded pppoe 9"]),
    Case(
      description: "RFC 1661 section 5: link control is counted", link: 9, frame: F.hex("ff03 c021 01000004"),
      summary: "nothing", recorded: ["protocolNotDecoded ppp 49185"]),
    Case(
      description: "a radio link is counted", link: 127, frame: hello, summary: "nothing",
      recorded: ["linkTypeNotDecoded capture_file 127"]),
    Case(
      description: "a frame cut inside Ethernet", link: 1, frame: F.hex("0200 0000"), summary: "nothing",
      recorded: ["headerTruncated ethernet 0"]),
    Case(
      description: "exported PDU: addresses, ports, port type", link: 252,
      frame: F.tag(12, Array("diameter".utf8)) + F.tag(20, F.clientV4) + F.tag(21, F.serverV4)
        + F.tag(24, F.big32(1)) + F.tag(25, F.big32(5060)) + F.tag(26, F.big32(5062)) + F.tag(0, []) + hello,
      summary: "exported_pdu \(ends) datagram", payload: "hello, world"),
    Case(
      description: "exported PDU: IPv6", link: 252,
      frame: F.tag(12, Array("sip\0".utf8)) + F.tag(22, F.clientV6) + F.tag(23, F.serverV6) + F.tag(24, F.big32(3))
        + F.tag(25, F.big32(5060)) + F.tag(26, F.big32(5062)) + F.tag(0, []) + hello,
      summary: "exported_pdu [2001:db8::1]:5060 > [2001:db8::2]:5062 datagram", payload: "hello, world"),
    Case(
      description: "exported PDU: an address of a wrong length", link: 252,
      frame: F.tag(20, [10, 0]) + F.tag(0, []) + hello, summary: "exported_pdu [::]:0 > [::]:0 datagram",
      payload: "hello, world", recorded: ["optionMalformed exported_pdu 0"]),
  ]

  static let tunnels: [Case] = [
    Case(
      description: "TS 29.281 section 5.1: an echo request carries no packet",
      frame: F.ipv4(17, F.udp(F.hex("32010004 00000000 0001 0000"), from: 2152, to: 2152)),
      summary: "raw:ipv4:udp 10.0.0.1:2152 > 10.0.0.2:2152 datagram"),
    Case(
      description: "TS 29.281 section 5.2.1: an extension header of length 0",
      frame: F.ipv4(17, F.udp(LayerMatrix.gtpU(0x34, F.hex("0000 00 85 00 0009 85"), hello), from: 2152, to: 2152)),
      summary: "raw:ipv4:udp 10.0.0.1:2152 > 10.0.0.2:2152 datagram", recorded: ["headerTruncated gtp_u 0"]),
    Case(
      description: "GTP-U with Ethernet inside stays a datagram",
      frame: F.ipv4(17, F.udp(LayerMatrix.gtpU(0x30, [], F.ethernet(0x0806, hello)), from: 2152, to: 2152)),
      summary: "raw:ipv4:udp 10.0.0.1:2152 > 10.0.0.2:2152 datagram", recorded: ["protocolNotDecoded gtp_u 0"]),
    Case(
      description: "unmistakable GTP-U on another port",
      frame: F.ipv4(17, F.udp(LayerMatrix.gtpU(0x30, [], F.ipv4(17, F.udp(hello))), from: 12000, to: 12001)),
      summary: "raw:ipv4:udp:gtp_u:ipv4:udp \(ends) datagram", payload: "hello, world"),
    Case(
      description: "almost GTP-U on another port is not",
      frame: F.ipv4(17, F.udp(LayerMatrix.gtpU(0x30, [], F.ipv4(17, F.udp(hello)) + [0]), from: 12000, to: 12001)),
      summary: "raw:ipv4:udp 10.0.0.1:12000 > 10.0.0.2:12001 datagram"),
    Case(
      description: "SIP on the port of VXLAN stays a datagram",
      frame: F.ipv4(17, F.udp(Array("INVITE sip:a@b SIP/2.0\r\n\r\n".utf8), from: 5060, to: 4789)),
      summary: "raw:ipv4:udp 10.0.0.1:5060 > 10.0.0.2:4789 datagram"),
    Case(
      description: "RFC 4380 section 5.1.1: Teredo with an origin indication",
      frame: F.outerUDP(F.hex("0000 1234 01020304") + F.ipv6(17, F.udp(hello)), to: 3544),
      summary: "raw:ipv4:udp:teredo:ipv6:udp [2001:db8::1]:5060 > [2001:db8::2]:5062 datagram",
      payload: "hello, world"),
    Case(
      description: "RFC 2637 section 4.1: an acknowledgment alone",
      frame: F.outer(47, F.hex("2081 880b 0000 0001 00000001")),
      summary: "raw:ipv4:gre 192.0.2.1:0 > 192.0.2.2:0 other 47"),
    Case(
      description: "RFC 1701: source routes are passed",
      frame: F.outer(47, F.hex("4000 0800 00000000 0800 00 04 c0000201 00000000") + F.ipv4(17, F.udp(hello))),
      summary: "raw:ipv4:gre:ipv4:udp \(ends) datagram", payload: "hello, world"),
    Case(
      description: "GSMTAP is counted by its type", frame: F.outerUDP(F.hex("02 04 01 00") + hello, to: 4729),
      summary: "nothing", recorded: ["protocolNotDecoded gsmtap 1"]),
    Case(
      description: "an inner packet longer than the tunnel: used as far as it goes",
      frame: F.outer(4, Array(F.ipv4(17, F.udp(hello)).dropLast(4))), summary: "raw:ipv4:ipv4:udp \(ends) datagram",
      payload: "hello, w", recorded: ["headerMalformed ipv4 0"]),
    Case(
      description: "HEP version 2",
      frame: F.outerUDP(
        F.hex("02 1c 02 11") + F.big16(5060) + F.big16(5062) + F.clientV4 + F.serverV4 + F.little32(1_700_000_000)
          + F.little32(250_000) + F.hex("0100 0000") + hello, to: 9060),
      summary: "raw:ipv4:udp:hep \(ends) datagram", payload: "hello, world"),
    Case(
      description: "HEP version 1, IPv6",
      frame: F.outerUDP(
        F.hex("01 28 0a 11") + F.big16(5060) + F.big16(5062) + F.clientV6 + F.serverV6 + hello, to: 9060),
      summary: "raw:ipv4:udp:hep [2001:db8::1]:5060 > [2001:db8::2]:5062 datagram", payload: "hello, world"),
  ]

  static func check(_ expected: Case) {
    let decoded = Decoded(expected.frame, link: expected.link)
    #expect(decoded.summary == expected.summary, "\(expected)")
    if let payload = expected.payload {
      #expect(String(decoding: decoded.payload, as: UTF8.self) == payload, "\(expected)")
    }
    #expect(decoded.recorded == expected.recorded, "\(expected)")
  }

  @Test("links", arguments: links) func linkLayer(_ expected: Case) { Self.check(expected) }
  @Test("networks", arguments: network) func networkLayer(_ expected: Case) { Self.check(expected) }
  @Test("transports", arguments: transport) func transportLayer(_ expected: Case) { Self.check(expected) }
  @Test("tunnels", arguments: tunnels) func tunnelLayer(_ expected: Case) { Self.check(expected) }

  @Test("HEP version 3: the message has the addresses, time, transport and correlation of its chunks, on any port")
  func hepVersionThree() throws {
    let message = F.hepVersionThree([
      F.hepChunk(1, [2]), F.hepChunk(2, [6]), F.hepChunk(3, F.clientV4), F.hepChunk(4, F.serverV4),
      F.hepChunk(7, F.big16(5060)), F.hepChunk(8, F.big16(5062)), F.hepChunk(9, F.big32(1_700_000_000)),
      F.hepChunk(10, F.big32(250_000)), F.hepChunk(11, [1]), F.hepChunk(17, Array("call-1".utf8)),
      F.hepChunk(15, Self.hello),
    ])
    let frame = F.outerUDP(message, to: 9999)
    let decoded = Decoded(frame, link: 101)
    #expect(decoded.summary == "raw:ipv4:udp:hep \(Self.ends) datagram")
    #expect(decoded.payload == Self.hello)
    let packet = try #require(decoded.packet)
    #expect(packet.datagramTransport == .tcp)
    #expect(packet.recordedTime == Timestamp(nanoseconds: 1_700_000_000_250_000_000))
    #expect(String(decoding: frame[packet.correlationIdentifier.range], as: UTF8.self) == "call-1")
  }

  @Test("RFC 9293 section 3.1: the fields that reassembly needs")
  func segmentHeader() throws {
    let packet = try #require(Decoded(F.ipv4(6, Self.tcpHeader + Self.hello), link: 101).packet)
    guard case .segment(let header) = packet.content else {
      Issue.record("not a segment")
      return
    }
    #expect(header.sequenceNumber == 1)
    #expect(header.acknowledgmentNumber == 2)
    #expect(header.flags == [.psh, .ack])
    #expect(header.window == 0xffff)
    #expect(packet.identification == 0x1234)
  }

  @Test("a cut frame says how much was promised")
  func cutFrame() throws {
    for packet in [F.ipv4(17, F.udp(Self.hello)), F.ipv4(6, Self.tcpHeader + Self.hello)] {
      let decoded = Decoded(Array(packet.dropLast(7)), link: 101)
      #expect(decoded.payload == Array("hello".utf8))
      #expect(decoded.packet?.promisedPayloadLength == 12)
      #expect(decoded.recorded.isEmpty)
    }
  }

  @Test("the plain datagram is read as the walk reads it")
  func plainDatagram() throws {
    for count in [8, 9, 100, 1472] {
      let ip = F.ipv4(17, F.udp([UInt8](repeating: 0x80, count: count)))
      let plain = try #require(Decoded(F.ethernet(0x0800, ip)).packet)
      // An option that does nothing takes the frame out of the plain form.
      let options = F.ipv4(17, F.udp([UInt8](repeating: 0x80, count: count)), options: [1, 1, 1, 1])
      let walked = try #require(Decoded(F.ethernet(0x0800, options)).packet)
      #expect(plain.path == walked.path)
      #expect(plain.source == walked.source)
      #expect(plain.destination == walked.destination)
      #expect(plain.identification == walked.identification)
      #expect(plain.payload.count == walked.payload.count)
      #expect(plain.promisedPayloadLength == walked.promisedPayloadLength)
    }
  }

  @Test("a reassembled datagram continues inside the packet around it")
  func inner() throws {
    let outer = try #require(Decoded(F.ethernet(0x0800, F.ipv4(17, Self.hello, fragment: 185))).packet)
    var anomalies = AnomalyLedger()
    let frame = FrameReference(number: 2)
    let whole = F.udp(Self.hello)
    let packet = try #require(
      PacketDecoder().decode(
        inner: whole.span.bytes, ipProtocol: 17, outer: outer, frame: frame, anomalies: &anomalies))
    #expect("\(packet.path) \(packet.source) > \(packet.destination)" == "ethernet:ipv4:udp \(Self.ends)")
    #expect(Array(whole[packet.payload]) == Self.hello)
    #expect(packet.identification == 0x1234)
    // RFC 8200 section 4.5: no fragment header remains in what was put together.
    let again = F.hex("11 00 0001 00000001") + whole
    #expect(
      PacketDecoder().decode(
        inner: again.span.bytes, ipProtocol: 44, outer: outer, frame: frame, anomalies: &anomalies) == nil)
    #expect(anomalies.count(of: .headerMalformed) == 1)
  }
}
