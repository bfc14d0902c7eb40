import ByteReading
import CaptureFacts

@testable import MediaStreams

/// Packets of media made for tests, and a table that takes them.
struct MediaPackets {
  static let caller = Endpoint(address: IPAddress(v4: 0x0a00_0001), port: 4000)
  static let callee = Endpoint(address: IPAddress(v4: 0x0a00_0002), port: 5000)

  /// An RTP packet (RFC 3550 section 5.1).
  static func packet(
    _ sequence: UInt16, _ timestamp: UInt32, type: UInt8 = 8, source: UInt32 = 0x1234, marker: Bool = false,
    payload: [UInt8] = Array(repeating: 1, count: 40)
  ) -> [UInt8] {
    [0x80, type | (marker ? 0x80 : 0)] + bytes(sequence) + bytes(timestamp) + bytes(source) + payload
  }

  static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  static func arrival(
    _ milliseconds: Double, frame: UInt64 = 1, from source: Endpoint = caller, to destination: Endpoint = callee,
    identification: UInt32 = 0
  ) -> MediaArrival {
    MediaArrival(
      source: source, destination: destination, time: Timestamp(nanoseconds: Int64(milliseconds * 1_000_000)),
      frame: FrameReference(number: frame), identification: identification)
  }

  /// What a table makes of the packets, each with its time in milliseconds.
  static func streams(
    _ packets: [(bytes: [UInt8], milliseconds: Double)], formats: [PayloadFormat]? = nil
  ) -> [ObservedMediaStream] {
    var table = MediaStreamTable()
    if let formats {
      table.expect(
        MediaExpectation(endpoint: callee, kind: .rtp, formats: formats), at: Timestamp(nanoseconds: 0))
    }
    for (index, packet) in packets.enumerated() {
      table.receive(packet.bytes.rawSpan, arrival(packet.milliseconds, frame: UInt64(index + 1)))
    }
    table.finish()
    return table.takeClosed()
  }
}
