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

  /// Whether the frame is a plain datagram; if so, both must agree.
  private func isPlain(_ frame: [UInt8]) -> Bool {
    guard let datagram = PlainDatagram(frame.span.bytes, linkType: LinkType(rawValue: 1)),
      !datagram.mayBeTunnel(frame.span.bytes)
    else { return false }
    let walked = Decoded(Array(frame.dropFirst(14)), link: 101)
    guard let packet = walked.packet, case .datagram = packet.content else {
      Issue.record("no datagram: \(frame)")
      return true
    }
    let isSame =
      packet.source == datagram.flow.source && packet.destination == datagram.flow.destination
      && packet.identification == UInt32(datagram.identification) && packet.datagramTransport == .udp
      && packet.payload == datagram.payload.lowerBound - 14..<datagram.payload.upperBound - 14
      && packet.promisedPayloadLength == datagram.payload.count && packet.recordedTime == nil
      && packet.correlationIdentifier.isEmpty && packet.path.layers == [.raw, .ipv4, .udp] && walked.recorded.isEmpty
    if !isSame { Issue.record("\(frame)") }
    return true
  }

  @Test("a plain datagram is read, of another link none is") func plain() {
    #expect(isPlain(Self.plain))
    #expect(isPlain(Self.plain + [0, 0, 0]))
    #expect(PlainDatagram(Self.plain.span.bytes, linkType: LinkType(rawValue: 113)) == nil)
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
