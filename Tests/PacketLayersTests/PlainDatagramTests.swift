import ByteReading
import CaptureFacts
import FrameBuilding
import PacketLayers
import SharedCaptures
import Testing

/// What is read at fixed offsets is what the walk reads, which goes the same way where Ethernet is not around the packet.
struct PlainDatagramTests {
  private static let plain = FrameBytes.ethernet(
    0x0800, FrameBytes.ipv4(17, FrameBytes.udp(LayerMatrixTests.payload)))

  /// What is read at fixed offsets of a frame.
  private struct Plain {
    var source: Endpoint
    var destination: Endpoint
    var identification: UInt32
    var payload: Range<Int>

    init?(_ frame: [UInt8], link: UInt32) {
      guard let network = PlainLink.network(of: frame.span.bytes, linkType: LinkType(rawValue: link)) else {
        return nil
      }
      let packet = frame.span.bytes.extracting(network.start..<frame.count)
      let range: Range<Int>
      switch network.etherType {
      case 0x0800:
        guard let datagram = PlainDatagram(packet), !datagram.mayBeTunnel(packet) else { return nil }
        source = datagram.flow.source
        destination = datagram.flow.destination
        identification = UInt32(datagram.identification)
        range = datagram.payload
        let flow = IPv4Flow(from: source, to: destination)
        #expect(flow == datagram.flow)
      case 0x86dd:
        guard let datagram = PlainIPv6Datagram(packet), !PlainDatagram.isTunnelPort(datagram.source.port),
          !PlainDatagram.isTunnelPort(datagram.destination.port), packet.byte(at: 48) >> 6 == 2
        else { return nil }
        source = datagram.source
        destination = datagram.destination
        identification = 0
        range = datagram.payload
      default: return nil
      }
      payload = network.start + range.lowerBound..<network.start + range.upperBound
    }
  }

  /// Whether the frame is a plain datagram; if so, the walk reads the same. Without Ethernet around it the decoder has no
  /// short way.
  private func isPlain(_ frame: [UInt8], link: UInt32 = 1) -> Bool {
    guard let datagram = Plain(frame, link: link) else { return false }
    let start = PlainLink.network(of: frame.span.bytes, linkType: LinkType(rawValue: link))?.start ?? 0
    let walked = Decoded(Array(frame.dropFirst(start)), link: 101)
    let whole = Decoded(frame, link: link)
    guard let packet = walked.packet, case .datagram = packet.content, let wholePacket = whole.packet,
      case .datagram = wholePacket.content
    else {
      Issue.record("no datagram: \(frame)")
      return true
    }
    let isSame =
      packet.source == datagram.source && packet.destination == datagram.destination
      && packet.identification == datagram.identification && packet.datagramTransport == .udp
      && packet.payload == datagram.payload.lowerBound - start..<datagram.payload.upperBound - start
      && packet.promisedPayloadLength == datagram.payload.count && packet.recordedTime == nil
      && packet.correlationIdentifier.isEmpty && walked.recorded.isEmpty
      && [[.raw, .ipv4, .udp], [.raw, .ipv6, .udp]].contains(packet.path.layers)
    let isSameWhole =
      wholePacket.source == datagram.source && wholePacket.destination == datagram.destination
      && wholePacket.identification == datagram.identification && wholePacket.payload == datagram.payload
      && whole.recorded.isEmpty
    if !isSame || !isSameWhole { Issue.record("\(frame)") }
    return true
  }

  @Test("a plain datagram is read, of another link none is") func plain() {
    #expect(isPlain(Self.plain))
    #expect(isPlain(Self.plain + [0, 0, 0]))
    #expect(!isPlain(Self.plain, link: 101) && !isPlain(Self.plain, link: 113))
  }

  /// Ethernet with and without a tag, and the cooked captures, around a packet of RTP over either version of IP.
  private static let links: [(link: UInt32, frame: [UInt8])] = {
    let media = FrameBytes.udp([0x80, 8] + Array(repeating: 1, count: 20), from: 4000, to: 4002)
    let address: [UInt8] = [0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0]
    var frames: [(link: UInt32, frame: [UInt8])] = []
    for (type, packet) in [(0x0800, FrameBytes.ipv4(17, media)), (0x86dd, FrameBytes.ipv6(17, media))] {
      let typed: [UInt8] = FrameBytes.big16(type) + packet
      frames.append((1, FrameBytes.ethernet(type, packet)))
      frames.append((1, FrameBytes.ethernet(0x8100, [0, 7] + typed)))
      frames.append((113, [0, 0] + address + typed))
      frames.append((276, FrameBytes.big16(type) + [0, 0, 0, 0, 0, 2] + address + packet))
    }
    return frames
  }()

  @Test("each link and version of IP, each byte of the headers with each value, and each length") func eachLink() {
    for (link, frame) in Self.links {
      #expect(isPlain(frame, link: link) && isPlain(frame + [0, 0, 0], link: link))
      var count = 0
      let values: [UInt8] = Array(stride(from: 0, through: 250, by: 5)) + [1, 2, 8, 0x45, 0x60, 0x80, 0x86, 0x88, 0xff]
      for offset in 0..<frame.count - 12 {
        for value in values {
          var changed = frame
          changed[offset] = value
          if isPlain(changed, link: link) { count += 1 }
        }
      }
      for length in 0..<frame.count { #expect(!isPlain(Array(frame.prefix(length)), link: link)) }
      #expect(count > 500)
    }
  }

  @Test("frames of every layer") func frames() {
    for (link, bytes) in HostileFrameTests.frames where link == 1 { _ = isPlain(bytes) }
  }

  @Test("each byte of the headers with each value, and each length") func changes() {
    var count = 0
    for offset in 12..<50 {
      for value in UInt8.min...UInt8.max {
        var frame = Self.plain
        frame[offset] = value
        if isPlain(frame) { count += 1 }
      }
    }
    for length in 0..<Self.plain.count { #expect(!isPlain(Array(Self.plain.prefix(length)))) }
    // Addresses, ports, identification, time to live, service and checksums may be anything, nearly.
    #expect(count > 5000)
  }

  @Test("each port on either side") func ports() {
    var tunnels: [UInt16] = []
    for port in UInt16.min...UInt16.max {
      for offset in [34, 36] {
        var frame = Self.plain
        frame[offset] = UInt8(port >> 8)
        frame[offset + 1] = UInt8(port & 0xff)
        if !isPlain(frame) { tunnels.append(port) }
      }
    }
    // Each on either side: GTP-U, VXLAN twice, GENEVE, Teredo, ESP in UDP, TZSP, HEP, GSMTAP.
    #expect(tunnels.count == 18)
  }
}
