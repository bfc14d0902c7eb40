/// A moment as the capture recorded it: nanoseconds since 1970-01-01T00:00:00Z.
///
/// Time comes only from packets, never from a clock, so that the same input gives the same output. The range is
/// 1677 to 2262; a capture file whose times lie outside is clamped by its reader.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since the epoch, negative before it.
  public var nanoseconds: Int64

  /// Makes a moment from nanoseconds since the epoch.
  @inlinable
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The earlier of two moments compares as smaller.
  @inlinable
  public static func < (earlier: Timestamp, later: Timestamp) -> Bool {
    earlier.nanoseconds < later.nanoseconds
  }

  /// The nanoseconds from `other` to this moment, negative where `other` is the later one; saturates at the ends of
  /// the range.
  @inlinable
  public func nanoseconds(since other: Timestamp) -> Int64 {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
    guard overflow else { return difference }
    return nanoseconds < other.nanoseconds ? .min : .max
  }

  /// The moment `interval` nanoseconds later; saturates at the ends of the range.
  @inlinable
  public func advanced(byNanoseconds interval: Int64) -> Timestamp {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(interval)
    guard overflow else { return Timestamp(nanoseconds: sum) }
    return Timestamp(nanoseconds: interval < 0 ? .min : .max)
  }
}
