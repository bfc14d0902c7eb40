import ByteReading

/// A URI inside a message, as ranges: `sip`, `sips` (RFC 3261 section 19.1), `tel` (RFC 3966), `urn` (RFC 8141), or one of
/// another scheme.
public struct SIPURI: Hashable, Sendable {
  /// The schemes that are told apart.
  public enum Scheme: UInt8, Sendable {
    /// A scheme that is not in this list.
    case other
    /// RFC 3261 section 19.1.
    case sip
    /// RFC 3261 section 26.2.2.
    case sips
    /// RFC 3966.
    case tel
    /// RFC 8141; `urn:service:sos` of RFC 5031 names emergency services.
    case urn
  }

  /// Which scheme it is.
  public var scheme = Scheme.other

  /// The text of the scheme.
  public var schemeText = ByteRange()

  /// The user part of sip and sips without password, the number of tel, and for urn and other schemes all that follows
  /// the colon up to parameters and headers.
  public var user = ByteRange()

  /// The password; never meant to be used (RFC 3261 section 19.1.1).
  public var password = ByteRange()

  /// The host of sip and sips: a name or an address, IPv6 in its brackets.
  public var host = ByteRange()

  /// The port; nil where it is not given or not a number below 65536.
  public var port: UInt16?

  /// The parameters, the first `;` included.
  public var parameters = ByteRange()

  /// The header fields behind `?`, without it.
  public var headers = ByteRange()

  /// Reads the URI in `range` of `bytes`, which holds it without brackets.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let whole = bytes.trimmed(range.clamped(to: bytes.byteCount))
    guard let colon = bytes.firstOffset(of: UInt8(ascii: ":"), in: whole) else {
      user = ByteRange(whole)
      return
    }
    schemeText = ByteRange(whole.lowerBound, colon)
    scheme = SIPURI.scheme(bytes, schemeText.range)
    let rest = colon + 1..<whole.upperBound
    switch scheme {
    case .sip, .sips: readSIP(bytes, in: rest)
    case .tel, .urn, .other:
      user = ByteRange(rest.lowerBound, takeTail(bytes, in: rest))
    }
  }

  private static func scheme(_ bytes: RawSpan, _ range: Range<Int>) -> Scheme {
    if bytes.equalsIgnoringCase("sip", in: range) { return .sip }
    if bytes.equalsIgnoringCase("tel", in: range) { return .tel }
    if bytes.equalsIgnoringCase("sips", in: range) { return .sips }
    return bytes.equalsIgnoringCase("urn", in: range) ? .urn : .other
  }

  private mutating func readSIP(_ bytes: RawSpan, in rest: Range<Int>) {
    var hostStart = rest.lowerBound
    // The user part may hold `;` and `?` (RFC 4475 section 3.1.1.9), so the `@` is looked for first.
    if let at = bytes.firstOffset(of: UInt8(ascii: "@"), in: rest) {
      let colon = bytes.firstOffset(of: UInt8(ascii: ":"), in: rest.lowerBound..<at)
      user = ByteRange(rest.lowerBound, colon ?? at)
      if let colon { password = ByteRange(colon + 1, at) }
      hostStart = at + 1
    }
    let hostPort = hostStart..<takeTail(bytes, in: hostStart..<rest.upperBound)
    var hostEnd = hostPort.upperBound
    if !hostPort.isEmpty, bytes.byte(at: hostStart) == UInt8(ascii: "[") {
      hostEnd = (bytes.firstOffset(of: UInt8(ascii: "]"), in: hostPort) ?? hostPort.upperBound - 1) + 1
    } else if let colon = bytes.firstOffset(of: UInt8(ascii: ":"), in: hostPort) {
      hostEnd = colon
    }
    host = ByteRange(hostStart, hostEnd)
    if hostEnd < hostPort.upperBound, bytes.byte(at: hostEnd) == UInt8(ascii: ":") {
      port = bytes.decimal(in: hostEnd + 1..<hostPort.upperBound).flatMap { UInt16(exactly: $0) }
    }
  }

  /// Notes parameters and headers; returns where they begin.
  private mutating func takeTail(_ bytes: RawSpan, in range: Range<Int>) -> Int {
    var end = range.upperBound
    if let question = bytes.firstOffset(of: UInt8(ascii: "?"), in: range) {
      headers = ByteRange(question + 1, end)
      end = question
    }
    if let semicolon = bytes.firstOffset(of: UInt8(ascii: ";"), in: range.lowerBound..<end) {
      parameters = ByteRange(semicolon, end)
      end = semicolon
    }
    return end
  }
}
