import CaptureFacts
import Testing

@testable import CaptureAnalysis
@testable import SampleTraffic
@testable import StreamReassembly

/// Memory stays at its bounds and time stays linear, whatever comes, through the whole way of a stream.
struct StreamAttackTests {
  private static func client(_ number: Int) -> Endpoint {
    Endpoint(address: IPAddress(v4: 0x0b00_0000 + UInt32(number >> 14)), port: UInt16(1024 + number & 0x3fff))
  }

  @Test("an idle connection without data costs at most 128 bytes in all tables together")
  func idleConnection() {
    #expect(MemoryLayout<StreamAssembly>.stride == 3)
    #expect(TCPConnectionTable.bytesPerConnection + MemoryLayout<StreamAssembly>.stride <= 128)
  }

  @Test("half-open connections and those that carry something else leave nothing waiting")
  func otherTraffic() {
    var harness = StreamHarness()
    let record: [UInt8] = [22, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]
    for number in 0..<20_000 {
      let client = StreamAttackTests.client(number)
      harness.segment(sequence: 1, flags: 2, client: client)
      if number % 2 == 0 { harness.segment(sequence: 2, record, client: client) }
    }
    #expect(harness.streams.connections.count <= 20_000)
    #expect(harness.streams.waiting.cost == 0)
    #expect(harness.streams.messages.bytes.isEmpty)
  }

  @Test("messages that never end wait within the bound, and each that is given up is counted")
  func unfinishedMessages() {
    var random = SeededGenerator(seed: 1)
    let begun = Array(KnownMessages.sip(1, &random).prefix(100))
    var harness = StreamHarness(waitingBytes: 1 << 20)
    var highest = 0
    for number in 0..<5000 {
      harness.segment(sequence: 1, begun, client: StreamAttackTests.client(number))
      highest = max(highest, harness.streams.waiting.cost)
    }
    #expect(highest <= 1 << 20)
    #expect(highest > 1 << 19)
    harness.finish()
    #expect(harness.streams.messages.anomalies.count(of: .messageTruncated) == 5000)
    #expect(harness.streams.messages.anomalies.count(of: .streamBufferExceeded) > 1000)
  }

  @Test("segments of one byte cost linear time", arguments: [false, true])
  func oneByteSegments(isUnfinished: Bool) {
    func seconds(_ count: Int) -> Double {
      var harness = StreamHarness()
      let header = "INVITE sip:a@ims.example SIP/2.0\r\nl: \(isUnfinished ? 250_000 : count)\r\n\r\n"
      let bytes = Array(header.utf8) + [UInt8](repeating: 0x61, count: count)
      let started = ContinuousClock.now
      for (offset, byte) in bytes.enumerated() { harness.segment(sequence: UInt32(offset), [byte]) }
      harness.finish()
      #expect(harness.streams.messages.bytes == [bytes])
      return Double((ContinuousClock.now - started).components.attoseconds) * 1e-18
        + Double((ContinuousClock.now - started).components.seconds)
    }
    _ = seconds(500)
    // Eight times as many bytes: quadratic time would be 64 times as much.
    #expect(seconds(8000) < 32 * seconds(1000))
  }

  @Test("lines of headers that come a byte at a time are not read again with each that ends")
  func oneByteLines() {
    var harness = StreamHarness()
    let start = "MESSAGE sip:b@ims.example SIP/2.0\r\n"
    let whole = Array((start + "l: 0\r\n\r\n").utf8)
    let bytes = Array(start.utf8) + Array(String(repeating: "a\n", count: 4000).utf8)
    harness.segment(sequence: 0, whole)
    for (offset, byte) in bytes.enumerated() { harness.segment(sequence: UInt32(whole.count + offset), [byte]) }
    harness.finish()
    #expect(harness.streams.messages.bytes == [whole])
    #expect(harness.streams.messages.bytesLookedAt <= bytes.count)
  }

  @Test("thousands of chunks in a packet are thousands of messages")
  func manyChunks() {
    var harness = StreamHarness()
    var random = SeededGenerator(seed: 2)
    let message = Array(KnownMessages.diameter(1, &random).prefix(20)).replacingLength()
    var chunks: [UInt8] = []
    for number in 0..<1500 {
      var chunk: [UInt8] = [0, 3]
      chunk.append(bigEndian: UInt16(16 + message.count))
      chunk.append(bigEndian: UInt32(number))
      chunk.append(bigEndian: UInt32(0))
      chunk.append(bigEndian: UInt32(46))
      chunks += chunk + message
    }
    var packet: [UInt8] = []
    packet.append(bigEndian: UInt16(40000))
    packet.append(bigEndian: UInt16(3868))
    packet.append(bigEndian: UInt32(7))
    packet += [0, 0, 0, 0]
    for _ in 0..<2 {
      harness.packet(from: StreamHarness.client, to: StreamHarness.server, protocolNumber: 132, packet + chunks)
    }
    harness.finish()
    #expect(harness.streams.messages.bytes.count == 1500)
  }
}

extension [UInt8] {
  /// A Diameter header alone, with its own length.
  fileprivate func replacingLength() -> [UInt8] {
    [1, 0, 0, 20] + self[4...]
  }
}
