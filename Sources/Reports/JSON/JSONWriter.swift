import ByteReading
import SubscriberTimelines

/// Writes JSON (RFC 8259) as bytes, without a String for each key or number.
///
/// All characters that could act on a terminal or end a line are escaped, so that a captured byte stays data wherever the
/// output is shown. Invalid UTF-8 cannot arrive here: a String holds U+FFFD in its place.
struct JSONWriter {
  /// What was written so far.
  var bytes: [UInt8] = []

  /// The service profiles that were written, for each content is read once.
  var serviceProfiles = ServiceProfileCache()

  /// Whether the next value or key needs a comma before it.
  private var needsComma = false

  private static let hexadecimal = Array("0123456789abcdef".utf8)

  mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  mutating func beginArray() {
    separate()
    bytes.append(UInt8(ascii: "["))
    needsComma = false
  }

  mutating func endArray() {
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// Ends a line of output; layout only, for a reader who looks at the file.
  mutating func lineBreak() {
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Starts over after a complete value, for the next line of NDJSON.
  mutating func beginDocument() {
    needsComma = false
  }

  /// Writes the key of a member; it must need no escaping.
  mutating func key(_ key: StaticString) {
    unsafe appendQuoted(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount), isKey: true)
    needsComma = false
  }

  /// Writes a key that is data.
  mutating func key(text key: String) {
    value(key)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func value(_ flag: Bool) {
    raw(flag ? "true" : "false")
  }

  mutating func value(_ number: some BinaryInteger) {
    separate()
    bytes.appendDecimal(number)
    needsComma = true
  }

  mutating func value(_ text: String) {
    let isPlain = unsafe text.utf8.span.withUnsafeBufferPointer { utf8 in
      guard unsafe JSONWriter.isPlain(utf8) else { return false }
      unsafe appendQuoted(utf8, isKey: false)
      return true
    }
    if !isPlain {
      separate()
      bytes.append(UInt8(ascii: "\""))
      appendScalars(text)
      bytes.append(UInt8(ascii: "\""))
    }
    needsComma = true
  }

  /// Writes the bytes of `range` as text.
  mutating func value(_ bytes: RawSpan, in range: Range<Int>) {
    let part = bytes.extracting(range)
    let isPlain = unsafe part.withUnsafeBytes { raw in
      unsafe raw.withMemoryRebound(to: UInt8.self) { utf8 in
        guard unsafe JSONWriter.isPlain(utf8) else { return false }
        unsafe appendQuoted(utf8, isKey: false)
        return true
      }
    }
    guard isPlain else { return value(bytes.text(in: range)) }
    needsComma = true
  }

  /// Writes `numerator / 10^digits` without trailing zeros.
  mutating func value(decimal numerator: Int64, digits: Int) {
    separate()
    bytes.appendDecimal(numerator, fractionDigits: digits, keepsZeros: false)
    needsComma = true
  }

  /// Writes a number with a fraction; text where it is none that JSON can hold (RFC 8259 section 6).
  mutating func value(decimal number: Double) {
    guard number.isFinite else { return value("\(number)") }
    plainValue { $0.append(contentsOf: "\(number)".utf8) }
  }

  /// Writes bytes that are JSON already.
  mutating func raw(_ json: StaticString) {
    separate()
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount))
    needsComma = true
  }

  /// Writes a string made by `body`, which must append nothing that needs escaping.
  mutating func plainString(_ body: (inout [UInt8]) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    body(&bytes)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  private mutating func plainValue(_ body: (inout [UInt8]) -> Void) {
    separate()
    body(&bytes)
    needsComma = true
  }

  /// Writes an array whose elements are made by `body`.
  mutating func plainArray(_ body: (inout [UInt8]) -> Void) {
    beginArray()
    body(&bytes)
    endArray()
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  /// Appends a comma where one is due, and plain text in quotes, with a colon behind it for a key: all at once, for there is
  /// little in each.
  @inline(__always)
  private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, isKey: Bool) {
    let comma = needsComma
    bytes.append(addingCapacity: text.count &+ 4) { places in
      unsafe places.withUnsafeMutableBufferPointer { bytes, filled in
        var end = 0
        if comma {
          unsafe bytes[0] = UInt8(ascii: ",")
          end = 1
        }
        unsafe bytes[end] = UInt8(ascii: "\"")
        let start = end &+ 1
        end = start &+ text.count
        if let source = text.baseAddress, let target = bytes.baseAddress {
          unsafe (target + start).initialize(from: source, count: text.count)
        }
        unsafe bytes[end] = UInt8(ascii: "\"")
        end &+= 1
        if isKey {
          unsafe bytes[end] = UInt8(ascii: ":")
          end &+= 1
        }
        filled = end
      }
    }
  }

  @inline(never)
  private mutating func appendScalars(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      case "\n": bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case "\r": bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
      case "\t": bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
      case _ where scalar.value > 0xffff || !scalar.actsOnTerminal: bytes.append(contentsOf: scalar.utf8)
      default:
        bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
        for shift in [12, 8, 4, 0] { bytes.append(JSONWriter.hexadecimal[Int(scalar.value >> UInt32(shift) & 0xf)]) }
      }
    }
  }

  /// Whether no byte needs a look, eight of them at a time; the last eight overlap those before them.
  private static func isPlain(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(utf8)
    let count = raw.count
    guard count >= 8 else {
      var rest: UInt64 = 0x2020_2020_2020_2020
      for offset in 0..<count { rest = unsafe rest << 8 | UInt64(raw[offset]) }
      return !JSONWriter.needsLook(rest)
    }
    var offset = 0
    while offset &+ 8 < count {
      if unsafe JSONWriter.needsLook(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) { return false }
      offset &+= 8
    }
    return unsafe !JSONWriter.needsLook(raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
  }

  /// `needsLook` for eight bytes at once: the high bit of a byte is set where it is not ASCII, or where taking away 0x20,
  /// or adding 1 to find 0x7f, or taking 1 from what is left of a quote or backslash, carries into it.
  @inline(__always)
  private static func needsLook(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs = ones &* 0x80
    let control = (word &- ones &* 0x20) & ~word
    let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let special = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
    return (word | (word &+ ones) | control | special) & highs != 0
  }
}
