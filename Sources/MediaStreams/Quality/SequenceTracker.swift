/// Follows the sequence numbers of one source (RFC 3550 appendix A.1 and A.3): what was expected, what came, and what came
/// twice or late. The last 64 numbers are remembered one by one.
struct SequenceTracker {
  /// How far a number may jump ahead before it must be confirmed by its successor (RFC 3550 appendix A.1).
  static let maximumDropout: Int16 = 3000

  /// How far back a late packet may lie (RFC 3550 appendix A.1).
  static let maximumMisorder: Int16 = 100

  /// What a packet is to those before it.
  enum Arrival {
    /// The one after the highest.
    case next
    /// Further ahead.
    case ahead
    /// Behind others with higher numbers.
    case late
    /// Seen already.
    case duplicate
    /// The first after the source began to count anew.
    case restart
    /// Far from all others, and not confirmed yet.
    case stray
  }

  /// Expected before the source began to count anew.
  private var expectedBefore: UInt64 = 0
  /// The number that would confirm a jump.
  private var awaited: UInt32 = .max
  /// Packets whose number came before.
  private(set) var duplicates: UInt32 = 0
  /// Packets that came behind others with higher numbers.
  private(set) var reordered: UInt32 = 0
  /// How often the source began to count anew.
  private(set) var restarts: UInt32 = 0
  /// Packets far from all others.
  private(set) var strays: UInt32 = 0
  // What every packet looks at or changes is last, and stands together in memory.
  /// Bursts and gaps.
  private(set) var losses = BurstGapCounter()
  // Extended by the cycles; the first cycle is 1, so that a late packet may lie before the first one.
  private var base: UInt32
  private(set) var highest: UInt32
  /// The bit of place i says that `highest - i` came.
  private var window: UInt64 = 1
  /// Packets that came, each number once.
  private(set) var received: UInt64 = 1

  /// Begins with the first packet.
  init(first: UInt16) {
    base = 0x10000 | UInt32(first)
    highest = base
  }

  /// Takes the next packet.
  @inline(__always)
  mutating func take(_ number: UInt16) -> Arrival {
    let step = Int16(bitPattern: number &- UInt16(truncatingIfNeeded: highest))
    if step == 1 {
      // The number that leaves the window is either from before the first packet or it tells its fate now.
      if window >> 63 != 0 {
        losses.countArrival()
      } else if highest &- base >= 63 {
        losses.countLoss()
      }
      window = window << 1 | 1
      highest &+= 1
      received &+= 1
      return .next
    }
    return take(number, step)
  }

  private mutating func take(_ number: UInt16, _ step: Int16) -> Arrival {
    if step > 0, step < SequenceTracker.maximumDropout {
      skip(UInt32(step))
      received &+= 1
      return .ahead
    }
    if step <= 0, step > -SequenceTracker.maximumMisorder {
      return takeLate(UInt32(-Int32(step)))
    }
    if UInt32(number) == awaited {
      restart(number)
      return .restart
    }
    awaited = UInt32(number &+ 1)
    strays &+= 1
    return .stray
  }

  private mutating func takeLate(_ distance: UInt32) -> Arrival {
    let number = highest &- distance
    guard distance < 64 else {
      // Too far back to know whether it came; before the first one it was not expected.
      reordered &+= 1
      if number >= base { received &+= 1 }
      return .late
    }
    let bit = UInt64(1) << UInt64(distance)
    guard window & bit == 0 else {
      duplicates &+= 1
      return .duplicate
    }
    window |= bit
    received &+= 1
    reordered &+= 1
    base = min(base, number)
    return .late
  }

  private mutating func skip(_ count: UInt32) {
    for index in 0..<count {
      // What leaves the window, oldest first; beyond it are those that are skipped.
      let leaving = highest &- 63 &+ index
      if index >= 64 {
        losses.countLoss()
      } else if window >> UInt64(63 &- index) & 1 != 0 {
        losses.countArrival()
      } else if leaving >= base {
        losses.countLoss()
      }
    }
    window = count >= 64 ? 1 : window << UInt64(count) | 1
    highest &+= count
  }

  private mutating func restart(_ number: UInt16) {
    expectedBefore = expected
    settle()
    restarts &+= 1
    strays &-= 1
    // The packet that was awaited and the stray before it, which it confirmed.
    base = 0x10000 | UInt32(number &- 1)
    highest = base &+ 1
    window = 0b11
    received &+= 2
    awaited = .max
  }

  /// Tells the fate of everything in the window; at the end.
  mutating func settle() {
    let known = min(highest &- base, 63)
    var index = known
    while true {
      if window >> UInt64(index) & 1 != 0 { losses.countArrival() } else { losses.countLoss() }
      if index == 0 { break }
      index &-= 1
    }
  }

  /// How many numbers there were between the first and the highest (RFC 3550 appendix A.3).
  var expected: UInt64 { expectedBefore &+ UInt64(highest &- base) &+ 1 }

  /// How many of them did not come.
  var lost: UInt64 { expected > received ? expected &- received : 0 }
}
