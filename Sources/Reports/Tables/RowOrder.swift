/// By which column the rows of a table are ordered.
public struct RowOrder: Sendable {
  /// The column: its heading in the terminal or its key in CSV.
  public var column: String
  /// Whether the greatest comes first.
  public var isDescending: Bool

  /// Reads `column`, or `-column` for the greatest first.
  public init(_ text: String) {
    isDescending = text.hasPrefix("-")
    column = isDescending ? String(text.dropFirst()) : text
  }

  /// The columns that a table can be ordered by, as a user names them.
  public static func columns(of section: ReportSection) -> [String] {
    switch section {
    case .registrations: names(RecordTables.registrations)
    case .calls: names(RecordTables.calls)
    case .messaging: names(RecordTables.messaging)
    case .media: names(MediaTable.streams)
    case .nodes: names(RecordTables.nodes)
    case .subscribers: names(RecordTables.subscribers)
    case .capture, .transport, .diameterPeers, .statistics, .findings, .coverage: []
    }
  }

  private static func names<Record>(_ columns: [TableColumn<Record>]) -> [String] {
    var names: [String] = []
    for column in columns {
      for name in [column.title, column.key].compactMap(\.self) where !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The column of a table; nil where it has none of this name.
  func column<Record>(of columns: [TableColumn<Record>]) -> TableColumn<Record>? {
    columns.first { $0.title == column || $0.key == column }
  }
}
