import ByteReading

/// Finds header names in the bytes of a message: a hash table over the name's length and its bytes taken eight at a
/// time in lower case, so that no text is made and no letter is looked at alone.
struct SIPHeaderNameTable: Sendable {
  /// A name of at most 32 bytes as four words: those at 0, 8, 16 and at the end, overlapping where it is shorter.
  struct Words: Equatable, Sendable {
    var length = 0
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0
    var last: UInt64 = 0

    @inline(__always)
    static func == (left: Words, right: Words) -> Bool {
      let differences =
        left.first ^ right.first | left.second ^ right.second | left.third ^ right.third | left.last ^ right.last
      return differences == 0 && left.length == right.length
    }

    /// Where the search in the table begins.
    var slot: Int {
      let mixed =
        (first ^ (last &* 0x9e37_79b9_7f4a_7c15) ^ UInt64(truncatingIfNeeded: length)) &* 0xd6e8_feb8_6659_fd93
      return Int(truncatingIfNeeded: mixed >> 55)
    }
  }

  private struct Slot: Sendable {
    var words = Words()
    var name = SIPHeaderName.other
  }

  /// The longest name that four words hold.
  static let longestName = 32

  /// Three to four slots for each of the 140 names and 20 compact forms, so that a look seldom needs a second slot.
  private static let slotCount = 512

  /// The table of all registered names.
  static let shared = SIPHeaderNameTable()

  private var slots = [Slot](repeating: Slot(), count: slotCount)

  private init() {
    for name in SIPHeaderName.allCases where name != .other {
      let entry = SIPHeaderRegistry.entry(of: name)
      insert(entry.name, as: name)
      if entry.compact.utf8CodeUnitCount > 0 { insert(entry.compact, as: name) }
    }
  }

  private mutating func insert(_ text: StaticString, as name: SIPHeaderName) {
    let bytes = Array("\(text)".utf8)
    let words = unsafe SIPHeaderNameTable.words(of: bytes.span.bytes, in: 0..<bytes.count)
    var slot = words.slot
    while slots[slot].words.length != 0 { slot = (slot &+ 1) & (SIPHeaderNameTable.slotCount - 1) }
    slots[slot] = Slot(words: words, name: name)
  }

  /// The name that the bytes of `range` spell, letter case aside (RFC 3261 section 7.3.1).
  @inline(__always)
  func name(of bytes: RawSpan, in range: Range<Int>) -> SIPHeaderName {
    guard range.count > 0, range.count <= SIPHeaderNameTable.longestName else { return .other }
    let words = SIPHeaderNameTable.words(of: bytes, in: range)
    var slot = words.slot
    while true {
      let entry = slots[slot]
      if entry.words == words { return entry.name }
      if entry.words.length == 0 { return .other }
      slot = (slot &+ 1) & (SIPHeaderNameTable.slotCount - 1)
    }
  }

  @inline(__always)
  private static func words(of bytes: RawSpan, in range: Range<Int>) -> Words {
    let start = range.lowerBound
    let length = range.count
    var words = Words()
    words.length = length
    guard length >= 8 else {
      var word: UInt64 = 0
      if bytes.byteCount &- start >= 8 {
        // A value stands behind nearly every name: its bytes are taken away.
        let unused = UInt64(truncatingIfNeeded: 64 &- 8 &* length)
        word = (bytes.littleEndianUInt64(at: start) << unused) >> unused
      } else {
        for offset in range.reversed() { word = word << 8 | UInt64(bytes.byte(at: offset)) }
      }
      words.first = lowered(word)
      return words
    }
    words.first = lowered(bytes.littleEndianUInt64(at: start))
    words.last = lowered(bytes.littleEndianUInt64(at: start + length - 8))
    if length > 16 {
      words.second = lowered(bytes.littleEndianUInt64(at: start + 8))
      if length > 24 { words.third = lowered(bytes.littleEndianUInt64(at: start + 16)) }
    }
    return words
  }

  /// The eight bytes with each of the letters A to Z in lower case, all at once.
  @inline(__always)
  private static func lowered(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let sevenBits = word & (ones &* 0x7f)
    let aboveZ = sevenBits &+ ones &* (0x7f - 0x5a)
    let fromA = sevenBits &+ ones &* (0x80 - 0x41)
    let isUpper = ~word & (aboveZ ^ fromA) & (ones &* 0x80)
    return word | isUpper >> 2
  }
}
