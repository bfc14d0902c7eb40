import CaptureFacts
import PacketLayers
import SharedCaptures
import StreamReassembly
import Testing

/// Known bytes, cut and disturbed in every way, come out as they were.
struct TCPPropertyTests {
  struct Piece {
    var offset: Int
    var count: Int
  }

  /// Cuts `length` bytes into segments, and adds repetitions cut otherwise, near to where they belong.
  static func pieces(_ length: Int, _ random: inout SeededGenerator) -> [Piece] {
    var pieces: [Piece] = []
    var offset = 0
    let longest = random.happens(0.3) ? 3 : 400
    while offset < length {
      let count = min(length - offset, Int.random(in: 1...longest, using: &random))
      pieces.append(Piece(offset: offset, count: count))
      offset += count
      if random.happens(0.2) {
        let from = max(0, offset - Int.random(in: 0...600, using: &random))
        pieces.append(Piece(offset: from, count: min(length - from, Int.random(in: 1...700, using: &random))))
      }
    }
    return pieces
  }

  @Test("Reordered, repeated, overlapping segments give the bytes back", arguments: 0..<20)
  func lossless(group: Int) {
    for seed in group * 100..<(group + 1) * 100 {
      var random = SeededGenerator(seed: UInt64(seed))
      let bytes = random.bytes(Int.random(in: 1...(random.happens(0.1) ? 6000 : 800), using: &random))
      let initial = random.happens(0.5) ? UInt32.max &- UInt32.random(in: 0...1000, using: &random) : 77
      let hasSYN = random.happens(0.7)
      let sendsAcknowledgments = random.happens(0.5)
      var exchange = TCPExchange()
      if hasSYN {
        exchange.segment(initial, .syn)
        if random.happens(0.8) { exchange.segment(from: true, 5000, ack: initial &+ 1, .syn) }
      } else {
        exchange.segment(from: true, 5001, ack: initial &+ 1)
      }
      let distance = Int.random(in: 0...30, using: &random)
      var received = [Bool](repeating: false, count: bytes.count + 1)
      var contiguous = 0
      for piece in random.reorder(TCPPropertyTests.pieces(bytes.count, &random), within: distance) {
        let isEnd = piece.offset + piece.count == bytes.count
        exchange.segment(
          initial &+ 1 &+ UInt32(piece.offset), isEnd ? .fin : [],
          Array(bytes[piece.offset..<piece.offset + piece.count]))
        for index in piece.offset..<piece.offset + piece.count { received[index] = true }
        while received[contiguous] { contiguous += 1 }
        if sendsAcknowledgments, random.happens(0.5) {
          exchange.segment(from: true, 5001, ack: initial &+ 1 &+ UInt32(contiguous))
        }
      }
      let direction: UInt8 = hasSYN ? 0 : 1
      #expect(exchange.consumer.bytes(direction) == bytes, "seed \(seed)")
      #expect(exchange.consumer.chunks.allSatisfy { $0.lost == 0 }, "seed \(seed)")
      #expect(exchange.reassembler.bufferedBytes == 0, "seed \(seed)")
    }
  }

  @Test("With losses, every captured byte comes out once, at its place, and the rest is counted", arguments: 0..<20)
  func lossy(group: Int) {
    for seed in group * 100..<(group + 1) * 100 {
      var random = SeededGenerator(seed: UInt64(seed) + 1_000_000)
      let bytes = random.bytes(Int.random(in: 1...1500, using: &random))
      let initial = UInt32.random(in: .min ... .max, using: &random)
      var exchange = TCPExchange()
      exchange.segment(initial, .syn)
      exchange.segment(from: true, 5000, ack: initial &+ 1, .syn)
      let loss = Double.random(in: 0..<0.4, using: &random)
      let seesAcknowledgments = random.happens(0.5)
      var captured = [Bool](repeating: false, count: bytes.count)
      for piece in TCPPropertyTests.pieces(bytes.count, &random) where !random.happens(loss) {
        let range = piece.offset..<piece.offset + piece.count
        exchange.segment(initial &+ 1 &+ UInt32(piece.offset), [], Array(bytes[range]))
        // A byte that comes for the first time after its hole was given up is too late.
        for index in range where !captured[index] {
          captured[index] = true
        }
        if seesAcknowledgments, random.happens(0.5) {
          exchange.segment(from: true, 5001, ack: initial &+ 1 &+ UInt32(range.upperBound))
        }
      }
      exchange.segment(initial &+ 1 &+ UInt32(bytes.count), .fin)
      exchange.finish()
      var position = 0
      var isRight = true
      var delivered = [Bool](repeating: false, count: bytes.count)
      for chunk in exchange.consumer.chunks {
        position += chunk.lost
        isRight = isRight && chunk.mark == initial &+ 1 &+ UInt32(position)
        guard position + chunk.bytes.count <= bytes.count else {
          isRight = false
          break
        }
        for byte in chunk.bytes {
          isRight = isRight && byte == bytes[position]
          delivered[position] = true
          position += 1
        }
      }
      #expect(isRight, "seed \(seed)")
      let missing = delivered.count { !$0 }
      #expect(exchange.consumer.amount(of: .streamBytesLost) == missing, "seed \(seed)")
      // Without acknowledgments nothing is given up early, so every captured byte comes out.
      if !seesAcknowledgments { #expect(delivered == captured, "seed \(seed)") }
    }
  }
}
