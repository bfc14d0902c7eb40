import ByteReading

/// An address of the short message service: a number, or a name of the alphanumeric kind (TS 23.040 section 9.1.2.5, TS
/// 24.011 section 8.2.5.1).
public struct TelephoneAddress: Hashable, Sendable {
  /// The number with `+` in front where it is international, or the name.
  public var text: String
  /// The type of number: 0 unknown, 1 international, 2 national, 3 network specific, 4 subscriber, 5 alphanumeric, 6
  /// abbreviated.
  public var typeOfNumber: UInt8
  /// The numbering plan: 1 is E.164.
  public var numberingPlan: UInt8

  /// An address of the relay layer: its length counts the bytes behind it. Nil where it is empty.
  init?(relay cursor: inout ByteCursor) throws(ParseFailure) {
    let content = try cursor.readRange(Int(cursor.readUInt8()))
    guard !content.isEmpty else { return nil }
    self.init(cursor.bytes.extracting(content), semiOctets: (content.count - 1) * 2)
  }

  /// An address of the transfer layer: its length counts the semi-octets behind the type.
  init(transfer cursor: inout ByteCursor) throws(ParseFailure) {
    let semiOctets = Int(try cursor.readUInt8())
    let content = try cursor.readRange(1 + (semiOctets + 1) / 2)
    self.init(cursor.bytes.extracting(content), semiOctets: semiOctets)
  }

  /// `bytes`: the type, then the digits; at least one byte.
  private init(_ bytes: RawSpan, semiOctets: Int) {
    let type = bytes.byte(at: 0)
    typeOfNumber = type >> 4 & 7
    numberingPlan = type & 0x0f
    if typeOfNumber == 5 {
      let septets = SeptetText.unpacked(bytes, from: 1, fill: 0, count: semiOctets * 4 / 7)
      text = SeptetText.text(septets)
      return
    }
    var digits = typeOfNumber == 1 ? "+" : ""
    for index in 0..<semiOctets {
      let byte = bytes.byte(at: 1 + index / 2)
      let digit = index % 2 == 0 ? byte & 0x0f : byte >> 4
      // Fifteen fills the last byte of an odd number of digits.
      if digit == 15 { break }
      digits.unicodeScalars.append(TelephoneAddress.digits[Int(digit)])
    }
    text = digits
  }

  /// The digits of TS 23.040 section 9.1.2.3 (`*#abc` as in TS 24.008 table 10.5.118).
  private static let digits = Array("0123456789*#abc".unicodeScalars)
}
