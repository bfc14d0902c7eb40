import ByteReading

/// Retry-After (RFC 3261 section 20.33).
public struct SIPRetryAfter: Hashable, Sendable {
  /// How long to wait, in seconds.
  public var seconds: UInt32?

  /// The comment, without parentheses.
  public var comment = ByteRange()

  /// How long the called party will be reachable then, in seconds.
  public var duration: UInt32?

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let headEnd = bytes.firstOffset(of: UInt8(ascii: ";"), in: value) ?? value.upperBound
    let open = bytes.firstOffset(of: UInt8(ascii: "("), in: value.lowerBound..<headEnd) ?? headEnd
    seconds = bytes.integer(in: value.lowerBound..<open)
    if open < headEnd {
      let close = bytes.firstOffset(of: UInt8(ascii: ")"), in: open..<headEnd) ?? headEnd
      comment = ByteRange(open + 1, close)
    }
    var reader = ParameterReader(bytes, in: headEnd..<value.upperBound)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("duration", in: parameter.name) {
        duration = bytes.unquotedInteger(in: parameter.value)
      }
    }
  }
}

extension SIPMessage {
  /// When to try again; nil where the header is absent.
  public var retryAfter: SIPRetryAfter? {
    first(.retryAfter).map { SIPRetryAfter(parsing: span, in: $0) }
  }
}
