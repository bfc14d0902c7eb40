import ByteReading

/// A reception report (RFC 3550 section 6.4.1).
struct ReportBlock {
  static let length = 24

  /// The source that it is about.
  let source: UInt32
  /// The share lost since the previous report, in 256ths.
  let fractionLost: UInt8
  /// All that was lost, 24 bits with a sign.
  let lost: Int32
  /// The jitter in units of the timestamp.
  let jitter: UInt32
  /// The middle of the NTP time of the latest sender report; 0 where none was received.
  let lastSenderReport: UInt32
  /// How long ago that was, in 65536ths of a second.
  let delay: UInt32

  /// Reads the block at `start`; the caller has checked its length.
  init(_ bytes: RawSpan, at start: Int) {
    source = bytes.bigEndianUInt32(at: start)
    fractionLost = bytes.byte(at: start + 4)
    lost = Int32(bitPattern: bytes.bigEndianUInt32(at: start + 4) << 8) >> 8
    jitter = bytes.bigEndianUInt32(at: start + 12)
    lastSenderReport = bytes.bigEndianUInt32(at: start + 16)
    delay = bytes.bigEndianUInt32(at: start + 20)
  }
}
