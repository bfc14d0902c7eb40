import ByteReading

extension SIPCredentials {
  /// The bytes that the nonce encodes (RFC 3310 section 3.2): with AKA the first 32 are RAND and AUTN, equal to
  /// SIP-Authenticate of the Diameter answer that brought them (TS 29.229 clause 6.3.10). nil where it is not base64.
  public func decodedNonce(in bytes: RawSpan) -> [UInt8]? {
    let range = nonce.clamped(to: bytes.byteCount)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(range.count / 4 * 3 + 3)
    var group: UInt32 = 0
    var digits = 0
    for offset in range {
      let letter = bytes.byte(at: offset)
      if letter == UInt8(ascii: "=") { break }
      guard let value = SIPCredentials.base64Value(letter) else { return nil }
      group = group << 6 | value
      digits += 1
      if digits == 4 {
        decoded.append(UInt8(group >> 16 & 0xff))
        decoded.append(UInt8(group >> 8 & 0xff))
        decoded.append(UInt8(group & 0xff))
        group = 0
        digits = 0
      }
    }
    switch digits {
    case 2: decoded.append(UInt8(group >> 4 & 0xff))
    case 3: decoded += [UInt8(group >> 10 & 0xff), UInt8(group >> 2 & 0xff)]
    case 1: return nil
    default: break
    }
    return decoded
  }

  /// RFC 4648 section 4.
  private static func base64Value(_ letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter) - 0x41
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter) - 0x61 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter) - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
