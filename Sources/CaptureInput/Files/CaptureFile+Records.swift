import ByteReading
import CaptureFacts

// Classic pcap: draft-ietf-opsawg-pcap section 4 (file header) and section 5 (packet record).

extension CaptureFile {
  /// The length of the file header.
  static let fileHeaderLength = 24

  /// What the first four bytes of a classic pcap file say: byte order and layout. Nil for other files.
  static func recordLayout(magic bytes: borrowing RawSpan) -> (layout: RecordLayout, isBigEndian: Bool)? {
    let little = bytes.littleEndianUInt32(at: 0)
    for (number, isBigEndian) in [(little, false), (little.byteSwapped, true)] {
      switch number {
      case 0xa1b2_c3d4:
        return (RecordLayout(headerLength: 16, nanosecondsPerUnit: 1000, lengthOrder: .capturedFirst), isBigEndian)
      case 0xa1b2_3c4d:
        return (RecordLayout(headerLength: 16, nanosecondsPerUnit: 1, lengthOrder: .capturedFirst), isBigEndian)
      case 0xa1b2_cd34:
        return (RecordLayout(headerLength: 24, nanosecondsPerUnit: 1000, lengthOrder: .capturedFirst), isBigEndian)
      default: continue
      }
    }
    return nil
  }

  /// Moves to the next record.
  @inline(__always)
  mutating func advanceRecord(_ layout: RecordLayout) -> Bool {
    guard buffer.ensure(layout.headerLength) else { return endOfInput(inside: "a record header") }
    let seconds = number32(at: 0)
    let fraction = number32(at: 4)
    var captured = number32(at: 8)
    var original = number32(at: 12)
    switch layout.lengthOrder {
    case .capturedFirst: break
    case .originalFirst: swap(&captured, &original)
    case .smallerIsCaptured: if captured > original { swap(&captured, &original) }
    }
    guard captured <= CaptureFile.largestFrame else {
      return end(because: "a record of \(captured) bytes, where \(CaptureFile.largestFrame) are the most")
    }
    let length = layout.headerLength &+ Int(captured)
    guard buffer.ensure(length) else { return endOfInput(inside: "a record") }
    recordLength = length
    head.offset = layout.headerLength
    head.captured = Int(captured)
    head.original = max(original, captured)
    // At most 2^32 seconds and 2^32 units of a microsecond: fits.
    note(time: Int64(seconds) &* 1_000_000_000 &+ Int64(fraction) &* layout.nanosecondsPerUnit, after: lastTime)
    return true
  }
}
