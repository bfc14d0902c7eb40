extension IPAddress: CustomStringConvertible {
  /// Dotted decimal for IPv4; for IPv6 the form of RFC 5952 section 4 (lower case, longest run of zeros shortened).
  public var description: String {
    if isV4 {
      let bits = v4Bits
      return "\(bits >> 24).\(bits >> 16 & 0xff).\(bits >> 8 & 0xff).\(bits & 0xff)"
    }
    let groups = (0..<8).map { index in
      UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index & 3)))
    }
    let zeros = IPAddress.longestZeroRun(in: groups)
    let hexadecimal = { (part: Range<Int>) in
      groups[part].map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard let zeros else { return hexadecimal(0..<8) }
    return hexadecimal(0..<zeros.lowerBound) + "::" + hexadecimal(zeros.upperBound..<8)
  }

  /// The first of the longest runs of two or more zero groups (RFC 5952 sections 4.2.2 and 4.2.3).
  private static func longestZeroRun(in groups: [UInt16]) -> Range<Int>? {
    var longest: Range<Int>?
    var start = 0
    while start < groups.count {
      var end = start
      while end < groups.count, groups[end] == 0 { end += 1 }
      if end - start >= 2, end - start > (longest?.count ?? 0) { longest = start..<end }
      start = max(end, start + 1)
    }
    return longest
  }
}

extension IPAddress: LosslessStringConvertible {
  /// Reads an address as people write it: dotted decimal, or IPv6 (RFC 4291 section 2.2, all three forms), with or
  /// without the brackets of a URI; nil where the text is neither.
  public init?(_ description: String) {
    self.init(ascii: Array(description.utf8)[...])
  }

  /// Reads an address from ASCII bytes; see `init?(_:)`.
  public init?(ascii text: ArraySlice<UInt8>) {
    var text = text
    if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") { text = text.dropFirst().dropLast() }
    if let bits = IPAddress.dottedDecimal(text) {
      self.init(v4: bits)
      return
    }
    guard text.contains(UInt8(ascii: ":")), text.count <= 45 else { return nil }
    self.init(ipv6: text)
  }

  private init?(ipv6 text: ArraySlice<UInt8>) {
    let separator = UInt8(ascii: ":")
    var head: [UInt16] = []
    var tail: [UInt16] = []
    var sawShortening = false
    var rest = text
    if rest.starts(with: [separator, separator]) {
      sawShortening = true
      rest = rest.dropFirst(2)
    }
    while !rest.isEmpty {
      let field = rest.prefix { $0 != separator }
      rest = rest.dropFirst(field.count)
      var groups: [UInt16]
      if rest.isEmpty, let bits = IPAddress.dottedDecimal(field) {
        groups = [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
      } else {
        guard (1...4).contains(field.count), let group = UInt16(String(decoding: field, as: UTF8.self), radix: 16)
        else { return nil }
        groups = [group]
      }
      if sawShortening { tail += groups } else { head += groups }
      guard !rest.isEmpty else { break }
      rest = rest.dropFirst()
      if rest.first == separator {
        guard !sawShortening else { return nil }
        sawShortening = true
        rest = rest.dropFirst()
      } else if rest.isEmpty {
        return nil
      }
    }
    let written = head.count + tail.count
    guard sawShortening ? written < 8 : written == 8 else { return nil }
    let groups = head + Array(repeating: 0, count: 8 - written) + tail
    let half = { (part: ArraySlice<UInt16>) in part.reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
    self.init(high: half(groups[0..<4]), low: half(groups[4..<8]))
  }

  private static func dottedDecimal(_ text: ArraySlice<UInt8>) -> UInt32? {
    guard (7...15).contains(text.count) else { return nil }
    let fields = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard fields.count == 4 else { return nil }
    var bits: UInt32 = 0
    for field in fields {
      guard (1...3).contains(field.count), field.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      let value = field.reduce(UInt32(0)) { $0 * 10 + UInt32($1 - 0x30) }
      guard value <= 255 else { return nil }
      bits = bits << 8 | value
    }
    return bits
  }
}
