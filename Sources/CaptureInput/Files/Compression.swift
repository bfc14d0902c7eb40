import ByteReading

/// How a capture file is packed as a whole; known by its first bytes, never by its name.
enum Compression {
  case gzip
  case zstandard

  /// The compression whose magic number begins `bytes`: RFC 1952 section 2.3.1, RFC 8878 section 3.1.1.
  init?(magicOf bytes: borrowing RawSpan) {
    guard bytes.byteCount >= 4 else { return nil }
    if bytes.bigEndianUInt16(at: 0) == 0x1f8b {
      self = .gzip
    } else if bytes.littleEndianUInt32(at: 0) == 0xfd2f_b528 {
      self = .zstandard
    } else {
      return nil
    }
  }
}
