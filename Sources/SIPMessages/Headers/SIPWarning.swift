import ByteReading

/// One value of Warning (RFC 3261 section 20.43): why a response is what it is, in words.
public struct SIPWarning: Hashable, Sendable {
  /// The code of three digits; 399 is miscellaneous.
  public var code: UInt16

  /// Who says so.
  public var agent: ByteRange

  /// The text, without quotes.
  public var text: ByteRange

  /// Reads one value from `range` of `bytes`; nil where it does not begin with a code.
  public init?(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let codeEnd = bytes.endOfToken(at: value.lowerBound, before: value.upperBound)
    guard let code: UInt16 = bytes.integer(in: value.lowerBound..<codeEnd) else { return nil }
    self.code = code
    let quote = bytes.firstOffset(of: UInt8(ascii: "\""), in: codeEnd..<value.upperBound) ?? value.upperBound
    agent = ByteRange(bytes.trimmed(codeEnd..<quote))
    text = ByteRange(bytes.unquoted(quote..<value.upperBound))
  }
}

extension SIPMessage {
  /// The warnings of the message.
  public func warnings() -> [SIPWarning] {
    values(.warning).compactMap { SIPWarning(parsing: span, in: $0) }
  }
}
