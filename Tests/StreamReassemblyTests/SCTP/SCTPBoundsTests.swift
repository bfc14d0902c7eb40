import CaptureFacts
import PacketLayers
import SharedCaptures
import StreamReassembly
import Testing

/// Memory stays at its bounds, whatever comes.
struct SCTPBoundsTests {
  private static func send(
    _ reassembler: inout SCTPReassembler, _ consumer: inout CountingConsumer, from port: UInt16, tag: UInt32,
    _ chunks: [UInt8], at time: Int64 = 0
  ) {
    let header = SCTPCommonHeader(verificationTag: tag, checksum: 0)
    let packet = DecodedPacket(
      path: LayerPath(), source: Endpoint(address: IPAddress(v4: 1), port: port),
      destination: Endpoint(address: IPAddress(v4: 2), port: 3868), content: .sctp(header), payload: 0..<chunks.count,
      promisedPayloadLength: chunks.count)
    reassembler.receive(
      packet, header: header, payload: chunks.span.bytes, time: Timestamp(nanoseconds: time),
      frame: FrameReference(number: 1), point: .first, into: &consumer)
  }

  @Test("A flood of INIT keeps the associations in use")
  func initiationFlood() {
    var limits = SCTPLimits()
    limits.associations = 100
    var reassembler = SCTPReassembler(limits: limits)
    var consumer = CountingConsumer()
    for port in 1...50 {
      SCTPBoundsTests.send(&reassembler, &consumer, from: UInt16(port), tag: 5, SCTPChunkBytes.data(1, [1]))
    }
    for port in 1000..<6000 {
      SCTPBoundsTests.send(
        &reassembler, &consumer, from: UInt16(port), tag: 0,
        SCTPChunkBytes.initiation(tag: UInt32(port), transmissionNumber: 1))
    }
    #expect(reassembler.associationCount == 100)
    #expect(consumer.anomalies == 4950)
    for port in 1...50 {
      SCTPBoundsTests.send(&reassembler, &consumer, from: UInt16(port), tag: 5, SCTPChunkBytes.data(2, [1]))
    }
    #expect(consumer.chunks == 100)
    #expect(consumer.closed == 4950)
  }

  @Test("3,000 chunks in a packet are 3,000 messages, and none when the packet is repeated")
  func manyChunks() {
    var reassembler = SCTPReassembler()
    var consumer = CountingConsumer()
    let chunks = (0..<3000).flatMap { SCTPChunkBytes.data(UInt32($0), [1]) }
    SCTPBoundsTests.send(&reassembler, &consumer, from: 1, tag: 5, chunks)
    SCTPBoundsTests.send(&reassembler, &consumer, from: 1, tag: 5, chunks)
    #expect(consumer.chunks == 3000)
  }

  @Test("Fragments that never become whole stay within their bounds")
  func fragmentFlood() {
    var limits = SCTPLimits()
    limits.fragmentBytesPerSide = 20_000
    limits.fragmentBytes = 50_000
    var reassembler = SCTPReassembler(limits: limits)
    var consumer = CountingConsumer()
    var highest = 0
    for round in 0..<200 {
      for port in 1...10 {
        // Middle parts that follow on each other here, apart from each other there.
        let number = UInt32(port % 2 == 0 ? round : round * 2)
        SCTPBoundsTests.send(
          &reassembler, &consumer, from: UInt16(port), tag: 5,
          SCTPChunkBytes.data(number, flags: 0, [UInt8](repeating: 1, count: 200)))
        highest = max(highest, reassembler.bufferedBytes)
      }
    }
    #expect(highest <= limits.fragmentBytes)
    #expect(highest > limits.fragmentBytes / 2)
    #expect(consumer.anomalies > 0)
    reassembler.finish(into: &consumer)
    #expect(reassembler.bufferedBytes == 0)
    #expect(reassembler.associationCount == 0)
  }

  @Test("Any chunks at all are survived", arguments: 0..<10)
  func nonsense(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var limits = SCTPLimits()
    limits.associations = 6
    limits.fragmentBytesPerSide = 5000
    limits.fragmentBytes = 12_000
    limits.pathsPerAssociation = 4
    var exchange = SCTPExchange(limits: limits)
    let types: [UInt8] = [0, 0, 0, 0, 1, 2, 4, 5, 6, 7, 10, 11, 14, 64, 64, 0xc0, 0xc1, 0xc2, 99]
    var isWithinBounds = true
    for _ in 0..<3000 {
      var chunks: [UInt8] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let type = types.randomElement(using: &random) ?? 0
        let size = Int.random(in: 0...40, using: &random)
        // Small numbers, so that tags, TSNs and parameters meet.
        let value = (0..<size).map { $0 % 4 == 3 ? UInt8.random(in: 0...9, using: &random) : 0 }
        chunks += SCTPChunkBytes.chunk(type, flags: UInt8.random(in: 0...7, using: &random), value)
      }
      if random.happens(0.2) { chunks = Array(chunks.prefix(Int.random(in: 0...chunks.count, using: &random))) }
      let client = SCTPExchange.client(UInt32.random(in: 1...5, using: &random))
      let server = SCTPExchange.server(UInt32.random(in: 1...3, using: &random))
      let isUp = random.happens(0.5)
      exchange.packet(
        isUp ? client : server, isUp ? server : client, tag: UInt32.random(in: 0...9, using: &random), chunks,
        promised: chunks.count + (random.happens(0.1) ? 50 : 0))
      if random.happens(0.01) { exchange.wait(seconds: 50) }
      isWithinBounds =
        isWithinBounds && exchange.reassembler.associationCount <= 6 && exchange.reassembler.bufferedBytes <= 12_000
    }
    #expect(isWithinBounds)
    exchange.finish()
    #expect(exchange.reassembler.associationCount == 0)
    #expect(exchange.reassembler.bufferedBytes == 0)
  }
}
