import ByteReading

/// The user data of a short message (TS 23.040 section 9.2.3.24). The text is a secret: it is decoded only when somebody
/// asks for it.
public struct ShortMessageContent: Hashable, Sendable {
  /// Where a part of a long message belongs (TS 23.040 sections 9.2.3.24.1 and 9.2.3.24.8).
  public struct Concatenation: Hashable, Sendable {
    /// What the parts have in common.
    public var reference: UInt16
    /// The number of parts.
    public var total: UInt8
    /// Which it is, from 1.
    public var part: UInt8
  }

  /// TP-User-Data-Length: septets in the default alphabet, else bytes.
  public var length: UInt8
  /// How the text is coded.
  public var coding: DataCodingScheme
  /// The elements of the header by identifier, in their order.
  public var headerElements: [UInt8] = []
  /// The part of a long message.
  public var concatenation: Concatenation?
  /// The port of the application (TS 23.040 sections 9.2.3.24.3 and 9.2.3.24.4).
  public var destinationPort: UInt16?
  /// How many septets or bytes the text has, the header not counted.
  public var textLength = 0

  /// Where the text lies in what it was read from, fill bits included.
  public private(set) var textPlace = 0..<0

  private let bytes: [UInt8]
  /// The bytes that the header takes.
  private var headerLength = 0

  /// Reads the length and what follows.
  init(_ cursor: inout ByteCursor, coding: DataCodingScheme, hasHeader: Bool) throws(ParseFailure) {
    self.coding = coding
    length = try cursor.readUInt8()
    let isPacked = coding.alphabet == .gsm7 && !coding.isCompressed
    let count = isPacked ? (Int(length) * 7 + 7) / 8 : Int(length)
    let place = try cursor.readRange(count)
    bytes = cursor.bytes.copied(place)
    if hasHeader, let first = bytes.first {
      headerLength = min(1 + Int(first), bytes.count)
      readHeader()
    }
    let headerSize = isPacked ? (headerLength * 8 + 6) / 7 : headerLength
    textLength = max(0, Int(length) - headerSize)
    textPlace = place.lowerBound + headerLength..<place.upperBound
  }

  private mutating func readHeader() {
    var offset = 1
    while headerLength - offset >= 2 {
      let (identifier, size) = (bytes[offset], Int(bytes[offset + 1]))
      offset += 2
      guard size <= headerLength - offset else { return }
      headerElements.append(identifier)
      switch (identifier, size) {
      case (0x00, 3):
        concatenation = Concatenation(
          reference: UInt16(bytes[offset]), total: bytes[offset + 1], part: bytes[offset + 2])
      case (0x08, 4):
        concatenation = Concatenation(
          reference: UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1]), total: bytes[offset + 2],
          part: bytes[offset + 3])
      case (0x04, 2): destinationPort = UInt16(bytes[offset])
      case (0x05, 4): destinationPort = UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
      default: break
      }
      offset += size
    }
  }

  /// The text; nil where it is compressed or its alphabet is none of text. Bytes of eight bits are shown in hexadecimal.
  public var text: String? {
    guard !coding.isCompressed else { return nil }
    let content = bytes[min(headerLength, bytes.count)...]
    switch coding.alphabet {
    case .gsm7:
      // The text begins at a border of septets behind the header (TS 23.040 figure 9.2.3.24 (a)).
      let fill = (7 - headerLength * 8 % 7) % 7
      return SeptetText.text(
        SeptetText.unpacked(bytes.rawSpan, from: headerLength, fill: fill, count: textLength))
    case .ucs2:
      let units = stride(from: content.startIndex, to: content.endIndex - 1, by: 2)
        .map { UInt16(content[$0]) << 8 | UInt16(content[$0 + 1]) }
      return String(decoding: units, as: UTF16.self)
    case .eightBit:
      return content.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    case .reserved:
      return nil
    }
  }

  /// The hash of the user data, header and text: what a submission and its delivery have in common.
  public func hash(under key: HashKey) -> KeyedHash {
    key.hash(bytes.rawSpan, in: 0..<bytes.count).combined(with: UInt64(length))
  }

  /// For reports; the text only where it is asked for.
  func fields(withTexts: Bool) -> DocumentFields {
    var fields = DocumentFields()
    fields.add("alphabet", coding.alphabet.rawValue)
    fields.add("message_class", coding.messageClass)
    fields.add("length", length)
    fields.add("text_length", textLength)
    if let concatenation {
      var part = DocumentFields()
      part.add("reference", concatenation.reference)
      part.add("total", concatenation.total)
      part.add("part", concatenation.part)
      fields.add("concatenation", part)
    }
    fields.add("destination_port", destinationPort)
    fields.add("header_elements", headerElements.map { Int64($0) })
    if withTexts { fields.add("text", text) }
    return fields
  }
}
