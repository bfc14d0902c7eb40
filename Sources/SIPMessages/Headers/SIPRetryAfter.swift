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
    let numberEnd = bytes.endOfToken(at: value.lowerBound, before: value.upperBound)
    seconds = bytes.integer(in: value.lowerBound..<numberEnd)
    var headEnd = bytes.skippingSpace(from: numberEnd, before: value.upperBound)
    // The comment may hold what separates parameters.
    if headEnd < value.upperBound, bytes.byte(at: headEnd) == UInt8(ascii: "(") {
      let close = bytes.firstOffset(of: UInt8(ascii: ")"), in: headEnd..<value.upperBound) ?? value.upperBound
      comment = ByteRange(headEnd + 1, close)
      headEnd = min(close + 1, value.upperBound)
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
