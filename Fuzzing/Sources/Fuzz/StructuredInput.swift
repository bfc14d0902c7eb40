import CLibFuzzer
import EntryPoints

/// An input taken apart by its shape.
struct StructuredInput {
  /// One part, without the length that stands before it.
  struct Part {
    /// What stands before the length or the content: marks, a code, a time.
    var head: [UInt8]
    var content: [UInt8]
    /// What the content is made of, where that is known.
    var shape: InputShape?
  }

  private let shape: InputShape
  /// What stands before the first part.
  private var head: [UInt8] = []
  var parts: [Part] = []
  /// What stands behind the last.
  private var tail: [UInt8] = []
  private var isBlocks = false
  private var isBigEndian = false

  /// Nil where `bytes` are not of that shape.
  init?(_ bytes: [UInt8], _ shape: InputShape) {
    self.shape = shape
    switch shape {
    case .bytes: return nil
    case .lines: takeText(bytes, endedBy: "\n", .fields)
    case .fields: takeText(bytes, endedBy: ",;{}[]<> ", nil)
    case .attributes: takeAttributes(bytes)
    case .records: takeRecords(bytes) { _ in nil }
    case .messages: takeRecords(bytes) { content in content.first == 1 ? .attributes : .lines }
    case .chunkPackets: takeRecords(bytes) { _ in .chunks }
    case .chunks: takeChunks(bytes)
    case .capture: takeCapture(bytes)
    }
  }

  /// Puts the parts together again.
  func bytes(hasTrueLengths: Bool) -> [UInt8] {
    var bytes = head
    for part in parts {
      switch shape {
      case .bytes, .lines, .fields:
        bytes += part.content
      case .records, .messages, .chunkPackets:
        bytes += big16(part.content.count) + part.head + part.content
      case .chunks:
        bytes += part.head + big16(part.content.count + 4) + part.content
        while bytes.count % 4 != 0 { bytes.append(0) }
      case .attributes:
        bytes += part.head.prefix(5)
        bytes += big24(part.content.count + part.head.count + 3) + part.head.dropFirst(5) + part.content
        while bytes.count % 4 != 0 { bytes.append(0) }
      case .capture where isBlocks:
        let padded = part.content + Array(repeating: 0, count: (4 - part.content.count % 4) % 4)
        bytes += part.head + number(padded.count + 12) + padded + number(padded.count + 12)
      case .capture:
        bytes += part.head + number(part.content.count) + number(part.content.count) + part.content
      }
    }
    bytes += tail
    guard hasTrueLengths else { return bytes }
    switch shape {
    case .attributes where bytes.count >= 20: bytes.replaceSubrange(1..<4, with: big24(bytes.count))
    case .lines: StructuredInput.setContentLength(&bytes)
    default: break
    }
    return bytes
  }

  /// Inputs of the same shape with so many parts each that they have some `length` bytes, behind what all need first.
  func pieces(of length: Int) -> [[UInt8]] {
    let first = parts.prefix(countOfFirst)
    var pieces: [[UInt8]] = []
    var piece = self
    piece.tail = []
    var group: [Part] = []
    var count = 0
    func finish() {
      piece.parts = first + group
      pieces.append(piece.bytes(hasTrueLengths: false))
      group = []
      count = 0
    }
    for part in parts.dropFirst(first.count) {
      if count > 0, count + part.content.count > length { finish() }
      group.append(part)
      count += part.content.count
    }
    if count > 0 { finish() }
    return pieces
  }

  /// How many parts the others need before them: blocks that are no packets, the line that says what the lines are.
  private var countOfFirst: Int {
    switch shape {
    case .capture where isBlocks:
      parts.prefix { ![2, 3, 6].contains(number($0.head, 0)) }.count
    case .lines: min(1, parts.count)
    default: 0
    }
  }

  // MARK: - Taking apart

  /// Parts of text, each with the sign that ends it.
  private mutating func takeText(_ bytes: [UInt8], endedBy signs: StaticString, _ shape: InputShape?) {
    let signs = signs.withUTF8Buffer { Array($0) }
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex { signs.contains($0) }.map { $0 + 1 } ?? bytes.count
      parts.append(Part(head: [], content: Array(bytes[start..<end]), shape: shape))
      start = end
    }
  }

  private mutating func takeRecords(_ bytes: [UInt8], _ shape: ([UInt8]) -> InputShape?) {
    var start = 0
    while bytes.count - start >= InputRecords.headerLength {
      let contentStart = start + InputRecords.headerLength
      let end = min(bytes.count, contentStart + (Int(bytes[start]) << 8 | Int(bytes[start + 1])))
      let content = Array(bytes[contentStart..<end])
      parts.append(Part(head: [bytes[start + 2]], content: content, shape: shape(content)))
      start = end
    }
    tail = Array(bytes[start...])
  }

  /// The AVPs behind a header; those of a group, which has none, all the same.
  private mutating func takeAttributes(_ bytes: [UInt8]) {
    var start = bytes.first == 1 ? min(20, bytes.count) : 0
    head = Array(bytes[..<start])
    while bytes.count - start >= 8 {
      let length = Int(bytes[start + 5]) << 16 | Int(bytes[start + 6]) << 8 | Int(bytes[start + 7])
      let headLength = bytes[start + 4] & 0x80 != 0 ? 12 : 8
      guard length >= headLength, bytes.count - start >= length else { break }
      let content = Array(bytes[start + headLength..<start + length])
      parts.append(
        Part(
          head: Array(bytes[start..<start + 5] + bytes[start + 8..<start + headLength]), content: content,
          shape: content.count >= 8 && content[0] == 0 && content[1] == 0 ? .attributes : nil))
      start = min(bytes.count, start + (length + 3) / 4 * 4)
    }
    tail = Array(bytes[start...])
  }

  /// The chunks behind a common header of 12 bytes.
  private mutating func takeChunks(_ bytes: [UInt8]) {
    var start = min(12, bytes.count)
    head = Array(bytes[..<start])
    while bytes.count - start >= 4 {
      let length = Int(bytes[start + 2]) << 8 | Int(bytes[start + 3])
      guard length >= 4, bytes.count - start >= length else { break }
      parts.append(Part(head: Array(bytes[start..<start + 2]), content: Array(bytes[start + 4..<start + length])))
      start = min(bytes.count, start + (length + 3) / 4 * 4)
    }
    tail = Array(bytes[start...])
  }

  private mutating func takeCapture(_ bytes: [UInt8]) {
    var start = 0
    if bytes.starts(with: [0x0a, 0x0d, 0x0d, 0x0a]) {
      isBlocks = true
      isBigEndian = bytes.count > 8 && bytes[8] == 0x1a
      while bytes.count - start >= 12 {
        let length = number(bytes, start + 4)
        guard length >= 12, length % 4 == 0, bytes.count - start >= length else { break }
        parts.append(
          Part(head: Array(bytes[start..<start + 4]), content: Array(bytes[start + 8..<start + length - 4])))
        start += length
      }
    } else {
      isBigEndian = bytes.first == 0xa1
      start = min(24, bytes.count)
      head = Array(bytes[..<start])
      while bytes.count - start >= 16 {
        let length = number(bytes, start + 8)
        guard length >= 0, bytes.count - start - 16 >= length else { break }
        parts.append(
          Part(head: Array(bytes[start..<start + 8]), content: Array(bytes[start + 16..<start + 16 + length])))
        start += 16 + length
      }
    }
    tail = Array(bytes[start...])
  }

  // MARK: - Numbers

  private func number(_ bytes: [UInt8], _ offset: Int) -> Int {
    let four = bytes[offset..<offset + 4]
    return (isBigEndian ? Array(four) : four.reversed()).reduce(0) { $0 << 8 | Int($1) }
  }

  private func number(_ value: Int) -> [UInt8] {
    let bytes = [0] + big24(value)
    return isBigEndian ? bytes : bytes.reversed()
  }

  private func big16(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
  }
  private func big24(_ value: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: value >> 16)] + big16(value) }

  /// Makes Content-Length of a message say what is there.
  private static func setContentLength(_ bytes: inout [UInt8]) {
    guard let line = end(of: Array("Content-Length: ".utf8), in: bytes),
      let bodyStart = end(of: [13, 10, 13, 10], in: bytes), line < bodyStart,
      let lineEnd = bytes[line...].firstIndex(of: 13)
    else { return }
    bytes.replaceSubrange(line..<lineEnd, with: Array("\(bytes.count - bodyStart)".utf8))
  }

  /// The offset behind the first place of `words`.
  private static func end(of words: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = memmem(base, bytes.count, words, words.count) else { return nil }
      return UnsafeRawPointer(found) - base + words.count
    }
  }
}
