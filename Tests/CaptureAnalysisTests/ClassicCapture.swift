/// The layout of classic capture files (draft-ietf-opsawg-pcap section 5), as far as cutting them up needs it.
enum ClassicCapture {
  /// Where the records of a little-endian file lie; none for another kind of file.
  static func records(of bytes: [UInt8]) -> [Range<Int>] {
    guard bytes.count >= 24,
      bytes.starts(with: [0xd4, 0xc3, 0xb2, 0xa1]) || bytes.starts(with: [0x4d, 0x3c, 0xb2, 0xa1])
    else { return [] }
    var records: [Range<Int>] = []
    var offset = 24
    while bytes.count - offset >= 16 {
      let length = bytes[offset + 8..<offset + 12].reversed().reduce(0) { $0 << 8 | Int($1) }
      let end = offset + 16 + length
      guard end <= bytes.count else { break }
      records.append(offset..<end)
      offset = end
    }
    return records
  }
}
