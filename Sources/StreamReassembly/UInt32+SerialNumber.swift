// Sequence numbers and TSNs are serial numbers: they wrap around, and one is after another when it is less than half of
// the number space ahead (RFC 1982; RFC 9293 section 3.4, RFC 9260 section 1.6).

extension UInt32 {
  /// How far this serial number is after `other`; negative where it is before.
  func serialDistance(from other: UInt32) -> Int {
    Int(Int32(bitPattern: self &- other))
  }

  /// Whether this serial number comes after `other`.
  func isSeriallyAfter(_ other: UInt32) -> Bool {
    serialDistance(from: other) > 0
  }
}
