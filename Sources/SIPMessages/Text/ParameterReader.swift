import ByteReading

/// Reads `name=value` parameters one after the other: those behind `;` of addresses and values (RFC 3261 section 25.1,
/// `generic-param`), or those between `,` of credentials and challenges.
struct ParameterReader: ~Escapable {
  /// One parameter.
  struct Parameter {
    /// The name.
    var name: Range<Int>
    /// The value without white space around it, quotes kept; empty where there is none.
    var value: Range<Int>
    /// Whether there was a `=`.
    var hasValue: Bool
  }

  private let bytes: RawSpan
  private let separator: UInt8
  /// A bit for each of the bytes, all below 64, at which a name may end or hide its end.
  private let specials: UInt64
  private let end: Int
  private var offset: Int

  /// Whether an empty parameter was passed over.
  private(set) var sawEmpty = false

  /// Begins at the front of `range`, which holds parameters with `separator` between them; one more in front is allowed.
  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, in range: Range<Int>, separator: UInt8 = UInt8(ascii: ";")) {
    self.bytes = bytes
    self.separator = separator
    specials =
      1 << UInt64(separator & 63) | 1 << UInt64(UInt8(ascii: "=")) | 1 << UInt64(UInt8(ascii: "\""))
      | 1 << UInt64(UInt8(ascii: "<"))
    self.end = range.upperBound
    self.offset = bytes.skippingSpace(from: range.lowerBound, before: range.upperBound)
    if offset < end, bytes.byte(at: offset) == separator { offset += 1 }
    if offset == end, !range.isEmpty { sawEmpty = true }
  }

  /// The next parameter; nil behind the last.
  @_lifetime(self: copy self)
  mutating func next() -> Parameter? {
    if let parameter = nextPlain() { return parameter }
    while offset < end {
      let start = bytes.skippingSpace(from: offset, before: end)
      var cursor = start
      var equals: Int?
      let (separator, specials) = (separator, specials)
      scan: while cursor < end {
        // A name is short. A value is longer, and another `=` in it is a letter like any.
        let found =
          equals == nil
          ? bytes.firstOffset(in: cursor..<end, where: { $0 < 64 && specials >> UInt64($0) & 1 != 0 })
          : bytes.firstOffset(ofAny: (separator, UInt8(ascii: "\""), UInt8(ascii: "<"), separator), in: cursor..<end)
        guard let special = found else {
          cursor = end
          break
        }
        cursor = special
        switch bytes.byte(at: cursor) {
        case separator: break scan
        case UInt8(ascii: "="):
          equals = cursor
          cursor += 1
        case UInt8(ascii: "\""):
          cursor = bytes.endOfQuotedString(at: cursor, before: end) ?? end
        case UInt8(ascii: "<"):
          cursor = (bytes.firstOffset(of: UInt8(ascii: ">"), in: cursor..<end) ?? end - 1) + 1
        default: cursor += 1
        }
      }
      cursor = min(cursor, end)
      let whole = bytes.trimmed(min(start, cursor)..<cursor)
      if cursor < end {
        offset = cursor + 1
        if offset == end { sawEmpty = true }
      } else {
        offset = end
      }
      guard !whole.isEmpty else {
        sawEmpty = true
        continue
      }
      guard let equals else {
        return Parameter(name: whole, value: whole.upperBound..<whole.upperBound, hasValue: false)
      }
      return Parameter(
        name: bytes.trimmed(whole.lowerBound..<equals),
        value: bytes.trimmed(equals + 1..<max(equals + 1, whole.upperBound)),
        hasValue: true)
    }
    return nil
  }

  /// The next parameter where it is written as nearly all are, without white space, quotes and brackets; nil for any
  /// other, which is left to a closer look.
  @inline(__always) @_lifetime(self: copy self)
  private mutating func nextPlain() -> Parameter? {
    let (start, end, separator) = (offset, end, separator)
    guard start < end else { return nil }
    let blanks: UInt64 = 0x1_ffff_ffff
    let stops = specials | blanks
    let nameEnd = bytes.firstOffset(in: start..<end) { $0 < 64 && stops >> UInt64($0) & 1 != 0 } ?? end
    guard nameEnd > start else { return nil }
    var valueStart = nameEnd
    var valueEnd = nameEnd
    if nameEnd < end, bytes.byte(at: nameEnd) == UInt8(ascii: "=") {
      valueStart += 1
      let valueStops = stops & ~(1 << UInt64(UInt8(ascii: "=")))
      valueEnd =
        bytes.firstOffset(in: valueStart..<end) { $0 < 64 && valueStops >> UInt64($0) & 1 != 0 } ?? end
    }
    if valueEnd < end {
      guard bytes.byte(at: valueEnd) == separator else { return nil }
      offset = valueEnd + 1
      if offset == end { sawEmpty = true }
    } else {
      offset = end
    }
    return Parameter(name: start..<nameEnd, value: valueStart..<valueEnd, hasValue: valueStart > nameEnd)
  }

  /// The value, quotes taken off, of the first parameter called `name` (given in lower case) in `range`; nil where there
  /// is none, empty where it has no value.
  static func value(
    of name: StaticString, in bytes: RawSpan, _ range: Range<Int>, separator: UInt8 = UInt8(ascii: ";")
  ) -> ByteRange? {
    var reader = ParameterReader(bytes, in: range, separator: separator)
    while let parameter = reader.next() {
      if bytes.equalsIgnoringCase(name, in: parameter.name) { return ByteRange(bytes.unquoted(parameter.value)) }
    }
    return nil
  }
}
