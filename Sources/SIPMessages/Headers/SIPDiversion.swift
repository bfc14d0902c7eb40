import ByteReading

/// One value of Diversion (RFC 5806): a diversion, the most recent first.
public struct SIPDiversion: Hashable, Sendable {
  /// Who diverted.
  public var address: SIPNameAddress

  /// Why, such as `unconditional` or `user-busy`.
  public var reason = ByteRange()

  /// How many diversions this entry stands for.
  public var counter: UInt32?

  /// Whether it may be shown: `full`, `name`, `uri` or `off`.
  public var privacy = ByteRange()

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    address = SIPNameAddress(bytes, in: value)
    var reader = ParameterReader(bytes, in: address.parameters.range)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("reason", in: parameter.name) {
        reason = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("counter", in: parameter.name) {
        counter = bytes.unquotedInteger(in: parameter.value)
      } else if bytes.equalsIgnoringCase("privacy", in: parameter.name) {
        privacy = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }
}

extension SIPMessage {
  /// The diversions, the most recent first.
  public func diversions() -> [SIPDiversion] {
    values(.diversion).map { SIPDiversion(parsing: span, in: $0) }
  }
}
