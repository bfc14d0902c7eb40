/// A moment as AVPs of type Time carry it: seconds since 1900-01-01 (RFC 6733 section 4.3.1).
struct DiameterTime: CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  let secondsSinceEpoch: Int64

  /// Reads the four octets. A value with the highest bit clear belongs to the era that begins in February 2036, as RFC
  /// 5905 section 6 and RFC 4330 section 3 have it.
  init(wire: UInt32) {
    let era: Int64 = wire >> 31 == 0 ? 1 << 32 : 0
    secondsSinceEpoch = Int64(wire) + era - 2_208_988_800
  }

  /// RFC 3339, UTC: `2026-02-03T04:05:06Z`.
  var description: String {
    let (day, second) = secondsSinceEpoch.quotientAndRemainder(dividingBy: 86_400)
    // The values run from 1968-01-20 to 2104-02-26. Days are counted from 1964-03-01, so that the leap day is the last
    // of its cycle of four years; 2100 has none, and what follows is put right.
    let daysToOrigin: Int64 = 2132
    var days = second < 0 ? day - 1 + daysToOrigin : day + daysToOrigin
    if days >= 49_673 { days += 1 }
    let secondOfDay = second < 0 ? second + 86_400 : second
    let cycle = days / 1461
    let dayOfCycle = days % 1461
    let yearOfCycle = min(dayOfCycle / 365, 3)
    let dayOfYear = dayOfCycle - yearOfCycle * 365
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = 1964 + 4 * cycle + yearOfCycle + (month <= 2 ? 1 : 0)
    let two = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
    return "\(year)-\(two(month))-\(two(dayOfMonth))"
      + "T\(two(secondOfDay / 3600)):\(two(secondOfDay / 60 % 60)):\(two(secondOfDay % 60))Z"
  }
}
