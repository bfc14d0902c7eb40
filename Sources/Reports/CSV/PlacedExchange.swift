import CaptureFacts
import SubscriberTimelines

/// A Diameter exchange with the record or subscriber it belongs to: a row of a table of exchanges.
struct PlacedExchange {
  var exchange: DiameterExchange
  var record: RecordIdentifier?

  /// The columns, named as the keys in JSON.
  static let columns: [TableColumn<PlacedExchange>] = [
    TableColumn(nil, "record") { $0.record.map($1.id) },
    TableColumn(nil, "start") { $1.time($0.exchange.start) },
    TableColumn(nil, "interface") { row, _ in row.exchange.interface },
    TableColumn(nil, "command") { row, _ in row.exchange.command },
    TableColumn(nil, "from") { $1.nodes.id(of: $0.exchange.from) },
    TableColumn(nil, "to") { $1.nodes.id(of: $0.exchange.to) },
    TableColumn(nil, "result_code") { row, _ in
      if case .base(let code) = row.exchange.result { String(code) } else { nil }
    },
    TableColumn(nil, "experimental_result_code") { row, _ in
      if case .experimental(_, let code) = row.exchange.result { String(code) } else { nil }
    },
    TableColumn(nil, "vendor_id") { row, _ in
      if case .experimental(let vendor, _) = row.exchange.result { String(vendor) } else { nil }
    },
    TableColumn(nil, "result_name") { row, _ in row.exchange.resultName },
    TableColumn(nil, "duration_ms") { $1.duration($0.exchange.answerTime) },
    TableColumn(nil, "retransmissions") { row, _ in String(row.exchange.retransmissions) },
    TableColumn(nil, "request_frame") { row, _ in row.exchange.requestFrame.map { String($0.number) } },
    TableColumn(nil, "answer_frame") { row, _ in row.exchange.answerFrame.map { String($0.number) } },
    TableColumn(nil, "joined_by") { row, _ in row.exchange.joinedBy?.rawValue },
  ]
}
