/// Durations as people read them.
enum DurationText {
  /// `0.214 ms`, `12.3 ms`, `1.234 s`, `5:03` and `1:02:03` (minutes and hours), cut after what matters.
  static func text(_ nanoseconds: Int64) -> String {
    let sign = nanoseconds < 0 ? "-" : ""
    let magnitude = Int64(clamping: nanoseconds.magnitude)
    switch magnitude {
    case ..<10_000_000: return sign + decimal(magnitude / 1_000, digits: 3) + " ms"
    case ..<1_000_000_000: return sign + decimal(magnitude / 100_000, digits: 1) + " ms"
    case ..<60_000_000_000: return sign + decimal(magnitude / 1_000_000, digits: 3) + " s"
    default:
      let seconds = magnitude / 1_000_000_000
      let clock = two(seconds / 60 % 60) + ":" + two(seconds % 60)
      return sign + (seconds < 3600 ? clock : String(seconds / 3600) + ":" + clock)
    }
  }

  /// Seconds with four places, for the time axis of a ladder.
  static func seconds(_ nanoseconds: Int64) -> String {
    decimal(nanoseconds / 100_000, digits: 4)
  }

  private static func decimal(_ number: Int64, digits: Int) -> String {
    var bytes: [UInt8] = []
    bytes.appendDecimal(number, fractionDigits: digits, keepsZeros: true)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func two(_ number: Int64) -> String {
    (number < 10 ? "0" : "") + String(number)
  }
}
