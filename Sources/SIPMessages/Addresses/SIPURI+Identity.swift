import ByteReading

extension SIPURI {
  /// Appends the form under which identities are compared, without port, parameters and headers: `sip:user@host` with
  /// scheme and host in lower case and needless escapes undone (RFC 3261 section 19.1.4), `tel:` with the digits alone
  /// (RFC 3966 section 4), other schemes in lower case. `sips` becomes `sip`: it names the same user.
  public func appendIdentity(in bytes: RawSpan, to text: inout [UInt8]) {
    let user = user.clamped(to: bytes.byteCount)
    switch scheme {
    case .sip, .sips:
      text += [UInt8(ascii: "s"), UInt8(ascii: "i"), UInt8(ascii: "p"), UInt8(ascii: ":")]
      if !user.isEmpty {
        SIPURI.appendUnescaped(bytes, user, to: &text)
        text.append(UInt8(ascii: "@"))
      }
      SIPURI.appendLowered(bytes, host.clamped(to: bytes.byteCount), to: &text)
    case .tel:
      text += [UInt8(ascii: "t"), UInt8(ascii: "e"), UInt8(ascii: "l"), UInt8(ascii: ":")]
      // RFC 3966 section 3: `-`, `.`, `(` and `)` only separate for the eye.
      for offset in user where !SIPURI.isVisualSeparator(bytes.byte(at: offset)) {
        text.append(SIPURI.lowered(bytes.byte(at: offset)))
      }
    case .urn, .other:
      SIPURI.appendLowered(bytes, schemeText.clamped(to: bytes.byteCount), to: &text)
      text.append(UInt8(ascii: ":"))
      SIPURI.appendLowered(bytes, user, to: &text)
    }
  }

  /// The identity as text; see `appendIdentity(in:to:)`.
  public func identity(in bytes: RawSpan) -> String {
    var text: [UInt8] = []
    appendIdentity(in: bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The value of a URI parameter (name given in lower case); nil where there is none.
  public func parameter(_ name: StaticString, in bytes: RawSpan) -> ByteRange? {
    ParameterReader.value(of: name, in: bytes, parameters.clamped(to: bytes.byteCount))
  }

  private static func isVisualSeparator(_ letter: UInt8) -> Bool {
    letter == UInt8(ascii: "-") || letter == UInt8(ascii: ".") || letter == UInt8(ascii: "(")
      || letter == UInt8(ascii: ")")
  }

  private static func lowered(_ letter: UInt8) -> UInt8 {
    letter &- 0x41 < 26 ? letter | 0x20 : letter
  }

  private static func appendLowered(_ bytes: RawSpan, _ range: Range<Int>, to text: inout [UInt8]) {
    for offset in range { text.append(lowered(bytes.byte(at: offset))) }
  }

  /// RFC 3261 section 19.1.4: an escaped character equals the character, unless it is a reserved one. Only letters, digits
  /// and marks are undone, so that what separates stays apart from what is escaped.
  private static func appendUnescaped(_ bytes: RawSpan, _ range: Range<Int>, to text: inout [UInt8]) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      if bytes.byte(at: offset) == UInt8(ascii: "%"), range.upperBound - offset >= 3,
        let high = hexadecimal(bytes.byte(at: offset + 1)), let low = hexadecimal(bytes.byte(at: offset + 2)),
        isUnreserved(high << 4 | low)
      {
        text.append(high << 4 | low)
        offset += 3
      } else {
        text.append(bytes.byte(at: offset))
        offset += 1
      }
    }
  }

  private static func hexadecimal(_ letter: UInt8) -> UInt8? {
    if letter.isDigit { return letter - 0x30 }
    let letter = letter | 0x20
    return letter &- 0x61 < 6 ? letter - 0x61 + 10 : nil
  }

  /// `unreserved` of RFC 3261 section 25.1.
  private static func isUnreserved(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "~"),
      UInt8(ascii: "*"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"):
      true
    default: letter.isLetter || letter.isDigit
    }
  }
}
