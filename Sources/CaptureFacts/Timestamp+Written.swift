extension Timestamp {
  /// A moment as people write it: RFC 3339 with or without fraction and offset, a date alone, or seconds since 1970;
  /// UTC where it does not say. Nil for anything else.
  public init?(written text: String) {
    if let seconds = Double(text), seconds.magnitude < 9e9 {
      // Split at the point, for a Double does not hold nanoseconds of today.
      let parts = text.split(separator: ".", maxSplits: 1)
      guard let whole = Int64(parts.first ?? "0") else { return nil }
      guard let fraction = Timestamp.nanoseconds(fraction: parts.count == 2 ? parts[1] : "0") else { return nil }
      self.init(nanoseconds: whole * 1_000_000_000 + (whole < 0 ? -fraction : fraction))
      return
    }
    let halves = text.split(maxSplits: 1, omittingEmptySubsequences: false) { "Tt ".contains($0) }
    let date = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    guard date.count == 3, let year = Timestamp.number(date[0], 1677...2262), date[0].count == 4,
      let month = Timestamp.number(date[1], 1...12), let day = Timestamp.number(date[2], 1...31)
    else { return nil }
    var ofDay: Int64 = 0
    if halves.count == 2 {
      guard let written = Timestamp.timeOfDay(halves[1]) else { return nil }
      ofDay = written
    }
    // The first and the last day of the range are in it in part only.
    let days = Int128(Timestamp.days(year: year, month: month, day: day))
    guard let nanoseconds = Int64(exactly: days * 86_400_000_000_000 + Int128(ofDay)) else { return nil }
    self.init(nanoseconds: nanoseconds)
  }

  /// `12:00`, `12:00:00.5Z`, `12:00:00+02:00` as nanoseconds since midnight UTC.
  private static func timeOfDay(_ text: Substring) -> Int64? {
    var clock = text
    var offset: Int64 = 0
    if let last = clock.last, "Zz".contains(last) {
      clock = clock.dropLast()
    } else if let sign = clock.lastIndex(where: { "+-".contains($0) }) {
      guard let minutes = minutes(clock[clock.index(after: sign)...]) else { return nil }
      offset = clock[sign] == "-" ? -minutes : minutes
      clock = clock[..<sign]
    }
    let parts = clock.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let minutes = minutes(parts[0] + ":" + parts[1]) else { return nil }
    var nanoseconds = (minutes - offset) * 60_000_000_000
    if parts.count == 3 {
      let seconds = parts[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard let whole = number(seconds[0], 0...60),
        let fraction = self.nanoseconds(fraction: seconds.count == 2 ? seconds[1] : "0")
      else { return nil }
      nanoseconds += whole * 1_000_000_000 + fraction
    }
    return nanoseconds
  }

  private static func minutes(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hours = number(parts[0], 0...23), let minutes = number(parts[1], 0...59) else {
      return nil
    }
    return hours * 60 + minutes
  }

  private static func number(_ text: Substring, _ range: ClosedRange<Int64>) -> Int64? {
    guard !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int64(text) else { return nil }
    return range.contains(number) ? number : nil
  }

  private static func nanoseconds(fraction: Substring) -> Int64? {
    let digits = fraction.prefix(9)
    return number(digits + String(repeating: "0", count: 9 - digits.count), 0...999_999_999)
  }

  /// Days from 1970-01-01 in the proleptic Gregorian calendar, with years that begin in March, so that the leap day is
  /// the last one of a year.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let marchYear = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
  }
}
