import ByteReading

/// Content-Type (RFC 3261 section 20.15): what the body is.
public struct SIPContentType: Hashable, Sendable {
  /// The type before the slash, such as `application`.
  public var type: ByteRange

  /// The subtype behind the slash, such as `sdp`.
  public var subtype: ByteRange

  /// The boundary between the parts of a multipart body (RFC 2046 section 5.1.1), without quotes; empty otherwise.
  public var boundary: ByteRange

  /// Reads the value from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let headEnd = bytes.firstOffset(of: UInt8(ascii: ";"), in: value) ?? value.upperBound
    let slash = bytes.firstOffset(of: UInt8(ascii: "/"), in: value.lowerBound..<headEnd) ?? headEnd
    type = ByteRange(bytes.trimmed(value.lowerBound..<slash))
    subtype = ByteRange(bytes.trimmed(min(slash + 1, headEnd)..<headEnd))
    boundary = ParameterReader.value(of: "boundary", in: bytes, headEnd..<value.upperBound) ?? ByteRange()
  }

  /// Whether it is `type`/`subtype`, both given in lower case, whatever its parameters are.
  public func matches(_ type: StaticString, _ subtype: StaticString, in bytes: RawSpan) -> Bool {
    bytes.equalsIgnoringCase(type, in: self.type.clamped(to: bytes.byteCount))
      && bytes.equalsIgnoringCase(subtype, in: self.subtype.clamped(to: bytes.byteCount))
  }
}

extension SIPMessage {
  /// What the body is; nil where the message does not say.
  public var contentType: SIPContentType? {
    first(.contentType).map { SIPContentType(parsing: span, in: $0) }
  }
}
