import CaptureFacts

/// What messages tell of the clocks of two capture stations: nothing is seen before what caused it, and the same packet
/// comes to both at nearly the same time.
struct ClockComparison {
  /// The tightest bound of one kind, and the two frames that give it: the cause first.
  struct Bound {
    let nanoseconds: Int64
    let frames: [FrameReference]
    /// When the effect was seen.
    let time: Timestamp
  }

  /// By how much the clock of the second station is ahead of that of the first at most: the least time from a cause at the
  /// first to its effect at the second.
  private(set) var most: Bound?
  /// By how much at least: the greatest time, less than zero turned round, from a cause at the second to its effect at the
  /// first.
  private(set) var least: Bound?
  /// How many causes and effects, and packets seen at both, there were.
  private(set) var count = 0

  /// Takes a cause that one station saw, and its effect that the other did.
  mutating func add(causeAtFirst: Bool, from cause: Timestamp, to effect: Timestamp, frames: [FrameReference]) {
    count += 1
    let time = effect.nanoseconds(since: cause)
    if causeAtFirst {
      if most.map({ time < $0.nanoseconds }) ?? true { most = Bound(nanoseconds: time, frames: frames, time: effect) }
    } else if least.map({ -time > $0.nanoseconds }) ?? true {
      least = Bound(nanoseconds: -time, frames: frames, time: effect)
    }
  }

  /// By how much one clock is behind the other: at least, and at most where that is known, and what proves it; nil where the
  /// clocks may agree.
  var offset: (least: Int64, most: Int64?, proof: Bound)? {
    if let least, least.nanoseconds > 0 { return (least.nanoseconds, most?.nanoseconds, least) }
    if let most, most.nanoseconds < 0 { return (-most.nanoseconds, least.map { -$0.nanoseconds }, most) }
    return nil
  }
}
