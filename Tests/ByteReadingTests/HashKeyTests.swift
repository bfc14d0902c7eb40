import Testing

import ByteReading

@Suite("Hashing bytes under the key of a run")
struct HashKeyTests {
  private let key = HashKey(first: 0x0123_4567_89ab_cdef, second: 0xfedc_ba98_7654_3210)

  @Test("Every byte counts, in texts of any length", arguments: [1, 7, 8, 31, 63, 64, 65, 95, 96, 100, 127, 128, 200])
  func everyByteCounts(length: Int) {
    var bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    var seen: Set<KeyedHash> = [key.hash(bytes)]
    for place in bytes.indices {
      bytes[place] ^= 1
      #expect(seen.insert(key.hash(bytes)).inserted)
      bytes[place] ^= 1
    }
  }

  @Test(
    "Numbers that cancel the constants of a hash, or differ in few bits, lie in different places",
    arguments: [0, 0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93, 0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db]
      as [UInt64])
  func chosenNumbers(_ chosen: UInt64) {
    let start = HashKey().start
    for shift in [0, 20, 40] as [UInt64] {
      let before = Set((0..<4096).map { start.combined(with: $0 << shift).combined(with: chosen).low & 0xffff })
      let after = Set((0..<4096).map { start.combined(with: chosen).combined(with: $0 << shift).low & 0xffff })
      // By chance some 3,970 of 65,536 places.
      #expect(before.count > 3800 && after.count > 3800)
    }
  }

  @Test("Words that trade places make another hash")
  func orderCounts() {
    let bytes = (0..<128).map { UInt8($0) }
    var seen: Set<KeyedHash> = [key.hash(bytes)]
    for first in stride(from: 0, to: 128, by: 8) {
      for second in stride(from: first + 8, to: 128, by: 8) {
        var other = bytes
        for place in 0..<8 { other.swapAt(first + place, second + place) }
        let hash = key.hash(other)
        #expect(seen.insert(hash).inserted)
        #expect(!seen.contains { $0 != hash && ($0.high == hash.high || $0.low == hash.low) })
      }
    }
  }

  @Test("A text hashes as its bytes do wherever they stand in a message")
  func placeDoesNotCount() {
    let text = String(repeating: "z9hG4bK-long-enough-for-blocks-", count: 5)
    let message = Array("xyz\(text)!".utf8)
    #expect(key.hash(text) == key.hash(message.rawSpan, in: 3..<message.count - 1))
  }
}
