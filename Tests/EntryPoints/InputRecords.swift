import ByteReading

/// Several pieces in one input: two bytes of length, one of marks, the content. What the last length promises beyond the
/// end is not there.
public struct InputRecords: ~Escapable {
  /// The most pieces that are read of one input.
  public static let limit = 4096
  /// The bytes before a content.
  public static let headerLength = 3

  private let bytes: RawSpan
  private var offset = 0
  private var count = 0

  /// Reads `bytes` from the start.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) {
    self.bytes = bytes
  }

  /// The marks and the range of the next content; nil at the end.
  public mutating func next() -> (marks: UInt8, content: Range<Int>)? {
    guard count < InputRecords.limit, bytes.byteCount - offset >= InputRecords.headerLength else { return nil }
    let start = offset + InputRecords.headerLength
    let end = min(start + Int(bytes.bigEndianUInt16(at: offset)), bytes.byteCount)
    let marks = bytes.byte(at: offset + 2)
    offset = end
    count += 1
    return (marks, start..<end)
  }
}
