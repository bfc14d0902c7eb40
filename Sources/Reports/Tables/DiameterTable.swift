import ServiceStatistics
import SubscriberTimelines

/// The table of Diameter commands: one row for each result of each command, the figures of the command on its first.
enum DiameterTable {
  struct Row {
    var command: DiameterCommandStatistics?
    var result: String
    var tone: Tone
    var count: UInt64

    static func rows(of command: DiameterCommandStatistics, limit: Int) -> [Row] {
      var rows = command.results.prefix(limit).map { result in
        Row(
          result: String(result.result.code) + (result.result.shortName.map { " " + $0 } ?? ""),
          tone: result.result.isSuccess ? .good : .bad, count: result.count)
      }
      let other = command.otherResults + command.results.dropFirst(limit).reduce(0) { $0 + $1.count }
      if other > 0 { rows.append(Row(result: "other", tone: .caution, count: other)) }
      if command.unanswered > 0 { rows.append(Row(result: "no answer", tone: .bad, count: command.unanswered)) }
      if !rows.isEmpty { rows[0].command = command }
      return rows
    }
  }

  static let columns: [TableColumn<Row>] = [
    TableColumn("on", nil, minimum: 2) { row, _ in row.command?.interface },
    TableColumn("asked", nil, minimum: 5) { row, _ in row.command?.command },
    TableColumn("times", nil, .right, minimum: 5) { row, _ in row.command.map { String($0.attempts) } },
    TableColumn("answered", nil, minimum: 16) { row, _ in TableCell(text: row.result, tone: row.tone) },
    TableColumn("count", nil, .right, minimum: 5) { row, _ in String(row.count) },
    TableColumn("p50", nil, .right, minimum: 8) { $1.duration($0.command?.answerTime.percentile(50)) },
    TableColumn("p95", nil, .right, minimum: 8) { $1.duration($0.command?.answerTime.percentile(95)) },
    TableColumn("longest", nil, .right, minimum: 8) { row, context in
      context.duration(row.command.flatMap { $0.answerTime.count > 0 ? $0.answerTime.maximum : nil })
    },
  ]
}
