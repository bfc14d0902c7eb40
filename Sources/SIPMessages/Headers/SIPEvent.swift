import ByteReading

/// Event (RFC 6665 section 8.2.1).
public struct SIPEvent: Hashable, Sendable {
  /// The event package, such as `reg` or `presence`.
  public var package = ByteRange()

  /// Tells subscriptions of one dialog apart.
  public var id = ByteRange()

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let headEnd = bytes.firstOffset(of: UInt8(ascii: ";"), in: value) ?? value.upperBound
    package = ByteRange(bytes.trimmed(value.lowerBound..<headEnd))
    var reader = ParameterReader(bytes, in: headEnd..<value.upperBound)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("id", in: parameter.name) {
        id = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }
}

extension SIPMessage {
  /// The event package; nil where the header is absent.
  public var event: SIPEvent? {
    first(.event).map { SIPEvent(parsing: span, in: $0) }
  }
}
