import ByteReading
import CaptureFacts

/// Writes the forms in which AVPs carry addresses; nil where the octets do not fit the form.
enum DiameterAddressText {
  /// Address (RFC 6733 section 4.3.1): the family (1 IPv4, 2 IPv6, 8 E.164) in two octets, then the address.
  static func address(_ bytes: RawSpan, _ range: Range<Int>) -> String? {
    guard range.count >= 2 else { return nil }
    let rest = range.lowerBound + 2..<range.upperBound
    switch (bytes.bigEndianUInt16(at: range.lowerBound), rest.count) {
    case (1, 4), (2, 16): return ipAddress(bytes, rest)
    case (8, _): return bytes.text(in: rest)
    default: return nil
    }
  }

  /// Four or sixteen octets of address.
  static func ipAddress(_ bytes: RawSpan, _ range: Range<Int>) -> String? {
    switch range.count {
    case 4: IPAddress(v4: bytes.bigEndianUInt32(at: range.lowerBound)).description
    case 16:
      IPAddress(
        high: bytes.bigEndianUInt64(at: range.lowerBound), low: bytes.bigEndianUInt64(at: range.lowerBound + 8)
      ).description
    default: nil
    }
  }

  /// Framed-IPv6-Prefix (RFC 3162 section 2.3): reserved, prefix length, up to sixteen octets of prefix.
  static func ipv6Prefix(_ bytes: RawSpan, _ range: Range<Int>) -> String? {
    guard (2...18).contains(range.count) else { return nil }
    let length = bytes.byte(at: range.lowerBound + 1)
    guard length <= 128 else { return nil }
    var (high, low): (UInt64, UInt64) = (0, 0)
    for (index, offset) in (range.lowerBound + 2..<range.upperBound).enumerated() {
      let octet = UInt64(bytes.byte(at: offset))
      if index < 8 { high |= octet << UInt64(56 - 8 * index) } else { low |= octet << UInt64(120 - 8 * index) }
    }
    return "\(IPAddress(high: high, low: low))/\(length)"
  }
}
