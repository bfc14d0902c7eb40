/// A range of bytes inside a message, in eight bytes: what tables of fields hold in place of text.
public struct ByteRange: Hashable, Sendable {
  /// The offset of the first byte.
  public var start: UInt32

  /// The offset behind the last byte; not less than `start`.
  public var end: UInt32

  /// Makes the range from `start` up to `end`. Both are below 2^32: no message is longer.
  @inlinable
  public init(_ start: Int, _ end: Int) {
    // Tests and fuzzers ask for it, so that one who writes a wrong range is found, and not who reads it.
    assert(start >= 0 && start <= end)
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  /// The empty range at the start.
  @inlinable
  public init() {
    start = 0
    end = 0
  }

  /// Whether it holds no byte.
  @inlinable
  public var isEmpty: Bool { start == end }

  /// The number of bytes.
  @inlinable
  public var count: Int { Int(end) - Int(start) }

  /// The same as a range of `Int`.
  @inlinable
  public var range: Range<Int> { Int(start)..<Int(end) }
}
