import ByteReading

/// Texts that many records have in common, each kept once: names of hosts and networks, devices, cells.
final class TextTable {
  /// How many texts are kept; those of a network are some hundred, cells and devices aside.
  static let limit = 1 << 12
  /// The longest text that is kept.
  static let longest = 256

  private let key: HashKey
  private var texts: [KeyedHash: String] = [:]

  init(key: HashKey) { self.key = key }

  /// The bytes of `range` as text.
  func text(_ bytes: RawSpan, _ range: ByteRange) -> String {
    guard range.start <= range.end, Int(range.end) <= bytes.byteCount else { return "" }
    let range = range.range
    // So short a text lies in its own words.
    guard range.count > 15, range.count <= TextTable.longest else { return bytes.text(in: range) }
    let hash = key.hash(bytes, in: range)
    if let known = texts[hash] { return known }
    let text = bytes.text(in: range)
    if texts.count < TextTable.limit { texts[hash] = text }
    return text
  }
}
