import FrameBuilding

/// A section of pcapng, with several interfaces (draft-ietf-opsawg-pcapng section 4), least significant byte first.
struct SectionBytes {
  private(set) var bytes = FrameBytes.hex("0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000")

  /// Adds the description of an interface.
  mutating func interface(_ linkType: UInt32) {
    block(1, FrameBytes.little32(Int(linkType)) + FrameBytes.little32(0))
  }

  /// Adds a frame of an interface; time in microseconds.
  mutating func packet(of interface: Int, _ time: (seconds: Int, microseconds: Int), _ frame: [UInt8]) {
    let ticks = time.seconds * 1_000_000 + time.microseconds
    let numbers = [interface, ticks >> 32, ticks & 0xffff_ffff, frame.count, frame.count]
    block(6, numbers.flatMap(FrameBytes.little32) + frame)
  }

  private mutating func block(_ type: Int, _ body: [UInt8]) {
    let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
    let length = FrameBytes.little32(padded.count + 12)
    bytes += FrameBytes.little32(type) + length + padded + length
  }
}
