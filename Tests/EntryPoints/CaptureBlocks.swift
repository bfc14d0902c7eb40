/// The layout of capture files, as far as cutting them up needs it.
enum CaptureBlocks {
  /// Where the records of a classic file (draft-ietf-opsawg-pcap section 5) or the blocks of a pcapng file (section 3.1)
  /// lie, both little-endian; none for another kind of file.
  static func ranges(of bytes: [UInt8]) -> [Range<Int>] {
    guard bytes.count >= 24 else { return [] }
    let isBlocks = bytes.starts(with: [0x0a, 0x0d, 0x0d, 0x0a]) && bytes[8] == 0x4d
    let isRecords = bytes.starts(with: [0xd4, 0xc3, 0xb2, 0xa1]) || bytes.starts(with: [0x4d, 0x3c, 0xb2, 0xa1])
    guard isBlocks || isRecords else { return [] }
    var ranges: [Range<Int>] = []
    var offset = isBlocks ? 0 : 24
    while bytes.count - offset >= 16 {
      let place = offset + (isBlocks ? 4 : 8)
      let length = bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
      let end = offset + (isBlocks ? max(12, length) : 16 + length)
      guard end <= bytes.count else { break }
      ranges.append(offset..<end)
      offset = end
    }
    return ranges
  }
}
