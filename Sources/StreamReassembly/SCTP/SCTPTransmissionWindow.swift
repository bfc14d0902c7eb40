/// Which TSNs of one end were seen: all up to a number, and some of the `capacity` behind it. A TSN seen again is told
/// from one that comes late, whatever the order of arrival.
struct SCTPTransmissionWindow: Sendable {
  enum Verdict {
    /// Not seen before, and higher than all.
    case next
    /// Not seen before, but a higher one was.
    case late
    /// Seen before, or so old that it cannot be told.
    case repeated
  }

  /// How many TSNs behind a hole are told apart: more than chunks fit in one packet, so that a packet that is repeated
  /// whole is recognised. 2 KiB, taken only where there is a hole.
  static let capacity = 16384

  /// How many TSNs before the first one seen are still taken for new where the beginning was not captured.
  static let allowance = 1024

  /// Whether any TSN is known.
  private(set) var isStarted = false

  /// How many TSNs were given up as never seen.
  private(set) var missing: UInt64 = 0

  /// Every TSN up to this one was seen or given up.
  private var cumulative: UInt32 = 0
  private var highest: UInt32 = 0

  /// The first TSN that is missed when it does not come.
  private var expectedFrom: UInt32 = 0

  /// One bit for each TSN behind `cumulative`, in a ring; empty as long as there was no hole.
  private var seen: [UInt64] = []
  private var seenCount = 0

  /// Begins before `first`, the initial TSN of the end (RFC 9260 section 3.3.2).
  mutating func start(before first: UInt32) {
    cumulative = first &- 1
    highest = cumulative
    expectedFrom = first
    seen = []
    seenCount = 0
    isStarted = true
  }

  /// Takes one TSN.
  mutating func receive(_ number: UInt32) -> Verdict {
    if !isStarted {
      start(before: number &- UInt32(SCTPTransmissionWindow.allowance))
      highest = number &- 1
      expectedFrom = number
    }
    let ahead = number.serialDistance(from: cumulative)
    if ahead == 1, highest == cumulative {
      cumulative = number
      highest = number
      return .next
    }
    guard ahead > 0 else { return .repeated }
    if seen.isEmpty { seen = [UInt64](repeating: 0, count: SCTPTransmissionWindow.capacity / 64) }
    if ahead > SCTPTransmissionWindow.capacity {
      giveUp(through: number &- UInt32(SCTPTransmissionWindow.capacity))
    }
    guard !isSeen(number) else { return .repeated }
    mark(number)
    let verdict: Verdict = number.isSeriallyAfter(highest) ? .next : .late
    if verdict == .next { highest = number }
    while cumulative != highest, isSeen(cumulative &+ 1) {
      cumulative &+= 1
      unmark(cumulative)
    }
    return verdict
  }

  /// The sender has given up all up to `number` (RFC 3758 section 3.2): they are not missed.
  mutating func abandon(through number: UInt32) {
    guard isStarted, number.isSeriallyAfter(expectedFrom &- 1),
      number.serialDistance(from: highest) < SCTPTransmissionWindow.capacity
    else { return }
    expectedFrom = number &+ 1
  }

  /// Gives up all that has not come.
  mutating func finish() {
    if isStarted, highest.isSeriallyAfter(cumulative) { giveUp(through: highest) }
  }

  /// Gives up the holes up to `last` and moves the window behind it; a word of bits at a time, and at once where nothing
  /// behind `highest` can be set.
  private mutating func giveUp(through last: UInt32) {
    var position = cumulative &+ 1
    let marked = highest.isSeriallyAfter(last) ? last : highest
    while seenCount > 0, !position.isSeriallyAfter(marked) {
      let bit = Int(position & 63)
      var count = min(64 - bit, marked.serialDistance(from: position) + 1)
      let untilExpected = expectedFrom.serialDistance(from: position)
      if untilExpected > 0 { count = min(count, untilExpected) }
      let mask = (count == 64 ? UInt64.max : (1 << UInt64(count)) - 1) << UInt64(bit)
      let word = SCTPTransmissionWindow.word(position)
      let found = (seen[word] & mask).nonzeroBitCount
      seen[word] &= ~mask
      seenCount -= found
      if untilExpected <= 0 { missing &+= UInt64(count - found) }
      position &+= UInt32(count)
    }
    // What is left holds no mark.
    let begin = expectedFrom.isSeriallyAfter(position) ? expectedFrom : position
    missing &+= UInt64(max(0, last.serialDistance(from: begin) + 1))
    cumulative = last
    if !highest.isSeriallyAfter(cumulative) { highest = cumulative }
  }

  private static func word(_ number: UInt32) -> Int {
    (Int(number) & (capacity - 1)) >> 6
  }

  private func isSeen(_ number: UInt32) -> Bool {
    !seen.isEmpty && seen[SCTPTransmissionWindow.word(number)] & 1 << UInt64(number & 63) != 0
  }

  private mutating func mark(_ number: UInt32) {
    seen[SCTPTransmissionWindow.word(number)] |= 1 << UInt64(number & 63)
    seenCount += 1
  }

  private mutating func unmark(_ number: UInt32) {
    seen[SCTPTransmissionWindow.word(number)] &= ~(1 << UInt64(number & 63))
    seenCount -= 1
  }
}
