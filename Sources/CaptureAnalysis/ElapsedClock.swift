/// How long something has been going on by the wall clock: for what a live capture does on its own time. Reports take
/// their times from packets alone.
struct ElapsedClock {
  private let start = ContinuousClock.now

  /// Nanoseconds since it was made.
  var nanoseconds: Int64 {
    let elapsed = (ContinuousClock.now - start).components
    return elapsed.seconds * 1_000_000_000 + elapsed.attoseconds / 1_000_000_000
  }
}
