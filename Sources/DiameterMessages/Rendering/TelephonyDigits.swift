import ByteReading

/// Writes numbers whose digits are packed two an octet, the first in the low half; nil where the octets are none.
enum TelephonyDigits {
  /// TBCD-STRING (TS 29.002 17.7.8): digits, `*`, `#`, `a` to `c`; 0xF fills the last octet.
  static func telephonyBCD(_ bytes: RawSpan, _ range: Range<Int>) -> String? {
    let signs = Array("0123456789*#abc".utf8)
    var text: [UInt8] = []
    for offset in range {
      let octet = bytes.byte(at: offset)
      for half in [Int(octet & 0x0f), Int(octet >> 4)] {
        if half == 0x0f {
          guard offset == range.upperBound - 1 else { return nil }
        } else {
          text.append(signs[half])
        }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// MCC and MNC (TS 24.301 9.9.3.33): `001-01`; three digits of MNC where the third is not 0xF.
  static func publicLandMobileNetwork(_ bytes: RawSpan, _ range: Range<Int>) -> String? {
    guard range.count == 3 else { return nil }
    let octets = range.map { bytes.byte(at: $0) }
    let country = [octets[0] & 0x0f, octets[0] >> 4, octets[1] & 0x0f]
    var network = [octets[2] & 0x0f, octets[2] >> 4]
    if octets[1] >> 4 != 0x0f { network.append(octets[1] >> 4) }
    guard (country + network).allSatisfy({ $0 < 10 }) else { return nil }
    let digits = { (part: [UInt8]) in String(decoding: part.map { $0 + 0x30 }, as: UTF8.self) }
    return digits(country) + "-" + digits(network)
  }
}
