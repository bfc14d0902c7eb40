import ByteReading

/// Brings identities to the form in which two of them are compared and printed. Works on the bytes of a text, for each
/// message names several identities; letter case is that of ASCII, as schemes and host names have it.
enum IdentityText {
  /// A public identity (TS 23.003 section 13.4) without parameters, headers and display name: `sip:user@host` with
  /// scheme and host in lower case, or `tel:` and the number without visual separators (RFC 3966 section 5.1.1). Nil
  /// for a URI that names no one: without user part, or anonymous (RFC 3323 section 4.1). Of a national telephone number
  /// in a SIP URI the mark `;user=phone` stays, which tells it from a name that consists of digits.
  static func publicIdentity(_ uri: String) -> String? {
    unsafe publicIdentity(uri.utf8.span.bytes)
  }

  /// The same of the bytes of a URI.
  static func publicIdentity(_ uri: RawSpan) -> String? {
    guard let colon = uri.firstOffset(of: UInt8(ascii: ":")) else { return nil }
    let rest = colon + 1..<uri.byteCount
    if uri.equalsIgnoringCase("sip", in: 0..<colon) || uri.equalsIgnoringCase("sips", in: 0..<colon) {
      guard let at = lastAt(uri, in: rest) else { return nil }
      // Parameters of a telephone-subscriber stand inside the user part (RFC 3261 section 19.1.6).
      let userEnd = uri.firstOffset(in: rest.lowerBound..<at) { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ":") }
      let user = rest.lowerBound..<(userEnd ?? at)
      let hostEnd = uri.firstOffset(in: at + 1..<rest.upperBound) {
        $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: ":")
      }
      let host = at + 1..<(hostEnd ?? rest.upperBound)
      guard !user.isEmpty, !host.isEmpty, !uri.equalsIgnoringCase("anonymous", in: user),
        !uri.equalsIgnoringCase("anonymous.invalid", in: host)
      else { return nil }
      let isNational = isNationalNumber(uri, user: user, at: at, host: host)
      return unsafe String(
        unsafeUninitializedCapacity: 5 + user.count + host.count + (isNational ? 11 : 0)
      ) { text in
        var count = 0
        unsafe append("sip:", to: text, &count)
        for offset in user {
          unsafe text[count] = uri.byte(at: offset)
          count &+= 1
        }
        unsafe append("@", to: text, &count)
        for offset in host {
          unsafe text[count] = lowered(uri.byte(at: offset))
          count &+= 1
        }
        if isNational { unsafe append(";user=phone", to: text, &count) }
        return count
      }
    }
    guard uri.equalsIgnoringCase("tel", in: 0..<colon) else { return nil }
    let numberEnd = uri.firstOffset(in: rest) { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ">") }
    var identity = Array("tel:".utf8)
    identity.reserveCapacity(uri.byteCount)
    for offset in rest.lowerBound..<(numberEnd ?? rest.upperBound) {
      let byte = uri.byte(at: offset)
      if !isVisualSeparator(byte) { identity.append(byte) }
    }
    return identity.count == 4 ? nil : String(decoding: identity, as: UTF8.self)
  }

  /// A private identity (TS 23.003 section 13.3): the realm in lower case. Nil for an empty one.
  static func privateIdentity(_ text: String) -> String? {
    let utf8 = unsafe text.utf8.span.bytes
    guard let at = lastAt(utf8, in: 0..<utf8.byteCount) else { return text.isEmpty ? nil : text }
    guard at > 0 else { return nil }
    // Nearly always it is written so.
    guard utf8.firstOffset(in: at..<utf8.byteCount, where: { lowered($0) != $0 }) != nil else { return text }
    var bytes = Array(text.utf8)
    for place in at..<bytes.count { bytes[place] = lowered(bytes[place]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The user part of an identity in either form, a leading plus taken off: what a dialled number and an identity have
  /// in common.
  static func userPart(_ identity: String) -> Substring {
    let utf8 = identity.utf8
    let bytes = unsafe utf8.span.bytes
    var start = bytes.firstOffset(of: UInt8(ascii: ":")).map { $0 + 1 } ?? 0
    let end =
      bytes.firstOffset(in: start..<bytes.byteCount) { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: ";") }
      ?? bytes.byteCount
    if start < end, bytes.byte(at: start) == UInt8(ascii: "+") { start += 1 }
    return identity[utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: end)]
  }

  /// Whether the user part is a telephone number in national form: digits after a zero, with a phone-context inside of the
  /// user part or `user=phone` behind the host (RFC 3261 section 19.1.6, RFC 3966 section 5.1.5). An IMSI is none.
  private static func isNationalNumber(_ uri: RawSpan, user: Range<Int>, at: Int, host: Range<Int>) -> Bool {
    guard uri.byte(at: user.lowerBound) == UInt8(ascii: "0"),
      user.allSatisfy({ uri.byte(at: $0) &- UInt8(ascii: "0") < 10 })
    else { return false }
    return hasParameter("phone-context=", in: uri, from: user.upperBound, to: at)
      || hasParameter("user=phone", in: uri, from: host.upperBound, to: uri.byteCount)
  }

  /// Whether one of the parameters in a part of a URI begins with this text.
  private static func hasParameter(_ text: StaticString, in uri: RawSpan, from start: Int, to end: Int) -> Bool {
    var offset = start
    while offset < end {
      if uri.byte(at: offset) == UInt8(ascii: ";") {
        let value = offset + 1..<offset + 1 + text.utf8CodeUnitCount
        if value.upperBound <= end, uri.equalsIgnoringCase(text, in: value) { return true }
      }
      offset += 1
    }
    return false
  }

  private static func append(
    _ part: StaticString, to text: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
  ) {
    for place in 0..<part.utf8CodeUnitCount { unsafe text[count &+ place] = part.utf8Start[place] }
    count &+= part.utf8CodeUnitCount
  }

  private static func lastAt(_ bytes: RawSpan, in range: Range<Int>) -> Int? {
    var last: Int?
    while let at = bytes.firstOffset(
      of: UInt8(ascii: "@"), in: (last.map { $0 + 1 } ?? range.lowerBound)..<range.upperBound)
    {
      last = at
    }
    return last
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  private static func isVisualSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
  }
}
