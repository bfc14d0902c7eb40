import ByteReading
import CaptureFacts

extension IPAddress {
  /// Reads the address that the bytes of `range` write, as `init(_: String)` reads a text; dotted decimal, which nearly
  /// every URI has, without making one.
  init?(_ bytes: RawSpan, in range: Range<Int>) {
    if let bits = IPAddress.dottedDecimal(bytes, in: range) {
      self.init(v4: bits)
    } else {
      // A host name has neither: only what may be an address is worth a text.
      guard bytes.firstOffset(in: range, where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "[") }) != nil else {
        return nil
      }
      self.init(bytes.text(in: range))
    }
  }

  private static func dottedDecimal(_ bytes: RawSpan, in range: Range<Int>) -> UInt32? {
    guard (7...15).contains(range.count) else { return nil }
    var bits: UInt32 = 0
    var field: UInt32 = 0
    var digits = 0
    var dots = 0
    for offset in range {
      let letter = bytes.byte(at: offset)
      if letter == UInt8(ascii: ".") {
        guard digits > 0, dots < 3 else { return nil }
        bits = bits << 8 | field
        dots += 1
        field = 0
        digits = 0
      } else {
        let digit = letter &- UInt8(ascii: "0")
        field = field * 10 + UInt32(digit)
        digits += 1
        guard digit <= 9, digits <= 3, field <= 255 else { return nil }
      }
    }
    return dots == 3 && digits > 0 ? bits << 8 | field : nil
  }
}
