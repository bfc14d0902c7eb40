import ByteReading

/// Session-ID (RFC 7989): names a session across back-to-back user agents.
public struct SIPSessionID: Hashable, Sendable {
  /// The identifier of the sender's side: 32 hexadecimal digits.
  public var local = ByteRange()

  /// The identifier of the other side; all zeros while it is unknown.
  public var remote = ByteRange()

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let headEnd = bytes.firstOffset(of: UInt8(ascii: ";"), in: value) ?? value.upperBound
    local = ByteRange(bytes.trimmed(value.lowerBound..<headEnd))
    var reader = ParameterReader(bytes, in: headEnd..<value.upperBound)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("remote", in: parameter.name) {
        remote = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }
}

extension SIPMessage {
  /// The session identifier; nil where the header is absent.
  public var sessionID: SIPSessionID? {
    first(.sessionID).map { SIPSessionID(parsing: span, in: $0) }
  }
}
