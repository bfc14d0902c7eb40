import CaptureFacts
import Testing

@testable import CaptureAnalysis
@testable import SampleTraffic

/// SIP over WebSocket (RFC 7118), through reassembly: cut and disturbed in every way, from wherever the capture begins.
struct WebSocketStreamTests {
  /// A stream of one direction, and where each message lies in it.
  private static func stream(
    _ messages: [[UInt8]], isFromClient: Bool, hasUpgrade: Bool, _ random: inout SeededGenerator
  ) -> (bytes: [UInt8], places: [Range<Int>]) {
    var connection = WebSocketConnection()
    var bytes: [UInt8] = []
    let upgrade = connection.upgrade(to: StreamHarness.server, using: &random)
    if hasUpgrade { bytes = upgrade.first { $0.isFromClient == isFromClient }?.bytes ?? [] }
    let places = messages.map { message in
      let start = bytes.count
      bytes += connection.frames(of: message, isFromClient: isFromClient, using: &random)
      return start..<bytes.count
    }
    return (bytes, places)
  }

  @Test("nothing is lost, whatever becomes of the segments", arguments: 0..<10, [false, true])
  func lossless(group: Int, isFromClient: Bool) {
    for seed in group * 50..<(group + 1) * 50 {
      var random = SeededGenerator(seed: UInt64(seed))
      let messages = KnownMessages.list(Int.random(in: 1...8, using: &random), isDiameter: false, &random)
      let stream = Self.stream(messages, isFromClient: isFromClient, hasUpgrade: seed % 2 == 0, &random)
      let first = UInt32.max &- UInt32.random(in: 0...4000, using: &random)
      var harness = StreamHarness()
      harness.segment(fromServer: !isFromClient, sequence: first &- 1, flags: 2)
      for piece in StreamMessageTests.pieces(0..<stream.bytes.count, distance: 12, &random) {
        harness.segment(
          fromServer: !isFromClient, sequence: first &+ UInt32(piece.range.lowerBound),
          Array(stream.bytes[piece.range]))
      }
      harness.finish()
      #expect(harness.streams.messages.bytes == messages, "seed \(seed)")
      #expect(harness.streams.messages.placements.allSatisfy { $0.flow.transport == .webSocket }, "seed \(seed)")
    }
  }

  @Test("with losses, every message that no lost byte touched comes out", arguments: 0..<10, [false, true])
  func lossy(group: Int, isFromClient: Bool) {
    for seed in group * 50..<(group + 1) * 50 {
      var random = SeededGenerator(seed: UInt64(seed))
      let messages = KnownMessages.list(Int.random(in: 2...12, using: &random), isDiameter: false, &random)
      let stream = Self.stream(messages, isFromClient: isFromClient, hasUpgrade: seed % 2 == 0, &random)
      var harness = StreamHarness()
      harness.segment(fromServer: !isFromClient, sequence: 99, flags: 2)
      let loss = Double.random(in: 0...0.3, using: &random)
      var isSeen = [Bool](repeating: false, count: stream.bytes.count)
      for piece in StreamMessageTests.pieces(0..<stream.bytes.count, distance: 3, &random)
      where Double.random(in: 0...1, using: &random) > loss {
        harness.segment(
          fromServer: !isFromClient, sequence: 100 &+ UInt32(piece.range.lowerBound),
          Array(stream.bytes[piece.range]))
        for index in piece.range { isSeen[index] = true }
      }
      harness.finish()
      let whole = messages.indices.filter { isSeen[stream.places[$0]].allSatisfy { $0 } }.map { messages[$0] }
      #expect(harness.streams.messages.bytes == whole, "seed \(seed)")
    }
  }

  @Test("a compressed message is counted, and those after it are read")
  func compression() {
    var random = SeededGenerator(seed: 5)
    let messages = KnownMessages.list(2, isDiameter: false, &random)
    var stream = Self.stream(messages, isFromClient: false, hasUpgrade: true, &random).bytes
    let end = Self.stream([], isFromClient: false, hasUpgrade: true, &random).bytes.count
    stream.insert(contentsOf: [0xc1, 0x07, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], at: end)
    var harness = StreamHarness()
    harness.segment(fromServer: true, sequence: 99, flags: 2)
    harness.segment(fromServer: true, sequence: 100, stream)
    harness.finish()
    #expect(harness.streams.messages.bytes == messages)
    #expect(harness.streams.messages.anomalies.count(of: .webSocketCompressed) == 1)
  }

  @Test("HTTP that is no WebSocket of SIP is left alone")
  func otherProtocols() {
    let response = Array("HTTP/1.1 200 OK\r\nContent-Length: 30000\r\n\r\n".utf8)
    let request = Array("GET /x HTTP/1.1\r\nSec-WebSocket-Protocol: msrp\r\n\r\n".utf8)
    var harness = StreamHarness()
    for index in 0..<40 {
      let bytes = index == 0 ? response : [UInt8](repeating: 0x78, count: 1000)
      harness.segment(fromServer: true, sequence: UInt32(100 + index * 1000), bytes)
    }
    harness.segment(sequence: 100, request)
    harness.finish()
    #expect(harness.streams.messages.bytes.isEmpty)
    #expect(harness.streams.waiting.cost == 0)
  }
}
