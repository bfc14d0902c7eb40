extension RawSpan {
  /// The octets of `range`, two lower-case digits each.
  public func hexadecimal(in range: Range<Int>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * range.count)
    for offset in range {
      let octet = Int(byte(at: offset))
      text.append(digits[octet >> 4])
      text.append(digits[octet & 0x0f])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
