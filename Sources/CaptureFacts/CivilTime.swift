/// A moment as calendar date and time of day in UTC, by arithmetic alone: the proleptic Gregorian calendar of RFC 3339.
public struct CivilTime: Sendable {
  /// The year.
  public let year: Int
  /// The month, from 1.
  public let month: Int
  /// The day of the month, from 1.
  public let day: Int
  /// Nanoseconds since midnight.
  public let nanosecondsOfDay: Int64

  /// The date and time of day of a moment.
  public init(_ time: Timestamp) {
    let dayLength: Int64 = 86_400_000_000_000
    var (days, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: dayLength)
    if rest < 0 {
      rest += dayLength
      days -= 1
    }
    nanosecondsOfDay = rest
    // Years counted from 1 March have their leap day last, so that a 400-year cycle is regular: 719,468 days lie between
    // 0000-03-01 and 1970-01-01. The range of Timestamp keeps the sum positive.
    let sinceMarch = Int(days) + 719_468
    let cycle = sinceMarch / 146_097
    let dayOfCycle = sinceMarch % 146_097
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
  }
}

extension Array where Element == UInt8 {
  /// Appends a moment as RFC 3339 has it, in UTC, with nine digits of the second.
  public mutating func appendTime(_ time: Timestamp) {
    let civil = CivilTime(time)
    let (seconds, nanoseconds) = civil.nanosecondsOfDay.quotientAndRemainder(dividingBy: 1_000_000_000)
    // All at once, for there is little in each part: reports hold a time for every few words.
    append(addingCapacity: 30) { places in
      unsafe places.withUnsafeMutableBufferPointer { bytes, filled in
        unsafe DecimalDigits.write(UInt64(civil.year), to: bytes, at: 0, count: 4)
        unsafe bytes[4] = UInt8(ascii: "-")
        unsafe DecimalDigits.write(UInt64(civil.month), to: bytes, at: 5, count: 2)
        unsafe bytes[7] = UInt8(ascii: "-")
        unsafe DecimalDigits.write(UInt64(civil.day), to: bytes, at: 8, count: 2)
        unsafe bytes[10] = UInt8(ascii: "T")
        unsafe DecimalDigits.write(UInt64(seconds / 3600), to: bytes, at: 11, count: 2)
        unsafe bytes[13] = UInt8(ascii: ":")
        unsafe DecimalDigits.write(UInt64(seconds / 60 % 60), to: bytes, at: 14, count: 2)
        unsafe bytes[16] = UInt8(ascii: ":")
        unsafe DecimalDigits.write(UInt64(seconds % 60), to: bytes, at: 17, count: 2)
        unsafe bytes[19] = UInt8(ascii: ".")
        unsafe DecimalDigits.write(UInt64(nanoseconds), to: bytes, at: 20, count: 9)
        unsafe bytes[29] = UInt8(ascii: "Z")
        filled = 30
      }
    }
  }

  /// Appends `2026-01-31`.
  public mutating func appendDate(_ civil: CivilTime) {
    appendDigits(UInt64(civil.year), atLeast: 4)
    append(UInt8(ascii: "-"))
    appendDigits(UInt64(civil.month), atLeast: 2)
    append(UInt8(ascii: "-"))
    appendDigits(UInt64(civil.day), atLeast: 2)
  }

  /// Appends `23:59:59.999`, cut after `fractionDigits` (3 or 9).
  public mutating func appendTimeOfDay(_ civil: CivilTime, fractionDigits: Int) {
    let (seconds, nanoseconds) = civil.nanosecondsOfDay.quotientAndRemainder(dividingBy: 1_000_000_000)
    appendDigits(UInt64(seconds / 3600), atLeast: 2)
    append(UInt8(ascii: ":"))
    appendDigits(UInt64(seconds / 60 % 60), atLeast: 2)
    append(UInt8(ascii: ":"))
    appendDigits(UInt64(seconds % 60), atLeast: 2)
    append(UInt8(ascii: "."))
    appendDigits(UInt64(fractionDigits == 3 ? nanoseconds / 1_000_000 : nanoseconds), atLeast: fractionDigits)
  }
}
