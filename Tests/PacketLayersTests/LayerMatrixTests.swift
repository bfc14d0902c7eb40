import CaptureFacts
import FrameBuilding
import PacketLayers
import Testing

/// Whatever the link and the tunnels are, the innermost packet is the same.
struct LayerMatrixTests {
  static let payload = Array("OPTIONS sip:example.net SIP/2.0\r\n\r\n".utf8)

  static let innermost: [(packet: [UInt8], path: String, ends: String)] = [
    (FrameBytes.ipv4(17, FrameBytes.udp(payload)), "ipv4:udp", "10.0.0.1:5060 > 10.0.0.2:5062"),
    (FrameBytes.ipv6(17, FrameBytes.udp(payload)), "ipv6:udp", "[2001:db8::1]:5060 > [2001:db8::2]:5062"),
  ]

  static func expectInnermost(_ frame: [UInt8], link: UInt32, path: String, ends: String, _ label: String) {
    let decoded = Decoded(frame, link: link)
    #expect(decoded.summary == "\(path) \(ends) datagram", "\(label)")
    #expect(decoded.payload == payload, "\(label)")
    #expect(decoded.packet?.promisedPayloadLength == payload.count, "\(label)")
    #expect(decoded.recorded.isEmpty, "\(label): \(decoded.recorded)")
  }

  @Test("a link around the packet", arguments: LayerMatrix.links)
  func link(_ link: LayerMatrix.Link) {
    for (packet, path, ends) in Self.innermost {
      Self.expectInnermost(link.wrap(packet), link: link.linkType, path: "\(link.path):\(path)", ends: ends, "\(link)")
    }
  }

  @Test("a tunnel in every link", arguments: LayerMatrix.tunnels)
  func tunnel(_ tunnel: LayerMatrix.Tunnel) {
    for link in LayerMatrix.links {
      for (packet, path, ends) in Self.innermost {
        Self.expectInnermost(
          link.wrap(tunnel.wrap(packet)), link: link.linkType, path: "\(link.path):\(tunnel.path):\(path)", ends: ends,
          "\(link), \(tunnel)")
      }
    }
  }

  @Test("a tunnel in every tunnel", arguments: LayerMatrix.tunnels)
  func nestedTunnels(_ outer: LayerMatrix.Tunnel) {
    let link = LayerMatrix.links[0]
    for inner in LayerMatrix.tunnels {
      for (packet, path, ends) in Self.innermost {
        Self.expectInnermost(
          link.wrap(outer.wrap(inner.wrap(packet))), link: link.linkType,
          path: "\(link.path):\(outer.path):\(inner.path):\(path)", ends: ends, "\(outer), \(inner)")
      }
    }
  }

  @Test("what is nested deeper than the limit is counted, not followed")
  func tooDeep() {
    var packet = Self.innermost[0].packet
    for _ in 0..<PacketDecoder.layerLimit { packet = FrameBytes.outer(4, packet) }
    let decoded = Decoded(packet, link: 101)
    #expect(decoded.packet == nil)
    #expect(decoded.recorded == ["nestedTooDeep ipv4 0"])
    let extensions = (0...PacketDecoder.extensionHeaderLimit).flatMap { _ in FrameBytes.hex("3c 00 0104 00000000") }
    #expect(Decoded(FrameBytes.ipv6(60, extensions), link: 101).recorded == ["nestedTooDeep ipv6 0"])
  }
}
