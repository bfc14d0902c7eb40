import CaptureFacts
import SharedCaptures
import Testing

@testable import StreamReassembly

/// Known messages, cut and disturbed in every way, come out as they were.
struct SCTPPropertyTests {
  struct Piece {
    var message: Int
    var transmissionNumber: UInt32
    var chunk: [UInt8]
  }

  /// Cuts messages into DATA or I-DATA chunks.
  static func pieces(
    _ messages: [[UInt8]], first: UInt32, isInterleaved: Bool, _ random: inout SeededGenerator
  ) -> [Piece] {
    var pieces: [Piece] = []
    var number = first
    for (index, bytes) in messages.enumerated() {
      let longest = random.happens(0.5) ? bytes.count : Int.random(in: 1...bytes.count, using: &random)
      var offset = 0
      var fragment: UInt32 = 0
      let order: UInt8 = index % 3 == 0 ? 4 : 0
      while offset < bytes.count {
        let count = min(bytes.count - offset, longest)
        let isLast = offset + count == bytes.count
        let flags = order | (offset == 0 ? 2 : 0) | (isLast ? 1 : 0)
        let part = Array(bytes[offset..<offset + count])
        let chunk =
          isInterleaved
          ? SCTPChunkBytes.interleavedData(
            number, stream: UInt16(index % 4), message: UInt32(index / 4), shared: offset == 0 ? 46 : fragment,
            flags: flags, part)
          : SCTPChunkBytes.data(
            number, stream: UInt16(index % 4), sequence: UInt16(index / 4), flags: flags, part)
        pieces.append(Piece(message: index, transmissionNumber: number, chunk: chunk))
        number &+= 1
        fragment += 1
        offset += count
      }
    }
    return pieces
  }

  /// Runs one variation; returns the messages that came out and those that no lost chunk touched.
  static func run(seed: Int, loss: Double) -> (found: [[UInt8]], expected: [[UInt8]], buffered: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let messages = (0..<Int.random(in: 1...12, using: &random)).map { index in
      [UInt8(index)] + random.bytes(Int.random(in: 0...120, using: &random))
    }
    let first = random.happens(0.5) ? UInt32.max - UInt32.random(in: 0...20, using: &random) : 100
    let isMidStream = random.happens(0.3)
    var exchange = SCTPExchange()
    if !isMidStream { exchange.handshake(first: first) }
    var lost: Set<Int> = []
    var kept: [Piece] = []
    for piece in pieces(messages, first: first, isInterleaved: random.happens(0.4), &random) {
      if random.happens(loss) {
        lost.insert(piece.message)
      } else {
        kept.append(piece)
        if random.happens(0.2) { kept.append(piece) }
      }
    }
    kept = random.reorder(kept, within: Int.random(in: 0...20, using: &random))
    var bundle: [UInt8] = []
    for piece in kept {
      bundle += piece.chunk
      guard random.happens(0.5) else { continue }
      exchange.toServer(bundle, from: random.happens(0.3) ? 2 : 1, to: random.happens(0.3) ? 2 : 1)
      bundle = []
    }
    if !bundle.isEmpty { exchange.toServer(bundle) }
    let found = exchange.consumer.chunks.map(\.bytes).sorted { $0[0] < $1[0] }
    exchange.finish()
    return (
      found, messages.indices.filter { !lost.contains($0) }.map { messages[$0] }, exchange.reassembler.bufferedBytes
    )
  }

  @Test("Fragmented, bundled, reordered, repeated chunks over two paths give the messages back", arguments: 0..<20)
  func lossless(group: Int) {
    for seed in group * 100..<(group + 1) * 100 {
      let result = SCTPPropertyTests.run(seed: seed, loss: 0)
      #expect(result.found == result.expected, "seed \(seed)")
      #expect(result.buffered == 0, "seed \(seed)")
    }
  }

  @Test("With losses, every message comes out that no lost chunk touched, and no other", arguments: 0..<20)
  func lossy(group: Int) {
    for seed in group * 100..<(group + 1) * 100 {
      let result = SCTPPropertyTests.run(seed: seed + 1_000_000, loss: 0.2)
      #expect(result.found == result.expected, "seed \(seed)")
      #expect(result.buffered == 0, "seed \(seed)")
    }
  }

  @Test("The window of TSNs agrees with a set of all that were seen", arguments: 0..<10)
  func window(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var window = SCTPTransmissionWindow()
    let first = UInt32.max - 5000
    window.start(before: first)
    var seen: Set<UInt32> = []
    var highest = 0
    var differences = 0
    for _ in 0..<20_000 {
      let jump = random.happens(0.001) ? 9000 : 20
      let offset = max(0, highest + Int.random(in: -100...jump, using: &random))
      let verdict = window.receive(first &+ UInt32(offset))
      let isNew = seen.insert(first &+ UInt32(offset)).inserted
      let isHighest = isNew && (offset > highest || seen.count == 1)
      let expected: SCTPTransmissionWindow.Verdict = isHighest ? .next : isNew ? .late : .repeated
      if verdict != expected { differences += 1 }
      highest = max(highest, offset)
    }
    window.finish()
    #expect(differences == 0)
    #expect(window.missing == UInt64(highest + 1 - seen.count))
  }
}
