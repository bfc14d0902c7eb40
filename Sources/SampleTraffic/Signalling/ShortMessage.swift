/// Bodies of `application/vnd.3gpp.sms`: RP messages with TP messages inside (TS 24.011 section 7.3, TS 23.040
/// section 9.2).
enum ShortMessage {
  /// RP-DATA from the mobile with SMS-SUBMIT to `destination`, text in the 7-bit alphabet.
  static func submit(reference: UInt8, centre: String, destination: String, text: String) -> [UInt8] {
    let unit: [UInt8] =
      [0x21, reference] + address(destination, countsDigits: true) + [0x00, 0x00, UInt8(text.utf8.count)]
      + packed(text)
    return [0x00, reference, 0x00] + address(centre, countsDigits: false) + [UInt8(unit.count)] + unit
  }

  /// RP-DATA to the mobile with SMS-DELIVER from `originator`.
  static func deliver(
    reference: UInt8, centre: String, originator: String, text: String, taken seconds: Int64
  ) -> [UInt8] {
    let unit: [UInt8] =
      [0x04] + address(originator, countsDigits: true) + [0x00, 0x00] + timeStamp(seconds)
      + [UInt8(text.utf8.count)]
      + packed(text)
    return [0x01, reference] + address(centre, countsDigits: false) + [0x00, UInt8(unit.count)] + unit
  }

  /// RP-DATA to the mobile with SMS-STATUS-REPORT: delivered to `recipient`.
  static func statusReport(
    reference: UInt8, centre: String, recipient: String, taken seconds: Int64
  ) -> [UInt8] {
    let unit: [UInt8] =
      [0x06, reference] + address(recipient, countsDigits: true) + timeStamp(seconds) + timeStamp(seconds) + [0x00]
    return [0x01, reference &+ 1] + address(centre, countsDigits: false) + [0x00, UInt8(unit.count)] + unit
  }

  /// RP-ACK, from the mobile (2) or the network (3).
  static func acknowledgement(reference: UInt8, isFromMobile: Bool) -> [UInt8] {
    [isFromMobile ? 0x02 : 0x03, reference]
  }

  /// RP-ACK from the network with SMS-SUBMIT-REPORT: when the centre took the message (TS 23.040 section 9.2.2.2a).
  static func submitReport(reference: UInt8, taken seconds: Int64) -> [UInt8] {
    [0x03, reference, 0x41, 9, 0x01, 0x00] + timeStamp(seconds)
  }

  /// RP-ERROR from the network (5) with a cause of TS 24.011 table 8.4.
  static func error(reference: UInt8, cause: UInt8) -> [UInt8] {
    [0x05, reference, 0x01, cause]
  }

  /// So many seconds after 2026-03-01 08:00:00 UTC, on that day; each pair of digits swapped (TS 23.040 section
  /// 9.2.3.11).
  private static func timeStamp(_ seconds: Int64) -> [UInt8] {
    [26, 3, 1, 8 + seconds / 3600, seconds / 60 % 60, seconds % 60, 0].map { UInt8($0 % 10 << 4 | $0 / 10) }
  }

  /// An address: TP counts digits, RP counts bytes; both hold the type of number 0x91 and swapped digits.
  private static func address(_ digits: String, countsDigits: Bool) -> [UInt8] {
    let numbers = digits.compactMap(\.wholeNumberValue).map(UInt8.init)
    let pairs = stride(from: 0, to: numbers.count, by: 2).map { index in
      (index + 1 < numbers.count ? numbers[index + 1] : 0xf) << 4 | numbers[index]
    }
    return [UInt8(countsDigits ? numbers.count : pairs.count + 1), 0x91] + pairs
  }

  /// Septets packed into octets (TS 23.038 section 6.1.2.1).
  private static func packed(_ text: String) -> [UInt8] {
    var bits = 0
    var count = 0
    var bytes: [UInt8] = []
    for septet in text.utf8 {
      bits |= Int(septet & 0x7f) << count
      count += 7
      while count >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
        count -= 8
      }
    }
    if count > 0 { bytes.append(UInt8(truncatingIfNeeded: bits)) }
    return bytes
  }
}
