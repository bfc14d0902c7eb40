import ByteReading

/// One value of Authorization, Proxy-Authorization, WWW-Authenticate or Proxy-Authenticate (RFC 3261 section 22, RFC
/// 8760, RFC 3310, TS 24.229 clause 7.2A.1), as ranges of the message without quotes; empty where a parameter is absent.
public struct SIPCredentials: Hashable, Sendable {
  /// The scheme, such as `Digest`.
  public var scheme = ByteRange()
  /// The user name: in IMS the private identity.
  public var username = ByteRange()
  /// The realm.
  public var realm = ByteRange()
  /// The nonce: with AKA the base64 of RAND, AUTN and server data (RFC 3310 section 3.2).
  public var nonce = ByteRange()
  /// The digest that answers the challenge. A secret.
  public var response = ByteRange()
  /// The resynchronisation token of AKA (RFC 3310 section 3.4). A secret.
  public var auts = ByteRange()
  /// The algorithm, such as `AKAv1-MD5`.
  public var algorithm = ByteRange()
  /// The quality of protection.
  public var qop = ByteRange()
  /// Whether the request came protected to the P-CSCF, as it says (TS 24.229 clause 7.2A.2): `yes`, `no`, `tls-yes`, ...
  public var integrityProtected = ByteRange()
  /// Whether only the nonce was too old: `true`.
  public var stale = ByteRange()
  /// The opaque string.
  public var opaque = ByteRange()
  /// The URI that the digest covers.
  public var uri = ByteRange()
  /// The cipher key that the S-CSCF gives to the P-CSCF (TS 24.229 clause 7.2A.1). A secret.
  public var cipherKey = ByteRange()
  /// The integrity key that the S-CSCF gives to the P-CSCF. A secret.
  public var integrityKey = ByteRange()

  /// Credentials of which nothing is known.
  public init() {}

  /// Reads the value of one field from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let schemeEnd = bytes.endOfToken(at: value.lowerBound, before: value.upperBound)
    scheme = ByteRange(value.lowerBound, schemeEnd)
    var reader = ParameterReader(bytes, in: schemeEnd..<value.upperBound, separator: UInt8(ascii: ","))
    while let parameter = reader.next() {
      take(bytes, parameter.name, ByteRange(bytes.unquoted(parameter.value)))
    }
  }

  /// The value of one parameter, without quotes; nil where it is absent, empty where it has no value.
  static func parameter(_ name: StaticString, in bytes: RawSpan, _ range: ByteRange) -> ByteRange? {
    let value = range.clamped(to: bytes.byteCount)
    return ParameterReader.value(
      of: name, in: bytes, parameters(in: bytes, value), separator: UInt8(ascii: ","))
  }

  /// What follows the scheme. Authentication-Info has none: its first token is a parameter's name (RFC 3261 section 20.6).
  static func parameters(in bytes: RawSpan, _ value: Range<Int>) -> Range<Int> {
    let schemeEnd = bytes.endOfToken(at: value.lowerBound, before: value.upperBound)
    let equals = bytes.skippingSpace(from: schemeEnd, before: value.upperBound)
    let isParameter = equals < value.upperBound && bytes.byte(at: equals) == UInt8(ascii: "=")
    return (isParameter ? value.lowerBound : schemeEnd)..<value.upperBound
  }

  /// Keeps the first value of each parameter.
  private mutating func take(_ bytes: RawSpan, _ name: Range<Int>, _ value: ByteRange) {
    func keep(_ text: StaticString, _ target: inout ByteRange) {
      if target.isEmpty, bytes.equalsIgnoringCase(text, in: name) { target = value }
    }
    // By length: most names then need one comparison.
    switch name.count {
    case 2:
      keep("ck", &cipherKey)
      keep("ik", &integrityKey)
    case 3:
      keep("uri", &uri)
      keep("qop", &qop)
    case 4: keep("auts", &auts)
    case 5:
      keep("realm", &realm)
      keep("nonce", &nonce)
      keep("stale", &stale)
    case 6: keep("opaque", &opaque)
    case 8:
      keep("username", &username)
      keep("response", &response)
    case 9: keep("algorithm", &algorithm)
    case 19: keep("integrity-protected", &integrityProtected)
    default: break
    }
  }
}
