import ByteReading

/// The international number that a public identity is written with.
enum InternationalNumber {
  /// The digits of the international number of an identity in the form of `IdentityText`: of `tel:+49171...` and of
  /// `sip:+49171...@host`, which name one subscriber (TS 24.229 section 5.4.1.2.2, RFC 3261 section 19.1.6). Where the
  /// country code of the network is known, of national numbers, too, with the prefixes 00 and 0: of tel, and of a SIP URI
  /// that says that it holds a telephone number. Nil for what is no number, or may be one of another plan.
  static func digits(of identity: String, countryCode: String?) -> String? {
    let bytes = unsafe identity.utf8.span.bytes
    guard let colon = bytes.firstOffset(of: UInt8(ascii: ":")) else { return nil }
    var start = colon + 1
    let end = bytes.firstOffset(of: UInt8(ascii: "@"), from: start) ?? bytes.byteCount
    func skip(_ byte: UInt8) -> Bool {
      guard start < end, bytes.byte(at: start) == byte else { return false }
      start += 1
      return true
    }
    var prefix = ""
    if !skip(UInt8(ascii: "+")) {
      guard let countryCode, bytes.hasBytes("tel:") || bytes.hasBytes(";user=phone", at: bytes.byteCount - 11),
        skip(UInt8(ascii: "0"))
      else { return nil }
      if !skip(UInt8(ascii: "0")) { prefix = countryCode }
    }
    // ITU-T E.164 section 6.2.1: 15 digits at most.
    guard (5...15).contains(prefix.utf8.count + end - start),
      (start..<end).allSatisfy({ bytes.byte(at: $0) &- UInt8(ascii: "0") < 10 })
    else { return nil }
    return prefix + bytes.text(in: start..<end)
  }
}
