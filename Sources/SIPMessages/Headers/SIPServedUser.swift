import ByteReading

/// P-Served-User (RFC 5502): whom the S-CSCF serves with this request.
public struct SIPServedUser: Hashable, Sendable {
  /// The user's address.
  public var address: SIPNameAddress

  /// `orig` or `term`.
  public var sessionCase = ByteRange()

  /// `reg` or `unreg`.
  public var registrationState = ByteRange()

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    address = SIPNameAddress(bytes, in: value)
    var reader = ParameterReader(bytes, in: address.parameters.range)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("sescase", in: parameter.name) {
        sessionCase = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("regstate", in: parameter.name) {
        registrationState = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }
}

extension SIPMessage {
  /// The served user; nil where the header is absent.
  public var servedUser: SIPServedUser? {
    first(.pServedUser).map { SIPServedUser(parsing: span, in: $0) }
  }
}
