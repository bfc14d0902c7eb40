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
    return name(SIPHeaderNameTable.words(of: bytes, in: range))
  }

  @inline(__always)
  private func name(_ words: Words) -> SIPHeaderName {
    var slot = words.slot
    while true {
      let entry = slots[slot]
      if entry.words == words { return entry.name }
      if entry.words.length == 0 { return .other }
      slot = (slot &+ 1) & (SIPHeaderNameTable.slotCount - 1)
    }
  }

  /// Finds the colon behind the name at the front of `line` and the name that stands before it; nil where only a closer
  /// look tells: a longer name, white space before the colon, or the end of the message near.
  @inline(__always)
  func nameAndColon(of bytes: RawSpan, in line: Range<Int>) -> (name: SIPHeaderName, colon: Int)? {
    let start = line.lowerBound
    // The four words of a name, whatever its length, lie in the message.
    guard bytes.byteCount &- start >= 32 else { return nil }
    var words = Words()
    let first = bytes.littleEndianUInt64(at: start)
    var word = first
    var colon = start
    while true {
      // Where a byte is the colon the difference is 0, and taking 1 from it borrows: the lowest high bit set is true.
      let difference = word ^ 0x3a3a_3a3a_3a3a_3a3a
      let found = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
      if found != 0 {
        colon &+= found.trailingZeroBitCount >> 3
        break
      }
      colon &+= 8
      guard colon &- start < 32 else { return nil }
      word = bytes.littleEndianUInt64(at: colon)
    }
    let length = colon &- start
    guard length > 0, colon < line.upperBound, bytes.byte(at: colon &- 1) > 0x20 else { return nil }
    words.length = length
    if length >= 8 {
      words.first = SIPHeaderNameTable.lowered(first)
      words.last = SIPHeaderNameTable.lowered(bytes.littleEndianUInt64(at: colon &- 8))
      if length > 16 {
        words.second = SIPHeaderNameTable.lowered(bytes.littleEndianUInt64(at: start &+ 8))
        if length > 24 { words.third = SIPHeaderNameTable.lowered(bytes.littleEndianUInt64(at: start &+ 16)) }
      }
    } else {
      let unused = UInt64(truncatingIfNeeded: 64 &- 8 &* length)
      words.first = SIPHeaderNameTable.lowered((first << unused) >> unused)
    }
    return (name(words), colon)
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
