import ByteReading

/// What stands behind the content of an encapsulating security payload: padding, its length, and the protocol of the
/// content (RFC 4303 section 2.4 to 2.6).
struct PayloadTrailer {
  /// Where the content is.
  var content: Range<Int>
  /// The protocol with which the content begins: a number of IP, 59 for a dummy packet.
  var nextHeader: UInt8

  /// Reads the trailer at the end of `range`; nil where the padding is longer than what is there.
  init?(_ bytes: RawSpan, endOf range: Range<Int>) {
    guard range.count >= 2 else { return nil }
    let padding = Int(bytes.byte(at: range.upperBound - 2))
    guard padding <= range.count - 2 else { return nil }
    content = range.lowerBound..<range.upperBound - 2 - padding
    nextHeader = bytes.byte(at: range.upperBound - 1)
  }

  /// Whether the padding counts up from 1, as it does where the encryption asks for nothing else (RFC 4303 section 2.4).
  func hasCountingPadding(_ bytes: RawSpan, endOf range: Range<Int>) -> Bool {
    var expected: UInt8 = 1
    for offset in content.upperBound..<range.upperBound - 2 {
      guard bytes.byte(at: offset) == expected else { return false }
      expected &+= 1
    }
    return true
  }
}
