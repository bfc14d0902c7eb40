import ByteReading

/// Session-Expires (RFC 4028 section 4).
public struct SIPSessionExpires: Hashable, Sendable {
  /// The interval of the session timer, in seconds.
  public var seconds: UInt32?

  /// Who refreshes: `uac` or `uas`.
  public var refresher = ByteRange()

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let headEnd = bytes.firstOffset(of: UInt8(ascii: ";"), in: value) ?? value.upperBound
    seconds = bytes.integer(in: value.lowerBound..<headEnd)
    var reader = ParameterReader(bytes, in: headEnd..<value.upperBound)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("refresher", in: parameter.name) {
        refresher = ByteRange(bytes.unquoted(parameter.value))
      }
    }
  }
}

extension SIPMessage {
  /// The session timer; nil where the header is absent.
  public var sessionExpires: SIPSessionExpires? {
    first(.sessionExpires).map { SIPSessionExpires(parsing: span, in: $0) }
  }
}
