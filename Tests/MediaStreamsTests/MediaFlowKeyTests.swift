import CaptureFacts
import Testing

@testable import MediaStreams

/// The hash of a stream's ends and source is one that whoever writes the capture cannot aim for.
struct MediaFlowKeyTests {
  /// The same key with a number in one of its parts.
  static let parts: [@Sendable (UInt64) -> MediaFlowKey] = [
    { key(source: 1, port: 5000, identifier: UInt32(truncatingIfNeeded: $0)) },
    { key(source: 1, port: 5000, identifier: UInt32(truncatingIfNeeded: $0 << 20)) },
    { key(source: 1, port: UInt16(truncatingIfNeeded: $0 << 4), identifier: 7) },
    { key(source: $0, port: 5000, identifier: 7) },
    { key(source: $0 << 48, port: 5000, identifier: 7) },
    { key(source: $0, port: UInt16(truncatingIfNeeded: $0), identifier: UInt32(truncatingIfNeeded: $0)) },
  ]

  private static func key(source: UInt64, port: UInt16, identifier: UInt32) -> MediaFlowKey {
    MediaFlowKey(
      Endpoint(address: IPAddress(high: 0x2001_0db8_0000_0000, low: source), port: port),
      Endpoint(address: IPAddress(high: 0x2001_0db8_0000_0000, low: 2), port: 5002), identifier)
  }

  @Test("parts that differ in few bits lie in different places", arguments: 0..<6) func spread(_ part: Int) {
    for _ in 0..<8 {
      let first = UInt64.random(in: .min ... .max)
      let second = UInt64.random(in: .min ... .max)
      let places = Set((0..<4096 as Range<UInt64>).map { Self.parts[part]($0).hash(first, second) & 0xffff })
      // 4,096 of 65,536 places by chance: some 3,970 of them are different.
      #expect(places.count > 3800)
    }
  }
}
