import CaptureFacts
import Testing

@testable import CaptureAnalysis
@testable import SampleTraffic

/// Known messages on SCTP, cut into chunks and disturbed in every way, come out byte for byte.
struct AssociationMessageTests {

  /// One DATA chunk, with the message to which it belongs.
  struct Chunk {
    var message: Int
    var bytes: [UInt8]
    var place: Double
  }

  private static func chunk(
    _ transmission: UInt32, _ message: Int, protocolIdentifier: UInt32, flags: UInt8, _ data: ArraySlice<UInt8>
  ) -> [UInt8] {
    var bytes: [UInt8] = [0, flags]
    bytes.append(bigEndian: UInt16(16 + data.count))
    bytes.append(bigEndian: transmission)
    bytes.append(bigEndian: UInt16(message % 3))
    bytes.append(bigEndian: UInt16(message))
    bytes.append(bigEndian: protocolIdentifier)
    bytes += data
    while bytes.count % 4 != 0 { bytes.append(0) }
    return bytes
  }

  /// The chunks of all messages, some repeated, each moved by at most `distance` chunks.
  private static func chunks(_ messages: [[UInt8]], distance: Double, _ random: inout SeededGenerator) -> [Chunk] {
    var transmission = UInt32.max &- UInt32.random(in: 0...10, using: &random)
    let protocolIdentifier: UInt32 = [0, 46, 47, 18].randomElement(using: &random) ?? 0
    let longest = [5, 100, 1400].randomElement(using: &random) ?? 5
    var chunks: [Chunk] = []
    for (number, message) in messages.enumerated() {
      var start = 0
      let order: UInt8 = Bool.random(using: &random) ? 4 : 0
      while start < message.count {
        let end = min(message.count, start + Int.random(in: 1...longest, using: &random))
        let flags = order | (start == 0 ? 2 : 0) | (end == message.count ? 1 : 0)
        let bytes = chunk(
          transmission, number, protocolIdentifier: protocolIdentifier, flags: flags, message[start..<end])
        for _ in 0..<(Int.random(in: 0..<8, using: &random) == 0 ? 2 : 1) {
          let place = Double(chunks.count) + Double.random(in: 0...distance, using: &random)
          chunks.append(Chunk(message: number, bytes: bytes, place: place))
        }
        transmission &+= 1
        start = end
      }
    }
    return chunks.sorted { $0.place < $1.place }
  }

  private static func packet(_ chunks: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: UInt16(40000))
    bytes.append(bigEndian: UInt16(3868))
    bytes.append(bigEndian: UInt32(0x5e4e_0001))
    bytes += [0, 0, 0, 0]
    return bytes + chunks
  }

  @Test(
    "nothing is lost, and with losses only what they touched", arguments: 0..<20, [false, true])
  func messages(group: Int, isDiameter: Bool) {
    for seed in group * 50..<(group + 1) * 50 {
      var random = SeededGenerator(seed: UInt64(seed))
      let loss = seed % 2 == 0 ? 0 : 0.15
      let messages = KnownMessages.list(Int.random(in: 1...8, using: &random), isDiameter: isDiameter, &random)
      var harness = StreamHarness()
      var seen: [Set<[UInt8]>] = messages.map { _ in [] }
      let chunks = AssociationMessageTests.chunks(messages, distance: 9, &random)
      var index = 0
      while index < chunks.count {
        let bundle = chunks[index..<min(chunks.count, index + Int.random(in: 1...5, using: &random))]
        index = bundle.endIndex
        guard Double.random(in: 0..<1, using: &random) >= loss else { continue }
        for chunk in bundle { seen[chunk.message].insert(chunk.bytes) }
        // Two addresses of each end: the tag makes them one association.
        let path = UInt32(Int.random(in: 1...2, using: &random))
        harness.packet(
          from: Endpoint(address: IPAddress(v4: 0x0a00_0000 + path), port: 40000),
          to: Endpoint(address: IPAddress(v4: 0x0a00_0100 + path), port: 3868), protocolNumber: 132,
          AssociationMessageTests.packet(bundle.flatMap(\.bytes)))
      }
      harness.finish()
      let whole = messages.indices.filter { number in
        seen[number] == Set(chunks.filter { $0.message == number }.map(\.bytes))
      }
      #expect(Set(harness.streams.messages.bytes) == Set(whole.map { messages[$0] }), "seed \(seed)")
      #expect(harness.streams.messages.bytes.count == whole.count, "seed \(seed)")
    }
  }
}
