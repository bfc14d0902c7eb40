import ByteReading

/// One header field: where its name and its value lie in the message.
public struct SIPHeaderField: Hashable, Sendable {
  /// Which header it is, compact forms resolved.
  public let name: SIPHeaderName

  /// The name as it stands on the wire.
  public let nameRange: ByteRange

  /// The value without white space around it; line folding inside is left as it is (RFC 3261 section 7.3.1).
  public let value: ByteRange

  @inlinable
  init(name: SIPHeaderName, nameRange: ByteRange, value: ByteRange) {
    self.name = name
    self.nameRange = nameRange
    self.value = value
  }
}
