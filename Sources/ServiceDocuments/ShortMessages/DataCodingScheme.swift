/// How the text of a short message is coded (TS 23.038 section 4).
public struct DataCodingScheme: Hashable, Sendable {
  /// The alphabet.
  public enum Alphabet: String, Hashable, Sendable {
    /// The GSM 7 bit default alphabet.
    case gsm7 = "gsm_7bit"
    /// Bytes whose meaning the application knows.
    case eightBit = "8bit"
    /// UCS-2 (UTF-16 in practice).
    case ucs2
    /// Reserved.
    case reserved
  }

  /// The value.
  public var value: UInt8

  /// The alphabet.
  public var alphabet: Alphabet {
    switch value >> 4 {
    // Bits 3 and 2 tell in the general groups and in those of automatic deletion.
    case 0x0...0x7:
      switch value >> 2 & 3 {
      case 0: .gsm7
      case 1: .eightBit
      case 2: .ucs2
      default: .reserved
      }
    // Message waiting: discard, store, store in UCS-2.
    case 0xc, 0xd: .gsm7
    case 0xe: .ucs2
    case 0xf: value & 4 == 0 ? .gsm7 : .eightBit
    // Reserved groups are read as the default alphabet.
    default: .gsm7
    }
  }

  /// Whether the text is compressed (TS 23.042).
  public var isCompressed: Bool { value >> 7 == 0 && value & 0x20 != 0 }

  /// The class of the message, 0 to 3; nil where it has none.
  public var messageClass: UInt8? {
    (value >> 7 == 0 && value & 0x10 != 0) || value >> 4 == 0xf ? value & 3 : nil
  }
}
