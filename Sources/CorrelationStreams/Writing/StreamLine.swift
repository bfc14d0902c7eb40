import ByteReading
import CaptureFacts

/// One line of a stream while it is written: an object of JSON (RFC 8259) in ASCII, so that no captured byte acts on a
/// terminal that shows it.
struct StreamLine {
  /// What was written so far.
  var bytes: [UInt8] = []

  private var needsComma = false

  private static let hexadecimal = Array("0123456789abcdef".utf8)

  /// Begins the line of this type.
  mutating func begin(_ type: StaticString) {
    beginObject()
    member("type", "\(type)")
  }

  /// Ends the line.
  mutating func end() {
    endObject()
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  // MARK: - Members

  mutating func member(_ key: StaticString, _ number: some BinaryInteger) {
    self.key(key)
    value(number)
  }

  mutating func member(_ key: StaticString, _ text: String) {
    self.key(key)
    value(text)
  }

  mutating func member(_ key: StaticString, _ flag: Bool) {
    self.key(key)
    bytes.append(contentsOf: flag ? "true".utf8 : "false".utf8)
    needsComma = true
  }

  mutating func member(_ key: StaticString, _ time: Timestamp) {
    self.key(key)
    bytes.append(UInt8(ascii: "\""))
    bytes.appendTime(time)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  mutating func member(_ key: StaticString, _ frame: FrameReference) {
    self.key(key)
    value(frame)
  }

  mutating func member<Element>(
    _ key: StaticString, each elements: [Element], _ body: (inout StreamLine, Element) -> Void
  ) {
    self.key(key)
    bytes.append(UInt8(ascii: "["))
    needsComma = false
    for element in elements { body(&self, element) }
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  mutating func member(_ key: StaticString, object body: (inout StreamLine) -> Void) {
    self.key(key)
    beginObject()
    body(&self)
    endObject()
  }

  /// The bytes of a message: as text where they are UTF-8, else as base64.
  mutating func message(_ message: [UInt8]) {
    if message.allSatisfy({ $0 < 0x80 }) {
      key("text")
      separate()
      bytes.append(UInt8(ascii: "\""))
      for byte in message { append(unit: UInt16(byte)) }
      bytes.append(UInt8(ascii: "\""))
      needsComma = true
    } else if let text = String(validating: message, as: UTF8.self) {
      member("text", text)
    } else {
      octets(message)
    }
  }

  /// Bytes as base64.
  mutating func octets(_ octets: [UInt8]) {
    key("base64")
    bytes.append(UInt8(ascii: "\""))
    Base64.append(octets, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  // MARK: - Values

  mutating func value(_ number: some BinaryInteger) {
    separate()
    bytes.appendDecimal(number)
    needsComma = true
  }

  mutating func value(_ text: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    for unit in text.utf16 { append(unit: unit) }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// A frame: its number, or, where there are several inputs, also which of them has it and under which number.
  mutating func value(_ frame: FrameReference) {
    if frame == FrameReference(number: frame.number) {
      value(frame.number)
    } else {
      separate()
      bytes.append(UInt8(ascii: "["))
      needsComma = false
      value(frame.number)
      value(frame.file)
      value(frame.numberInFile)
      bytes.append(UInt8(ascii: "]"))
      needsComma = true
    }
  }

  private mutating func key(_ key: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    key.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  /// Appends one unit of UTF-16, escaped unless it is a printable character of ASCII.
  private mutating func append(unit: UInt16) {
    switch unit {
    case 0x22, 0x5c:
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(UInt8(truncatingIfNeeded: unit))
    case 0x20..<0x7f: bytes.append(UInt8(truncatingIfNeeded: unit))
    case 0x0a: bytes.append(contentsOf: "\\n".utf8)
    case 0x0d: bytes.append(contentsOf: "\\r".utf8)
    case 0x09: bytes.append(contentsOf: "\\t".utf8)
    default:
      bytes.append(contentsOf: "\\u".utf8)
      for shift in [12, 8, 4, 0] { bytes.append(StreamLine.hexadecimal[Int(unit >> UInt16(shift) & 0xf)]) }
    }
  }
}
