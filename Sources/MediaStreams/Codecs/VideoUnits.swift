import ByteReading

/// Whether a packet of video begins a picture that needs no other.
enum VideoUnits {
  /// H.264: an IDR slice, alone, first of an aggregation, or the first fragment of one (RFC 6184 sections 5.2 to 5.8).
  static func beginsKeyFrame(h264 bytes: RawSpan, _ payload: Range<Int>) -> Bool {
    guard payload.count >= 2 else { return false }
    let type = bytes.byte(at: payload.lowerBound) & 0x1f
    switch type {
    case 24: return payload.count >= 4 && [5, 7].contains(bytes.byte(at: payload.lowerBound + 3) & 0x1f)
    case 28:
      let header = bytes.byte(at: payload.lowerBound + 1)
      return header & 0x80 != 0 && header & 0x1f == 5
    default: return type == 5
    }
  }

  /// H.265: a picture of random access (types 16 to 21), alone or the first fragment of one (RFC 7798 section 4.4).
  static func beginsKeyFrame(h265 bytes: RawSpan, _ payload: Range<Int>) -> Bool {
    guard payload.count >= 3 else { return false }
    let type = bytes.byte(at: payload.lowerBound) >> 1 & 0x3f
    if type == 49 {
      let header = bytes.byte(at: payload.lowerBound + 2)
      return header & 0x80 != 0 && (16...21).contains(header & 0x3f)
    }
    return (16...21).contains(type)
  }
}
