import ByteReading

extension SIPMessage {
  /// What leaves it open where in a stream the message begins or ends.
  private static let framingDoubts: SIPFlaws = [
    .startLineSpacing, .requestURIEnclosed, .requestURIMalformed, .versionUnknown, .statusOutOfRange,
    .headersUnterminated, .contentLengthMalformed, .contentLengthBeyondMessage, .bytesBeyondContent,
  ]

  /// Whether the bytes it was read from are one message beyond doubt where they stand at the front of a stream:
  /// `SIPStreamFraming` would cut them at their end and not before. Nearly every segment is one, and then needs no other
  /// look. False says nothing.
  public var isWholeInStream: Bool {
    guard flaws.isDisjoint(with: SIPMessage.framingDoubts), bytes.count <= SIPStreamFraming.maximumMessageLength,
      let first = fields.first, first.nameRange.start <= SIPStartLineSearch.maximumLength,
      // Without a Content-Length the message ends with its headers (RFC 3261 section 18.3).
      contentLength != nil || body.isEmpty
    else { return false }
    let bytes = span
    guard bytes.byte(at: 0) > 0x20, hasPlainStartLine(bytes) else { return false }
    // A Content-Length that is too large swallows the messages behind it.
    return body.isEmpty || bytes.firstOffset(of: "SIP/2.0", in: body.range) == nil
  }

  /// Whether the start line could not be read in another way, with something else in front of it.
  private func hasPlainStartLine(_ bytes: RawSpan) -> Bool {
    guard !isRequest else { return method != .unknown && bytes.byte(at: requestURI.range.upperBound) == 0x20 }
    return reasonPhrase.isEmpty || !bytes.byte(at: reasonPhrase.range.upperBound - 1).isDigit
  }
}
