import CaptureFacts

extension [UInt8] {
  /// Appends the bytes of `value`, most significant first: the order of every header on the wire.
  mutating func append<Value: FixedWidthInteger>(bigEndian value: Value) {
    var shift = Value.bitWidth - 8
    while shift >= 0 {
      append(UInt8(truncatingIfNeeded: value >> Value(shift)))
      shift -= 8
    }
  }

  /// Appends the bytes of `value`, least significant first: the order of the capture file formats written here.
  mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
    append(bigEndian: value.byteSwapped)
  }

  /// Writes `value` over two bytes already there; for lengths and checksums known only at the end.
  mutating func replace(at offset: Int, bigEndian value: UInt16) {
    self[offset] = UInt8(value >> 8)
    self[offset + 1] = UInt8(truncatingIfNeeded: value)
  }

  /// Appends an address in network order, 4 bytes for IPv4 and 16 for IPv6.
  mutating func append(address: IPAddress) {
    if address.isV4 {
      append(bigEndian: address.v4Bits)
    } else {
      append(bigEndian: address.high)
      append(bigEndian: address.low)
    }
  }
}
