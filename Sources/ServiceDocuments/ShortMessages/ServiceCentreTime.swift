import ByteReading

/// A point in time of the SMS centre (TP-SCTS, TS 23.040 section 9.2.3.11).
public struct ServiceCentreTime: Hashable, Sendable {
  /// The time in the form of RFC 3339 with the offset to UTC.
  public var text: String
  /// Seconds since 1970-01-01T00:00:00Z; nil where the digits name no time.
  public var secondsSinceEpoch: Int64?

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
    let parts = bytes.map { Int64($0 & 0x0f) * 10 + Int64($0 >> 4) }
    let offset = Int64(quarters) * (sign == "+" ? 900 : -900)
    secondsSinceEpoch = ServiceCentreTime.seconds(parts).map { $0 - offset }
  }

  /// Seconds from 1970 to a time of this century in its own zone: years begin in March, so that the leap day is their last.
  private static func seconds(_ parts: [Int64]) -> Int64? {
    let (year, month, day) = (parts[0], parts[1], parts[2])
    guard (1...12).contains(month), (1...31).contains(day), parts[3] < 24, parts[4] < 60, parts[5] < 60 else {
      return nil
    }
    let marchYear = 2000 + year - (month <= 2 ? 1 : 0)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
    return days * 86_400 + parts[3] * 3600 + parts[4] * 60 + parts[5]
  }

  private static func digit(_ value: UInt8) -> String { value < 10 ? String(value) : "?" }
}
