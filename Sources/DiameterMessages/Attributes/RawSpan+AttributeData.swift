import ByteReading

extension RawSpan {
  /// The data of an AVP of type Unsigned32, Integer32 or Enumerated (RFC 6733 section 4.2); nil where they are not four
  /// octets.
  @inlinable
  func unsigned32(in data: ByteRange) -> UInt32? {
    guard data.count == 4, data.end <= byteCount else { return nil }
    return bigEndianUInt32(at: Int(data.start))
  }

  /// The data of an AVP of type Unsigned64 or Integer64; nil where they are not eight octets.
  func unsigned64(in data: ByteRange) -> UInt64? {
    guard data.count == 8, data.end <= byteCount else { return nil }
    return bigEndianUInt64(at: Int(data.start))
  }
}
