import ByteReading

/// Subscription-State (RFC 6665 section 8.2.3).
public struct SIPSubscriptionState: Hashable, Sendable {
  /// `active`, `pending` or `terminated`.
  public var state = ByteRange()

  /// Why it is terminated, such as `deactivated`.
  public var reason = ByteRange()

  /// How long the subscription lasts, in seconds.
  public var expires: UInt32?

  /// When to try again, in seconds.
  public var retryAfter: UInt32?

  /// Reads one value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let headEnd = bytes.firstOffset(of: UInt8(ascii: ";"), in: value) ?? value.upperBound
    state = ByteRange(bytes.trimmed(value.lowerBound..<headEnd))
    var reader = ParameterReader(bytes, in: headEnd..<value.upperBound)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase("reason", in: parameter.name) {
        reason = ByteRange(bytes.unquoted(parameter.value))
      } else if bytes.equalsIgnoringCase("expires", in: parameter.name) {
        expires = bytes.unquotedInteger(in: parameter.value)
      } else if bytes.equalsIgnoringCase("retry-after", in: parameter.name) {
        retryAfter = bytes.unquotedInteger(in: parameter.value)
      }
    }
  }
}

extension SIPMessage {
  /// The state of the subscription; nil where the header is absent.
  public var subscriptionState: SIPSubscriptionState? {
    first(.subscriptionState).map { SIPSubscriptionState(parsing: span, in: $0) }
  }
}
