/// Damages captures in ways that follow from a seed.
public struct DamageGenerator {
  private var state: UInt64

  /// The same seed gives the same damage everywhere.
  public init(seed: UInt64) {
    state = seed
  }

  /// SplitMix64: any seed will do.
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

  /// The bytes with one to three damages.
  public mutating func damage(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0...below(3) where !bytes.isEmpty { damageOnce(&bytes) }
    return bytes
  }

  private mutating func damageOnce(_ bytes: inout [UInt8]) {
    switch below(10) {
    case 0: flip(&bytes, below(200))
    case 1: bytes.removeLast(below(bytes.count))
    case 2:
      // A block again, once or many times.
      let block = block(of: bytes)
      let copies = below(8) == 0 ? 50 : 1
      bytes.insert(contentsOf: Array(repeating: bytes[block], count: copies).joined(), at: block.upperBound)
    case 3:
      // A block in the place of another.
      let first = block(of: bytes)
      let copy = Array(bytes[first])
      let second = block(of: bytes)
      bytes.replaceSubrange(first, with: bytes[second])
      bytes.append(contentsOf: copy)
    case 4: bytes.removeSubrange(block(of: bytes))
    case 5:
      // A length, a count or an offset at its extremes; in some block, within its headers or anywhere.
      let block = block(of: bytes)
      for _ in 0...below(4) { setExtreme(&bytes, block) }
    case 6:
      // What is no UTF-8, and control characters.
      let values: [UInt8] = [0xff, 0xc0, 0x80, 0xed, 0xf4, 0x00, 0x0a, 0x0d, 0x1b, 0x7f, 0x22, 0x5c]
      for _ in 0...below(400) { bytes[behindHeader(bytes)] = values[below(values.count)] }
    case 7:
      // A stretch of one place in another.
      let source = below(bytes.count)
      let stretch = Array(bytes[source..<min(bytes.count, source + 1 + below(64))])
      bytes.insert(contentsOf: stretch, at: behindHeader(bytes))
    case 8:
      let start = behindHeader(bytes)
      bytes.removeSubrange(start..<min(bytes.count, start + 1 + below(32)))
    default:
      for _ in 0...below(2000) { bytes[behindHeader(bytes)] = UInt8(below(256)) }
    }
  }

  private mutating func flip(_ bytes: inout [UInt8], _ count: Int) {
    for _ in 0...count { bytes[below(bytes.count)] ^= UInt8(1) << UInt8(below(8)) }
  }

  private mutating func setExtreme(_ bytes: inout [UInt8], _ block: Range<Int>) {
    let width = [1, 2, 3, 4, 8][below(5)]
    let reach = below(2) == 0 ? min(96, block.count) : block.count
    let start = block.lowerBound + below(reach)
    guard start + width <= bytes.count else { return }
    let extremes: [UInt64] = [0, 1, 2, 0x7f, 0x80, 0x7fff, 0x8000, 0x7fff_ffff, 0x8000_0000, .max, .max - 1, .max - 19]
    let value = extremes[below(extremes.count)]
    let isBigEndian = below(2) == 0
    for place in 0..<width {
      let shift = UInt64(8 * (isBigEndian ? width - 1 - place : place))
      bytes[start + place] = UInt8(truncatingIfNeeded: value >> shift)
    }
  }

  /// A place behind the header of the file, so that what lies deeper is reached.
  private mutating func behindHeader(_ bytes: [UInt8]) -> Int {
    min(bytes.count - 1, 24 + below(bytes.count))
  }

  /// A record of a classic file, a block of pcapng, any stretch of another.
  private mutating func block(of bytes: [UInt8]) -> Range<Int> {
    let blocks = CaptureBlocks.ranges(of: bytes)
    if !blocks.isEmpty { return blocks[below(blocks.count)] }
    let start = below(bytes.count)
    return start..<min(bytes.count, start + below(400))
  }
}
