import ByteReading

/// One value of Reason (RFC 3326): why a request was sent or a session ended.
public struct SIPReason: Hashable, Sendable {
  /// The protocol of the cause: `SIP`, `Q.850`, `preemption`, ...
  public var protocolName = ByteRange()

  /// The cause code, in the numbers of that protocol.
  public var cause: UInt16?

  /// The text for people.
  public var text = ByteRange()

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let headEnd = bytes.firstOffset(of: UInt8(ascii: ";"), in: value) ?? value.upperBound
    protocolName = ByteRange(bytes.trimmed(value.lowerBound..<headEnd))
    var reader = ParameterReader(bytes, in: headEnd..<value.upperBound)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("cause", in: parameter.name) {
        cause = bytes.unquotedInteger(in: parameter.value)
      } else if bytes.equalsIgnoringCase("text", in: parameter.name) {
        text = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }
}

extension SIPMessage {
  /// The reasons that the message gives.
  public func reasons() -> [SIPReason] {
    values(.reason).map { SIPReason(parsing: span, in: $0) }
  }
}
