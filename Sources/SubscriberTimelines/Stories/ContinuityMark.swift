import ByteReading
import SIPMessages

/// The feature tags and capabilities by which ends and servers say that a session can move between packet and circuit
/// switched access (TS 24.237 annex C, TS 24.292 annex B).
enum ContinuityMark {
  private static let prefix: StaticString = "g.3gpp."

  /// Those that are about moving a session.
  private static let names: [StaticString] = [
    "srvcc", "srvcc-alerting", "ps2cs-srvcc-orig-pre-alerting", "mid-call", "cs2ps-srvcc", "cs2ps-srvcc-alerting",
    "cs2ps-srvcc-orig-pre-alerting", "vsrvcc", "drvcc", "drvcc-alerting", "ps2cs-drvcc-orig-pre-alerting",
    "dynamic-stn", "atcf", "atcf-mgmt-uri", "atcf-path", "ics", "accesstype", "ti",
  ]

  /// The marks in a header value, each with its prefix.
  static func marks(in bytes: RawSpan, _ range: Range<Int>) -> [String] {
    var marks: [String] = []
    var start = range.lowerBound
    while let found = bytes.firstOffset(of: prefix, in: start..<range.upperBound) {
      var end = found + prefix.utf8CodeUnitCount
      while end < range.upperBound, isName(bytes.byte(at: end)) { end += 1 }
      let name = found + prefix.utf8CodeUnitCount..<end
      if let known = names.first(where: { bytes.equalsIgnoringCase($0, in: name) }) { marks.append("g.3gpp.\(known)") }
      start = end
    }
    return marks
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "-")
  }
}
