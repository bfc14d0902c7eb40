// The one place where bytes become integers. The caller has checked that the bytes are there: one check for a fixed
// header, then loads that cannot fail. A load beyond the span traps rather than reads foreign memory.

extension RawSpan {
  /// The byte at `offset`.
  @inlinable
  public func byte(at offset: Int) -> UInt8 {
    // Unsigned, a negative offset is beyond any length: one comparison.
    precondition(UInt(bitPattern: offset) < UInt(bitPattern: byteCount))
    return unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt8.self)
  }

  /// The two bytes from `offset` on, in network order.
  @inlinable
  public func bigEndianUInt16(at offset: Int) -> UInt16 {
    UInt16(bigEndian: load(at: offset, as: UInt16.self))
  }

  /// The three bytes from `offset` on, in network order.
  @inlinable
  public func bigEndianUInt24(at offset: Int) -> UInt32 {
    UInt32(byte(at: offset)) << 16 | UInt32(bigEndianUInt16(at: offset + 1))
  }

  /// The four bytes from `offset` on, in network order.
  @inlinable
  public func bigEndianUInt32(at offset: Int) -> UInt32 {
    UInt32(bigEndian: load(at: offset, as: UInt32.self))
  }

  /// The eight bytes from `offset` on, in network order.
  @inlinable
  public func bigEndianUInt64(at offset: Int) -> UInt64 {
    UInt64(bigEndian: load(at: offset, as: UInt64.self))
  }

  /// The two bytes from `offset` on, least significant first.
  @inlinable
  public func littleEndianUInt16(at offset: Int) -> UInt16 {
    UInt16(littleEndian: load(at: offset, as: UInt16.self))
  }

  /// The four bytes from `offset` on, least significant first.
  @inlinable
  public func littleEndianUInt32(at offset: Int) -> UInt32 {
    UInt32(littleEndian: load(at: offset, as: UInt32.self))
  }

  /// The eight bytes from `offset` on, least significant first.
  @inlinable
  public func littleEndianUInt64(at offset: Int) -> UInt64 {
    UInt64(littleEndian: load(at: offset, as: UInt64.self))
  }

  @inlinable
  func load<Integer: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Integer.Type) -> Integer {
    // No length is so small that the difference could overflow.
    precondition(offset >= 0 && offset <= byteCount &- MemoryLayout<Integer>.size)
    return unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: type)
  }
}
