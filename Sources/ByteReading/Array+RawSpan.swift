extension [UInt8] {
  /// The bytes as what the readers take, borrowed for as long as the array is.
  @inlinable
  public var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get { unsafe span.bytes }
  }

  /// Copies the bytes of `range` of `source` over those from `offset` on, which must be there.
  @inlinable
  public mutating func overwrite(at offset: Int, with source: RawSpan, in range: Range<Int>) {
    precondition(offset >= 0 && range.count <= count - offset)
    let part = source.extracting(range)
    unsafe withUnsafeMutableBytes { target in
      unsafe part.withUnsafeBytes { bytes in
        unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + bytes.count]).copyMemory(from: bytes)
      }
    }
  }

  /// Appends the bytes of `range` of `source`.
  @inlinable
  public mutating func append(_ source: RawSpan, in range: Range<Int>) {
    let part = source.extracting(range)
    unsafe part.withUnsafeBytes { bytes in unsafe append(contentsOf: bytes) }
  }
}
