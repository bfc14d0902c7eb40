/// Aligns rows under headings. The widths follow from the first rows; those that come after them are written at once and
/// cut to these widths, so that a table of any length needs no more memory. A table for programs that look for text, too,
/// cuts nothing.
struct TextTable<Record> {
  /// From how many rows the widths follow.
  static var measuredRows: Int { 256 }
  private static var gap: Int { 2 }

  /// The columns of the table, those that only programs see among them.
  let allColumns: [TableColumn<Record>]
  private let columns: [TableColumn<Record>]
  private let isCut: Bool
  private var rows: [(row: [TableCell], detail: [UInt8])] = []
  private var widths: [Int]?

  init(_ columns: [TableColumn<Record>], isCut: Bool = true) {
    self.isCut = isCut
    allColumns = columns
    self.columns = columns.filter { $0.title != nil }
  }

  /// Makes the row of a record, without adding it.
  func row(_ record: Record, _ context: RowContext) -> [TableCell] {
    columns.map { column in
      var cell = column.cell(record, context) ?? TableCell(text: "")
      cell.text = TerminalText.harmless(cell.text)
      return cell
    }
  }

  /// Adds a row, and lines that stand under it.
  mutating func add(_ row: [TableCell], detail: [UInt8] = [], to text: inout TerminalText) {
    if widths == nil {
      rows.append((row, detail))
      if rows.count >= TextTable.measuredRows { begin(&text) }
    } else {
      write(row, to: &text)
      text.bytes += detail
    }
  }

  /// Writes what waits; nothing at all for a table without rows.
  mutating func end(_ text: inout TerminalText) {
    if widths == nil, !rows.isEmpty { begin(&text) }
  }

  private mutating func begin(_ text: inout TerminalText) {
    let headings = columns.map { TableCell(text: $0.title ?? "", tone: .faint) }
    var widths = headings.map { TerminalText.columns(of: $0.text) }
    for (row, _) in rows {
      for (column, cell) in row.enumerated() {
        widths[column] = max(widths[column], TerminalText.columns(of: cell.text))
      }
    }
    if isCut { shrink(&widths, to: text.style.width) }
    self.widths = widths
    write(headings, to: &text)
    for (row, detail) in rows {
      write(row, to: &text)
      text.bytes += detail
    }
    rows = []
  }

  /// Takes columns from the widest, down to the minimum of each.
  private func shrink(_ widths: inout [Int], to width: Int) {
    var excess = widths.reduce(0, +) + TextTable.gap * (widths.count - 1) - width
    while excess > 0 {
      let candidates = widths.indices.filter { widths[$0] > columns[$0].minimum }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      let next = candidates.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let target = max(columns[widest].minimum, min(next, widths[widest] - 1), widths[widest] - excess)
      excess -= widths[widest] - target
      widths[widest] = target
    }
  }

  private func write(_ row: [TableCell], to text: inout TerminalText) {
    guard let widths else { return }
    for (index, cell) in row.enumerated() {
      let cut = isCut ? text.cut(cell.text, to: widths[index]) : cell.text
      let padding = widths[index] - TerminalText.columns(of: cut)
      if columns[index].alignment == .right { text.spaces(padding) }
      text.add(cut, cell.tone)
      if columns[index].alignment == .left { text.spaces(padding) }
      if index + 1 < row.count { text.spaces(TextTable.gap) }
    }
    text.endLine()
  }
}
