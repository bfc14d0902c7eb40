import ByteReading

/// P-Charging-Vector (RFC 7315 section 4.6, TS 24.229 clause 7.2A.5): the charging identifier that all legs of a session
/// share.
public struct SIPChargingVector: Hashable, Sendable {
  /// The IMS charging identifier.
  public var icidValue = ByteRange()

  /// The host that made it.
  public var icidGeneratedAt = ByteRange()

  /// The operator of the originating side.
  public var originatingOperator = ByteRange()

  /// The operator of the terminating side.
  public var terminatingOperator = ByteRange()

  /// The operators in between.
  public var transitOperators = ByteRange()

  /// The charging identifier of the leg that this one belongs to.
  public var relatedICID = ByteRange()

  /// The host that made that one.
  public var relatedICIDGeneratedAt = ByteRange()

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    var reader = ParameterReader(bytes, in: value)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("icid-value", in: parameter.name) {
        icidValue = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("icid-generated-at", in: parameter.name) {
        icidGeneratedAt = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("orig-ioi", in: parameter.name) {
        originatingOperator = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("term-ioi", in: parameter.name) {
        terminatingOperator = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("transit-ioi", in: parameter.name) {
        transitOperators = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("related-icid", in: parameter.name) {
        relatedICID = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("related-icid-generated-at", in: parameter.name) {
        relatedICIDGeneratedAt = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }
}

extension SIPMessage {
  /// The charging vector; nil where the header is absent.
  public var chargingVector: SIPChargingVector? {
    first(.pChargingVector).map { SIPChargingVector(parsing: span, in: $0) }
  }
}
