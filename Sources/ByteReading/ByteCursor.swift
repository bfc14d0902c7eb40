/// Reads variable structures (options, extension headers, attribute-value pairs) front to back; each read checks that
/// its bytes are there and fails with the offset where they are not.
public struct ByteCursor: ~Escapable {
  /// What is read.
  public let bytes: RawSpan

  @usableFromInline var position: Int

  /// The offset of the next byte to read.
  @inlinable
  public var offset: Int { position }

  /// Begins at the front of `bytes`.
  @inlinable @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) {
    self.bytes = bytes
    self.position = 0
  }

  /// The number of bytes not read yet.
  @inlinable
  public var remaining: Int { bytes.byteCount - offset }

  /// Reads one byte.
  @inlinable @_lifetime(self: copy self)
  public mutating func readUInt8() throws(ParseFailure) -> UInt8 {
    try bytes.byte(at: take(1))
  }

  /// Reads two bytes in network order.
  @inlinable @_lifetime(self: copy self)
  public mutating func readUInt16() throws(ParseFailure) -> UInt16 {
    try bytes.bigEndianUInt16(at: take(2))
  }

  /// Reads three bytes in network order.
  @inlinable @_lifetime(self: copy self)
  public mutating func readUInt24() throws(ParseFailure) -> UInt32 {
    try bytes.bigEndianUInt24(at: take(3))
  }

  /// Reads four bytes in network order.
  @inlinable @_lifetime(self: copy self)
  public mutating func readUInt32() throws(ParseFailure) -> UInt32 {
    try bytes.bigEndianUInt32(at: take(4))
  }

  /// Passes over `count` bytes and returns where they were.
  @inlinable @_lifetime(self: copy self)
  public mutating func readRange(_ count: Int) throws(ParseFailure) -> Range<Int> {
    let start = try take(count)
    return start..<start + count
  }

  @inlinable @_lifetime(self: copy self)
  mutating func take(_ count: Int) throws(ParseFailure) -> Int {
    guard count >= 0, count <= remaining else { throw ParseFailure(.truncated, at: offset) }
    let start = position
    position += count
    return start
  }
}
