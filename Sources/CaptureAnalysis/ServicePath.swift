import ByteReading

/// A part of a path, in plain and as the Huffman code of HTTP/2 writes it, so that a path is searched without decoding it.
struct ServicePath {
  private let plain: [UInt8]
  private let bits: [Bool]

  init(_ text: String) {
    plain = Array(text.utf8)
    bits = text.flatMap { character -> [Bool] in
      let row = ServicePath.codes.first { $0.characters.contains(character) }
      guard let row, let place = row.characters.firstIndex(of: character) else { return [] }
      let code = row.first + row.characters.distance(from: row.characters.startIndex, to: place)
      return (0..<row.length).reversed().map { code >> $0 & 1 == 1 }
    }
  }

  /// The Huffman code of the characters that paths of services consist of: for each length the characters in the order of
  /// their codes, which follow each other (RFC 7541 appendix B).
  private static let codes: [(length: Int, first: Int, characters: String)] = [
    (5, 0x00, "012aceiost"), (6, 0x14, " %-./3456789=A_bdfghlmnpru"), (7, 0x5c, ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz"),
  ]

  /// How many bytes of a path are looked through: what stands before the name of the service is the root of an API.
  private static let searchedBytes = 256

  /// Whether it stands in `text`.
  func occurs(in bytes: RawSpan, at text: Range<Int>, isHuffmanCoded: Bool) -> Bool {
    let range = text.prefix(ServicePath.searchedBytes)
    guard isHuffmanCoded else {
      guard range.count >= plain.count else { return false }
      return (range.lowerBound...range.upperBound - plain.count).contains { start in
        plain.indices.allSatisfy { bytes.byte(at: start + $0) == plain[$0] }
      }
    }
    let length = range.count * 8
    guard length >= bits.count else { return false }
    return (0...length - bits.count).contains { start in
      bits.indices.allSatisfy { place in
        let bit = start + place
        return bytes.byte(at: range.lowerBound + bit / 8) >> UInt8(7 - bit % 8) & 1 == (bits[place] ? 1 : 0)
      }
    }
  }
}
