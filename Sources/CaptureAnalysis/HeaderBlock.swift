import ByteReading

/// Walks the fields of a compressed header block of HTTP/2 (RFC 7541 section 6) as far as its first `:path`. What only an
/// index into the dynamic table tells is passed over: the first request of a connection has none.
struct HeaderBlock: ~Escapable {
  /// A string literal (RFC 7541 section 5.2).
  struct Literal {
    let range: Range<Int>
    let isHuffmanCoded: Bool
  }

  private let bytes: RawSpan
  private var offset: Int
  private let end: Int

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, in block: Range<Int>) {
    self.bytes = bytes
    offset = block.lowerBound
    end = block.upperBound
  }

  /// The entries `:path` of the static table (RFC 7541 appendix A).
  private static let pathIndices = 4...5

  /// The first path that is given by its text; nil where there is none.
  mutating func firstPath() -> Literal? {
    while offset < end {
      let first = bytes.byte(at: offset)
      // Indexed field, or a new size of the dynamic table: no text.
      if first & 0x80 != 0 {
        guard integer(prefix: 7) != nil else { return nil }
        continue
      }
      if first & 0xe0 == 0x20 {
        guard integer(prefix: 5) != nil else { return nil }
        continue
      }
      guard let name = integer(prefix: first & 0x40 != 0 ? 6 : 4) else { return nil }
      if name == 0, literal() == nil { return nil }
      guard let value = literal() else { return nil }
      if HeaderBlock.pathIndices.contains(name) { return value }
    }
    return nil
  }

  /// An integer that begins in the lower bits of a byte (RFC 7541 section 5.1).
  private mutating func integer(prefix bits: Int) -> Int? {
    guard offset < end else { return nil }
    let mask = 1 << bits - 1
    var value = Int(bytes.byte(at: offset)) & mask
    offset += 1
    guard value == mask else { return value }
    for shift in stride(from: 0, through: 21, by: 7) {
      guard offset < end else { return nil }
      let byte = bytes.byte(at: offset)
      offset += 1
      value += Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }

  private mutating func literal() -> Literal? {
    guard offset < end else { return nil }
    let isHuffmanCoded = bytes.byte(at: offset) & 0x80 != 0
    guard let length = integer(prefix: 7), length <= end - offset else { return nil }
    defer { offset += length }
    return Literal(range: offset..<offset + length, isHuffmanCoded: isHuffmanCoded)
  }
}
