import ByteReading

extension ByteRange {
  /// The range of these offsets.
  @inline(__always)
  init(_ range: Range<Int>) {
    self.init(range.lowerBound, range.upperBound)
  }

  /// The range cut to what a message of `count` bytes has: ranges come from callers, too, and must not lead outside.
  @inline(__always)
  func clamped(to count: Int) -> Range<Int> {
    let upper = Swift.min(Int(end), count)
    return Swift.min(Int(start), upper)..<upper
  }
}
