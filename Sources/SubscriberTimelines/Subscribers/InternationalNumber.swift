/// The international number that a public identity is written with.
enum InternationalNumber {
  /// The digits of the international number of an identity in the form of `IdentityText`: of `tel:+49171...` and of
  /// `sip:+49171...@host`, which name one subscriber (TS 24.229 section 5.4.1.2.2, RFC 3261 section 19.1.6). Where the
  /// country code of the network is known, of national numbers, too, with the prefixes 00 and 0: of tel, and of a SIP URI
  /// that says that it holds a telephone number. Nil for what is no number, or may be one of another plan.
  static func digits(of identity: String, countryCode: String?) -> String? {
    let utf8 = identity.utf8
    guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let isTel = identity.hasPrefix("tel:") || identity.hasSuffix(";user=phone")
    let start = utf8.index(after: colon)
    let end = utf8[start...].firstIndex(of: UInt8(ascii: "@")) ?? utf8.endIndex
    var number = utf8[start..<end]
    var prefix = ""
    if number.first == UInt8(ascii: "+") {
      number = number.dropFirst()
    } else if isTel, let countryCode, number.first == UInt8(ascii: "0") {
      number = number.dropFirst()
      if number.first == UInt8(ascii: "0") { number = number.dropFirst() } else { prefix = countryCode }
    } else {
      return nil
    }
    // ITU-T E.164 section 6.2.1: 15 digits at most.
    guard (5...15).contains(prefix.utf8.count + number.count),
      number.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return prefix + String(decoding: number, as: UTF8.self)
  }
}
