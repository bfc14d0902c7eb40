import Foundation

/// One IP packet of a capture of Ethernet frames, and how to write packets anew in other frames.
struct CapturedPacket {
  var time: (seconds: Int, microseconds: Int)
  /// From the IP header on.
  var packet: [UInt8]

  /// The IPv4 packets of a classic capture of Ethernet, least significant byte first.
  static func all(of file: URL) throws -> [CapturedPacket] {
    let bytes = [UInt8](try Data(contentsOf: file))
    func number(_ offset: Int) -> Int { bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | Int($1) } }
    var packets: [CapturedPacket] = []
    var offset = 24
    while offset + 16 <= bytes.count {
      let end = offset + 16 + number(offset + 8)
      if bytes[offset + 28] == 0x08, bytes[offset + 29] == 0 {
        packets.append(
          CapturedPacket(time: (number(offset), number(offset + 4)), packet: Array(bytes[(offset + 30)..<end])))
      }
      offset = end
    }
    return packets
  }

  /// A classic capture file of frames.
  static func file(_ frames: [(time: (seconds: Int, microseconds: Int), bytes: [UInt8])], linkType: UInt32) -> Data {
    var output = Data()
    func append(_ numbers: Int...) {
      for number in numbers { withUnsafeBytes(of: UInt32(number).littleEndian) { output.append(contentsOf: $0) } }
    }
    append(0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, Int(linkType))
    for frame in frames {
      append(frame.time.seconds, frame.time.microseconds, frame.bytes.count, frame.bytes.count)
      output.append(contentsOf: frame.bytes)
    }
    return output
  }
}
