import ByteReading

/// A point in time of the SMS centre (TP-SCTS, TS 23.040 section 9.2.3.11).
public struct ServiceCentreTime: Hashable, Sendable {
  /// The time in the form of RFC 3339 with the offset to UTC.
  public var text: String

  /// Reads seven bytes.
  init(_ cursor: inout ByteCursor) throws(ParseFailure) {
    let bytes = cursor.bytes.copied(try cursor.readRange(7))
    let number = bytes.map { ServiceCentreTime.digit($0 & 0x0f) + ServiceCentreTime.digit($0 >> 4) }
    let zone = bytes[6]
    // Quarters of an hour; the sign is bit 3 of the first digit.
    let quarters = Int(zone & 7) * 10 + Int(min(zone >> 4, 9))
    let sign = zone & 8 == 0 ? "+" : "-"
    text =
      "20\(number[0])-\(number[1])-\(number[2])T\(number[3]):\(number[4]):\(number[5])"
      + "\(sign)\(quarters / 4 < 10 ? "0" : "")\(quarters / 4):\(quarters % 4 == 0 ? "00" : String(quarters % 4 * 15))"
  }

  private static func digit(_ value: UInt8) -> String { value < 10 ? String(value) : "?" }
}
