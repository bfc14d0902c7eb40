import CaptureFacts

/// The words of rules about nodes.
struct NodeTroubleWords {
  let nodes: NodeDirectory
  /// The end of what was seen.
  let now: Timestamp

  func name(_ handle: NodeHandle) -> String { CauseText.name(handle, nodes) }

  /// Who asked: one node, or several.
  func askers(_ period: NodeTroublePeriod) -> String { period.asker.map(name) ?? "several nodes" }

  /// `within 12.300 s from 08:53:20.010 to 08:53:32.310`.
  func span(_ period: NodeTroublePeriod) -> String {
    "within \(CauseText.duration(period.last.nanoseconds(since: period.first))) from \(period.first.timeOfDay) to "
      + period.last.timeOfDay
  }

  /// `answered 12 of 30 requests of I-CSCF 10.0.0.2:5060 with 503 Service Unavailable within ...`.
  func refusals(_ period: NodeTroublePeriod, with answer: String) -> String {
    "\(name(period.asked)) answered \(period.count) of \(period.total) requests of \(askers(period)) with \(answer) "
      + span(period)
  }

  /// `12 requests`.
  static func number(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
}

extension Timestamp {
  /// `08:53:20.010`, in UTC.
  var timeOfDay: String {
    var bytes: [UInt8] = []
    bytes.appendTimeOfDay(CivilTime(self), fractionDigits: 3)
    return String(decoding: bytes, as: UTF8.self) + " UTC"
  }
}
