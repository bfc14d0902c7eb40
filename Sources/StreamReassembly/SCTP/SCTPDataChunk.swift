import ByteReading

/// The header of a DATA chunk (RFC 9260 section 3.3.1) or an I-DATA chunk (RFC 8260 section 2.1).
struct SCTPDataChunk {
  /// The TSN.
  let transmissionNumber: UInt32

  /// The stream.
  let stream: UInt16

  /// The stream sequence number, or the message identifier of I-DATA.
  let message: UInt32

  /// The number that goes up by one from fragment to fragment of a message: the TSN, or the FSN of I-DATA.
  let fragment: UInt32

  /// The payload protocol identifier; of I-DATA only in the first fragment.
  let payloadProtocol: UInt32

  let isUnordered: Bool
  let isFirst: Bool
  let isLast: Bool
  let isInterleaved: Bool

  /// Reads the chunk that begins at `offset`, whose fixed part is there.
  init(_ bytes: RawSpan, at offset: Int, isInterleaved: Bool) {
    let flags = bytes.byte(at: offset + 1)
    isLast = flags & 1 != 0
    isFirst = flags & 2 != 0
    isUnordered = flags & 4 != 0
    self.isInterleaved = isInterleaved
    transmissionNumber = bytes.bigEndianUInt32(at: offset + 4)
    stream = bytes.bigEndianUInt16(at: offset + 8)
    if isInterleaved {
      message = bytes.bigEndianUInt32(at: offset + 12)
      let shared = bytes.bigEndianUInt32(at: offset + 16)
      // The first fragment has the PPID where the others have their number; it is number 0.
      fragment = isFirst ? 0 : shared
      payloadProtocol = isFirst ? shared : 0
    } else {
      message = UInt32(bytes.bigEndianUInt16(at: offset + 10))
      fragment = transmissionNumber
      payloadProtocol = bytes.bigEndianUInt32(at: offset + 12)
    }
  }
}
