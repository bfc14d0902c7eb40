/// Damages captures in ways that follow from a seed.
struct DamageGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// SplitMix64: any seed will do, and the same one gives the same damage everywhere.
  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  private mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(max(1, bound)))
  }

  /// The bytes with bits flipped, the end cut off, or blocks repeated, exchanged or left out.
  mutating func damage(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    switch below(5) {
    case 0:
      for _ in 0...below(200) { bytes[below(bytes.count)] ^= UInt8(1) << UInt8(below(8)) }
    case 1:
      bytes.removeLast(below(bytes.count))
    case 2:
      let block = block(of: bytes)
      bytes.insert(contentsOf: bytes[block], at: block.upperBound)
    case 3:
      let first = block(of: bytes)
      let copy = Array(bytes[first])
      let second = block(of: bytes)
      bytes.replaceSubrange(first, with: bytes[second])
      bytes.append(contentsOf: copy)
    default:
      // Flips only behind the header of the file, so that what lies deeper is reached.
      for _ in 0...below(2000) { bytes[min(bytes.count - 1, 256 + below(bytes.count))] = UInt8(below(256)) }
      bytes.removeSubrange(block(of: bytes))
    }
    return bytes
  }

  /// A record of a classic file, any stretch of another.
  private mutating func block(of bytes: [UInt8]) -> Range<Int> {
    let records = ClassicCapture.records(of: bytes)
    if !records.isEmpty { return records[below(records.count)] }
    let start = below(bytes.count)
    return start..<min(bytes.count, start + below(400))
  }
}
