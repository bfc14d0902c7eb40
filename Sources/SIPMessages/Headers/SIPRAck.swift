import ByteReading

/// RAck (RFC 3262 section 7.2): which provisional response a PRACK acknowledges.
public struct SIPRAck: Hashable, Sendable {
  /// The RSeq of that response.
  public var responseNumber: UInt32

  /// The CSeq number of the request that it answered.
  public var cseqNumber: UInt32

  /// The method of that request.
  public var methodText: ByteRange

  /// Reads the value from `range` of `bytes`; nil where it is not two numbers and a method.
  public init?(parsing bytes: RawSpan, in range: ByteRange) {
    let value = bytes.trimmed(range.clamped(to: bytes.byteCount))
    let firstEnd = bytes.endOfToken(at: value.lowerBound, before: value.upperBound)
    let second = bytes.skippingSpace(from: firstEnd, before: value.upperBound)
    let secondEnd = bytes.endOfToken(at: second, before: value.upperBound)
    let method = bytes.skippingSpace(from: secondEnd, before: value.upperBound)
    guard let response: UInt32 = bytes.integer(in: value.lowerBound..<firstEnd),
      let cseq: UInt32 = bytes.integer(in: second..<secondEnd), method < value.upperBound
    else { return nil }
    responseNumber = response
    cseqNumber = cseq
    methodText = ByteRange(method, value.upperBound)
  }
}

extension SIPMessage {
  /// Which provisional response this PRACK acknowledges; nil where the header is absent or malformed.
  public var rack: SIPRAck? {
    first(.rack).flatMap { SIPRAck(parsing: span, in: $0) }
  }
}
