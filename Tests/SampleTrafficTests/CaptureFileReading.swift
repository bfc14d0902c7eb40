/// Reads back the classic pcap files that the writer makes, so that tests can look at frames and join files.
struct CaptureFileReading {
  struct Frame {
    /// Microseconds since the epoch.
    var time: UInt64
    var bytes: ArraySlice<UInt8>
  }

  var linkType: UInt32
  var frames: [Frame] = []

  init(_ file: [UInt8]) {
    func number(at offset: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(file[offset + $1]) << UInt32(8 * $1) }
    }
    linkType = number(at: 20)
    var offset = 24
    while offset + 16 <= file.count {
      let length = Int(number(at: offset + 8))
      frames.append(
        Frame(
          time: UInt64(number(at: offset)) * 1_000_000 + UInt64(number(at: offset + 4)),
          bytes: file[offset + 16..<offset + 16 + length]))
      offset += 16 + length
    }
  }
}
