import ByteReading

/// One parameter as text.
public struct SIPParameter: Hashable, Sendable {
  /// The name as written.
  public var name: String
  /// The value, quotes and escapes taken off; nil where there is none.
  public var value: String?
}

extension SIPMessage {
  /// The head of a value, what stands before its parameters, and these, such as those of Reason or P-Early-Media. A value
  /// that begins with a parameter, as P-Charging-Vector does, has an empty head.
  public func headAndParameters(in range: ByteRange) -> (head: ByteRange, parameters: [SIPParameter]) {
    let value = span.trimmed(range.clamped(to: bytes.count))
    let headEnd = span.firstOutsideQuotes(UInt8(ascii: ";"), in: value) ?? value.upperBound
    let nameEnd = span.endOfToken(at: value.lowerBound, before: headEnd)
    let equals = span.skippingSpace(from: nameEnd, before: headEnd)
    let isParameter = nameEnd > value.lowerBound && equals < headEnd && span.byte(at: equals) == UInt8(ascii: "=")
    if isParameter { return (ByteRange(), parameters(in: ByteRange(value))) }
    return (
      ByteRange(span.trimmed(value.lowerBound..<headEnd)), parameters(in: ByteRange(headEnd, value.upperBound))
    )
  }

  /// The parameters in `range`, with `;` before or between them.
  public func parameters(in range: ByteRange) -> [SIPParameter] {
    parameters(in: span.trimmed(range.clamped(to: bytes.count)), separator: UInt8(ascii: ";"))
  }

  /// The scheme of a credential or challenge, empty where there is none, and its parameters, with commas between them.
  public func schemeAndParameters(in range: ByteRange) -> (scheme: ByteRange, parameters: [SIPParameter]) {
    let value = span.trimmed(range.clamped(to: bytes.count))
    let parameters = SIPCredentials.parameters(in: span, value)
    return (
      ByteRange(span.trimmed(value.lowerBound..<parameters.lowerBound)),
      self.parameters(in: parameters, separator: UInt8(ascii: ","))
    )
  }

  private func parameters(in range: Range<Int>, separator: UInt8) -> [SIPParameter] {
    var found: [SIPParameter] = []
    var reader = ParameterReader(span, in: range, separator: separator)
    while let parameter = reader.next() {
      found.append(
        SIPParameter(
          name: span.text(in: parameter.name),
          value: parameter.hasValue ? unquotedText(ByteRange(parameter.value)) : nil))
    }
    return found
  }

  /// The text of `range` as it is meant: folded lines are one, a quoted string, or what stands between its quotes, is
  /// without quotes and escapes (RFC 3261 sections 7.3.1 and 25.1).
  public func unquotedText(_ range: ByteRange) -> String {
    let value = span.trimmed(range.clamped(to: bytes.count))
    let inner = span.unquoted(value)
    guard inner.count < value.count || isBetweenQuotes(value) else { return unfoldedText(range) }
    var text: [UInt8] = []
    var offset = inner.lowerBound
    while offset < inner.upperBound {
      if span.byte(at: offset) == UInt8(ascii: "\\"), offset + 1 < inner.upperBound { offset += 1 }
      text.append(span.byte(at: offset))
      offset += 1
    }
    return SIPMessage.unfolded(text)
  }

  private func isBetweenQuotes(_ value: Range<Int>) -> Bool {
    value.lowerBound > 0 && value.upperBound < bytes.count
      && bytes[value.lowerBound - 1] == UInt8(ascii: "\"") && bytes[value.upperBound] == UInt8(ascii: "\"")
  }

  /// The text of `range` with folded lines as one: the line end and the white space after it mean one space (RFC 3261
  /// section 7.3.1).
  public func unfoldedText(_ range: ByteRange) -> String {
    SIPMessage.unfolded(span.copied(span.trimmed(range.clamped(to: bytes.count))))
  }

  private static func unfolded(_ bytes: [UInt8]) -> String {
    guard bytes.contains(0x0a) else { return String(decoding: bytes, as: UTF8.self) }
    var text: [UInt8] = []
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] == 0x0a || (bytes[offset] == 0x0d && offset + 1 < bytes.count && bytes[offset + 1] == 0x0a) {
        while offset < bytes.count, bytes[offset].isSIPSpace { offset += 1 }
        while text.last == 0x20 || text.last == 0x09 { text.removeLast() }
        text.append(0x20)
      } else {
        text.append(bytes[offset])
        offset += 1
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
