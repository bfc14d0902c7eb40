/// What is known of the bytes that one end of a TCP connection sends.
struct TCPSide: Sendable {
  struct Marks: OptionSet, Sendable {
    var rawValue: UInt8
    /// A segment of this side was seen.
    static let seen = Marks(rawValue: 1)
    /// Its SYN was seen.
    static let synchronized = Marks(rawValue: 2)
    /// `next` is known.
    static let started = Marks(rawValue: 4)
    /// `next` is only what the other side acknowledged; no byte was seen yet.
    static let presumed = Marks(rawValue: 8)
    /// Its FIN was seen, and `end` is known.
    static let ending = Marks(rawValue: 16)
    /// All bytes before its FIN have been passed or given up.
    static let finished = Marks(rawValue: 32)
    /// It has carried data.
    static let carriedData = Marks(rawValue: 64)
  }

  /// The sequence number of the next byte to be passed on.
  var next: UInt32 = 0

  /// The sequence number before the first byte: that of its SYN, where that was seen.
  var initial: UInt32 = 0

  /// The sequence number of its FIN.
  var end: UInt32 = 0

  /// Bytes lost since the last byte passed on; saturates.
  var lost: UInt32 = 0

  /// What waits behind a hole, as an index of the reorder buffers.
  var buffer = SlotList.none

  var marks: Marks = []

  /// Sets the first byte of a direction of which nothing was seen before.
  mutating func begin(at number: UInt32) {
    next = number
    initial = number &- 1
  }

  /// Counts bytes lost before what comes next.
  mutating func lose(_ count: Int) {
    lost = UInt32(clamping: Int(lost) + count)
  }
}
