import Testing

@testable import CaptureAnalysis
@testable import SampleTraffic

/// Known messages on TCP, cut and disturbed in every way, come out byte for byte.
struct StreamMessageTests {
  /// A part of a stream as one segment carries it.
  struct Piece {
    var range: Range<Int>
    /// Where it stands among the others; the unit is a segment.
    var place: Double
  }

  /// Cuts a stream into segments, repeats some cut otherwise, and moves each by at most `distance` segments.
  static func pieces(_ range: Range<Int>, distance: Double, _ random: inout SeededGenerator) -> [Piece] {
    let longest = [1, 7, 90, 1400].randomElement(using: &random) ?? 7
    var pieces: [Piece] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(range.upperBound, start + Int.random(in: 1...longest, using: &random))
      let place = Double(pieces.count)
      pieces.append(Piece(range: start..<end, place: place + Double.random(in: 0...distance, using: &random)))
      if Int.random(in: 0..<8, using: &random) == 0 {
        let from = max(range.lowerBound, end - Int.random(in: 1...500, using: &random))
        let to = min(range.upperBound, from + Int.random(in: 1...700, using: &random))
        pieces.append(Piece(range: from..<to, place: place + Double.random(in: 0...distance, using: &random)))
      }
      start = end
    }
    return pieces.sorted { $0.place < $1.place }
  }

  @Test("nothing is lost, whatever becomes of the segments", arguments: 0..<10, [false, true])
  func lossless(group: Int, isDiameter: Bool) {
    for seed in group * 50..<(group + 1) * 50 {
      var random = SeededGenerator(seed: UInt64(seed))
      let messages = KnownMessages.list(Int.random(in: 1...8, using: &random), isDiameter: isDiameter, &random)
      let stream = KnownMessages.stream(messages, isDiameter: isDiameter, &random)
      let first = UInt32.max &- UInt32.random(in: 0...4000, using: &random)
      let fromServer = Bool.random(using: &random)
      var harness = StreamHarness()
      if Bool.random(using: &random) {
        harness.segment(fromServer: fromServer, sequence: first &- 1, flags: 2)
      } else {
        harness.segment(fromServer: !fromServer, sequence: 9, acknowledges: first)
      }
      for piece in StreamMessageTests.pieces(0..<stream.bytes.count, distance: 12, &random) {
        harness.segment(
          fromServer: fromServer, sequence: first &+ UInt32(piece.range.lowerBound), Array(stream.bytes[piece.range]))
      }
      harness.finish()
      #expect(harness.streams.messages.bytes == messages, "seed \(seed)")
    }
  }

  @Test(
    "a message is read without framing where it ends with a line end, in one segment or at the length that it promised")
  func readWhole() {
    let whole = KnownMessages.message(1, body: "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\n")
    let unended = KnownMessages.message(2, body: "{}")
    // The first message finds out what the stream carries; of the second each row says where it is cut.
    let rows: [(cuts: [Int], messages: [[UInt8]], readWhole: Int)] = [
      ([], [whole, whole], 1),
      ([whole.count - 10], [whole, whole], 1),
      ([whole.count - 20, whole.count - 10], [whole, whole], 1),
      // How long it is shows only with the end of its headers. The first cut is a line end, as that of a message may be.
      ([35], [whole, whole], 0),
      ([40], [whole, whole], 0),
      ([], [whole, unended], 0),
      ([40], [whole, unended], 0),
    ]
    for row in rows {
      var harness = StreamHarness()
      harness.segment(sequence: 99, flags: 2)
      harness.segment(sequence: 100, row.messages[0])
      let second = row.messages[1]
      var start = 0
      for cut in row.cuts + [second.count] {
        harness.segment(
          sequence: 100 + UInt32(row.messages[0].count + start), Array(second[start..<cut]))
        start = cut
      }
      harness.finish()
      #expect(harness.streams.messages.bytes == row.messages, "\(row.cuts)")
      #expect(harness.streams.messages.readWhole == row.readWhole, "\(row.cuts)")
      #expect(harness.streams.messages.anomalies.count(of: .messageTruncated) == 0, "\(row.cuts)")
    }
  }

  @Test("with losses, every message that no lost byte touched comes out", arguments: 0..<10, [false, true])
  func lossy(group: Int, isDiameter: Bool) {
    for seed in group * 50..<(group + 1) * 50 {
      var random = SeededGenerator(seed: UInt64(seed))
      let messages = KnownMessages.list(Int.random(in: 2...12, using: &random), isDiameter: isDiameter, &random)
      let stream = KnownMessages.stream(messages, isDiameter: isDiameter, &random)
      var harness = StreamHarness()
      harness.segment(sequence: 99, flags: 2)
      let loss = Double.random(in: 0...0.3, using: &random)
      var isSeen = [Bool](repeating: false, count: stream.bytes.count)
      for piece in StreamMessageTests.pieces(0..<stream.bytes.count, distance: 3, &random)
      where Double.random(in: 0...1, using: &random) > loss {
        harness.segment(sequence: 100 &+ UInt32(piece.range.lowerBound), Array(stream.bytes[piece.range]))
        for index in piece.range { isSeen[index] = true }
      }
      harness.finish()
      StreamMessageTests.expectWhole(harness.streams.messages, messages, stream.places, isSeen, seed)
      // What is lost behind the last byte captured cannot be known.
      let last = isSeen.lastIndex(of: true) ?? -1
      let lost = isSeen[0..<last + 1].count { !$0 }
      #expect(harness.streams.messages.anomalies.amount(of: .streamBytesLost) == UInt64(lost), "seed \(seed)")
    }
  }

  @Test("picked up in the middle of a message, in either direction or in both", arguments: 0..<10, [false, true])
  func midStream(group: Int, isDiameter: Bool) {
    for seed in group * 50..<(group + 1) * 50 {
      var random = SeededGenerator(seed: UInt64(seed))
      var harness = StreamHarness()
      var directions: [(messages: [[UInt8]], bytes: [UInt8], places: [Range<Int>], isSeen: [Bool])] = []
      var pieces: [(fromServer: Bool, piece: Piece)] = []
      for fromServer in Bool.random(using: &random) ? [false] : [false, true] {
        let messages = KnownMessages.list(Int.random(in: 2...8, using: &random), isDiameter: isDiameter, &random)
        let stream = KnownMessages.stream(messages, isDiameter: isDiameter, &random)
        let begin = Int.random(in: 0..<stream.bytes.count, using: &random)
        pieces += StreamMessageTests.pieces(begin..<stream.bytes.count, distance: 0, &random).map { (fromServer, $0) }
        var isSeen = [Bool](repeating: false, count: stream.bytes.count)
        for index in begin..<stream.bytes.count { isSeen[index] = true }
        directions.append((messages, stream.bytes, stream.places, isSeen))
      }
      for (fromServer, piece) in pieces.sorted(by: { $0.piece.place < $1.piece.place }) {
        harness.segment(
          fromServer: fromServer, sequence: 100 &+ UInt32(piece.range.lowerBound),
          Array(directions[fromServer ? 1 : 0].bytes[piece.range]))
      }
      harness.finish()
      let all = harness.streams.messages
      for (index, direction) in directions.enumerated() {
        var own = RecordedMessages()
        own.bytes = zip(all.bytes, all.placements)
          .filter { ($0.1.flow.source == StreamHarness.server) == (index == 1) }.map(\.0)
        StreamMessageTests.expectWhole(own, direction.messages, direction.places, direction.isSeen, seed)
      }
    }
  }

  /// Expects each whole message once and in order; of one that was cut at most a part comes out.
  private static func expectWhole(
    _ recorded: RecordedMessages, _ messages: [[UInt8]], _ places: [Range<Int>], _ isSeen: [Bool], _ seed: Int
  ) {
    let whole = messages.indices.filter { isSeen[places[$0]].allSatisfy { $0 } }.map { messages[$0] }
    let cut = messages.indices.filter { !isSeen[places[$0]].allSatisfy { $0 } }.map { messages[$0] }
    var parts: [[UInt8]] = []
    let found = recorded.bytes.filter { bytes in
      if whole.contains(bytes) { return true }
      parts.append(bytes)
      return false
    }
    #expect(found == whole, "seed \(seed)")
    for part in parts {
      #expect(cut.contains { $0.contains(part) }, "seed \(seed): \(String(decoding: part, as: UTF8.self))")
    }
  }
}
