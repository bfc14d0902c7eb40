import CaptureFacts
import FrameBuilding
import PacketLayers
import SharedCaptures
import Testing

/// No frame, however cut or damaged, ends the run, and the payload always lies inside the frame.
struct HostileFrameTests {
  /// Frames of every link, every tunnel and every clause.
  static let frames: [(link: UInt32, bytes: [UInt8])] = {
    let payload = FrameBytes.udp(LayerMatrixTests.payload)
    let packets = [FrameBytes.ipv4(17, payload), FrameBytes.ipv6(17, payload)]
    var frames: [(link: UInt32, bytes: [UInt8])] = []
    for packet in packets {
      for link in LayerMatrix.links { frames.append((link.linkType, link.wrap(packet))) }
      for tunnel in LayerMatrix.tunnels { frames.append((101, tunnel.wrap(packet))) }
    }
    for table in [
      LayerClauseTests.links, LayerClauseTests.network, LayerClauseTests.transport, LayerClauseTests.tunnels,
    ] {
      for entry in table { frames.append((entry.link, entry.frame)) }
    }
    frames.append(
      (101, FrameBytes.outerUDP(FrameBytes.hepVersionThree([FrameBytes.hepChunk(15, [1, 2, 3])]), to: 9060)))
    return frames
  }()

  static func expectInside(_ bytes: [UInt8], link: UInt32) {
    guard let packet = Decoded(bytes, link: link).packet else { return }
    let isInside =
      packet.payload.lowerBound >= 0 && packet.payload.upperBound <= bytes.count
      && packet.correlationIdentifier.range.upperBound <= bytes.count && packet.promisedPayloadLength >= 0
    if !isInside { Issue.record("link \(link): \(bytes)") }
  }

  @Test("frames cut at every length")
  func truncation() {
    for (link, bytes) in Self.frames {
      for length in 0...bytes.count { Self.expectInside(Array(bytes.prefix(length)), link: link) }
    }
  }

  @Test("frames with bytes changed, inserted and removed", arguments: [1, 2, 3, 4] as [UInt64])
  func mutation(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let edges: [UInt8] = [0, 1, 0x3f, 0x40, 0x45, 0x60, 0x7f, 0x80, 0xff]
    for (link, original) in Self.frames {
      for _ in 0..<50 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
          let place = Int.random(in: 0..<bytes.count, using: &generator)
          switch Int.random(in: 0..<5, using: &generator) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
          case 1, 2: bytes[place] = edges.randomElement(using: &generator) ?? 0
          case 3: bytes.remove(at: place)
          default: bytes.insert(edges.randomElement(using: &generator) ?? 0, at: place)
          }
        }
        Self.expectInside(bytes, link: link)
      }
    }
  }

  @Test("a frame given as every other link type")
  func wrongLink() {
    let links = Set(LayerMatrix.links.map(\.linkType)).sorted()
    for (_, bytes) in Self.frames {
      for link in links { Self.expectInside(bytes, link: link) }
    }
  }
}
