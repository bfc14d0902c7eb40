#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RawSpan {
  /// Whether the bytes from `offset` on begin with those of `range` in `other`.
  public func hasBytes(_ other: RawSpan, in range: Range<Int>, at offset: Int) -> Bool {
    precondition(range.lowerBound >= 0 && range.upperBound <= other.byteCount)
    guard offset >= 0, byteCount - offset >= range.count else { return false }
    guard !range.isEmpty else { return true }
    return unsafe withUnsafeBytes { own in
      unsafe other.withUnsafeBytes { others in
        guard let first = own.baseAddress, let second = others.baseAddress else { return false }
        return unsafe memcmp(first + offset, second + range.lowerBound, range.count) == 0
      }
    }
  }
}
