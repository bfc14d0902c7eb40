import CaptureFacts
import PacketLayers
import SharedCaptures
import Testing

@testable import StreamReassembly

/// Memory stays at its bounds, whatever comes.
struct TCPBoundsTests {
  private static func packet(_ source: Endpoint, _ destination: Endpoint, _ header: TCPSegmentHeader, _ count: Int)
    -> DecodedPacket
  {
    DecodedPacket(
      path: LayerPath(), source: source, destination: destination, content: .segment(header), payload: 0..<count,
      promisedPayloadLength: count)
  }

  @Test("An idle connection takes at most 128 bytes, its links and place in the table among them")
  func idleConnection() {
    #expect(TCPConnectionTable.bytesPerConnection <= 128)
    #expect(MemoryLayout<TCPConnection>.stride <= 112)
  }

  @Test("Half-open connections do not push out those in use")
  func halfOpenFlood() {
    var limits = TCPLimits()
    limits.connections = 1000
    var reassembler = TCPReassembler(limits: limits)
    var consumer = CountingConsumer()
    let server = Endpoint(address: IPAddress(v4: 0x0a00_0002), port: 5060)
    let data: [UInt8] = [1, 2, 3]
    for index in 0..<20_000 {
      let isData = index < 100
      let client = Endpoint(address: IPAddress(v4: UInt32(index) &* 2_654_435_761), port: 4000)
      let header = TCPSegmentHeader(
        sequenceNumber: 1, acknowledgmentNumber: 0, flags: isData ? .ack : .syn, window: 1000)
      reassembler.receive(
        TCPBoundsTests.packet(client, server, header, isData ? 3 : 0), header: header,
        payload: isData ? data.span.bytes : RawSpan(), time: Timestamp(nanoseconds: Int64(index)),
        frame: FrameReference(number: UInt64(index)), point: .first, into: &consumer)
    }
    #expect(reassembler.connectionCount == 1000)
    #expect(consumer.anomalies == 19_000)
    #expect(consumer.closed == 19_000)
    // The connections in use go on where they were.
    for index in 0..<100 {
      let client = Endpoint(address: IPAddress(v4: UInt32(index) &* 2_654_435_761), port: 4000)
      let header = TCPSegmentHeader(sequenceNumber: 4, acknowledgmentNumber: 0, flags: .ack, window: 1000)
      reassembler.receive(
        TCPBoundsTests.packet(client, server, header, 3), header: header, payload: data.span.bytes,
        time: Timestamp(nanoseconds: 30_000), frame: FrameReference(number: 30_000), point: .first, into: &consumer)
    }
    #expect(consumer.closed == 19_000)
    #expect(consumer.bytes == 600)
  }

  @Test("Data behind holes stays within the bound of its stream and of all")
  func bufferedBytes() {
    var limits = TCPLimits()
    limits.bufferedBytesPerStream = 20_000
    limits.bufferedSegmentsPerStream = 50
    limits.bufferedBytes = 100_000
    limits.acknowledgedHolePackets = .max
    limits.holePackets = .max
    var reassembler = TCPReassembler(limits: limits)
    var consumer = CountingConsumer()
    let server = Endpoint(address: IPAddress(v4: 0x0a00_0002), port: 5060)
    var random = SeededGenerator(seed: 1)
    let data = random.bytes(1000)
    var sent = 0
    var highest = 0
    for round in 1...100 {
      for port in 1...20 {
        let client = Endpoint(address: IPAddress(v4: 0x0a00_0001), port: UInt16(port))
        // One-byte segments with a hole between each on some, large ones on others.
        let count = port % 2 == 0 ? 1 : 1000
        let header = TCPSegmentHeader(
          sequenceNumber: round == 1 ? 0 : UInt32(round) * 2000, acknowledgmentNumber: 0, flags: .ack, window: 1000)
        let part = Array(data[0..<count])
        reassembler.receive(
          TCPBoundsTests.packet(client, server, header, count), header: header, payload: part.span.bytes,
          time: Timestamp(nanoseconds: 0), frame: FrameReference(number: 1), point: .first, into: &consumer)
        sent += count
        highest = max(highest, reassembler.bufferedBytes)
      }
    }
    #expect(highest <= limits.bufferedBytes + 2000)
    reassembler.finish(into: &consumer)
    #expect(reassembler.bufferedBytes == 0)
    #expect(consumer.bytes == sent)
  }

  @Test("Any segments at all are survived, and all that was kept is let go", arguments: 0..<10)
  func nonsense(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var limits = TCPLimits()
    limits.connections = 8
    limits.bufferedBytesPerStream = 3000
    limits.bufferedBytes = 9000
    limits.plausibleDistance = 5000
    limits.holePackets = 20
    var reassembler = TCPReassembler(limits: limits)
    var consumer = CountingConsumer()
    let data = random.bytes(600)
    var isWithinBounds = true
    for step in 0..<5000 {
      let client = Endpoint(address: IPAddress(v4: 1), port: UInt16.random(in: 1...6, using: &random))
      let server = Endpoint(address: IPAddress(v4: 1), port: UInt16.random(in: 4...6, using: &random))
      let count = random.happens(0.3) ? 0 : Int.random(in: 1...600, using: &random)
      let far = random.happens(0.05) ? UInt32.random(in: .min ... .max, using: &random) : 0
      let header = TCPSegmentHeader(
        sequenceNumber: UInt32.random(in: 0...4000, using: &random) &+ far &- 2000,
        acknowledgmentNumber: UInt32.random(in: 0...4000, using: &random) &- 2000,
        flags: TCPSegmentHeader.Flags(rawValue: random.happens(0.7) ? 16 : UInt8.random(in: 0...31, using: &random)),
        window: 0)
      var packet = TCPBoundsTests.packet(client, server, header, count)
      if random.happens(0.1) { packet.promisedPayloadLength += 100 }
      let part = Array(data[0..<count])
      reassembler.receive(
        packet, header: header, payload: part.span.bytes,
        time: Timestamp(nanoseconds: Int64(step) * Int64.random(in: -1_000_000...2_000_000_000, using: &random)),
        frame: FrameReference(number: UInt64(step)), point: .first, into: &consumer)
      isWithinBounds =
        isWithinBounds && reassembler.bufferedBytes <= 9000 + 2000 && reassembler.connectionCount <= 8
    }
    #expect(isWithinBounds)
    reassembler.finish(into: &consumer)
    #expect(reassembler.bufferedBytes == 0)
    #expect(reassembler.connectionCount == 0)
  }
}
