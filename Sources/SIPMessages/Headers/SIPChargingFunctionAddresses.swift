import ByteReading

/// P-Charging-Function-Addresses (RFC 7315 section 4.5): where charging data is sent; the first of each kind.
public struct SIPChargingFunctionAddresses: Hashable, Sendable {
  /// The charging collection function (offline).
  public var collection = ByteRange()

  /// The event charging function (online).
  public var event = ByteRange()

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    var reader = ParameterReader(bytes, in: value)
    while let parameter = reader.next() {
      if collection.isEmpty, bytes.equalsIgnoringCase("ccf", in: parameter.name) {
        collection = ByteRange(bytes.unquoted(parameter.value))
      } else if event.isEmpty, bytes.equalsIgnoringCase("ecf", in: parameter.name) {
        event = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }
}

extension SIPMessage {
  /// The charging functions; nil where the header is absent.
  public var chargingFunctionAddresses: SIPChargingFunctionAddresses? {
    first(.pChargingFunctionAddresses).map { SIPChargingFunctionAddresses(parsing: span, in: $0) }
  }
}
