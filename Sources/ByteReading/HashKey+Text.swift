extension HashKey {
  /// The hash of the UTF-8 bytes of a text: equal to that of the same bytes in a message.
  public func hash(_ text: String) -> KeyedHash {
    let bytes = unsafe text.utf8.span.bytes
    return hash(bytes, in: 0..<bytes.byteCount)
  }

  /// The same of a part of a text.
  public func hash(_ text: some StringProtocol) -> KeyedHash {
    var text = String(text)
    return text.withUTF8 { utf8 in unsafe hash(utf8.span.bytes, in: 0..<utf8.count) }
  }

  /// The hash of bytes.
  public func hash(_ bytes: [UInt8]) -> KeyedHash {
    unsafe hash(bytes.span.bytes, in: 0..<bytes.count)
  }
}
