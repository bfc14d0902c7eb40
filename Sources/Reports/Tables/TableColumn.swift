import CaptureFacts
import SubscriberTimelines

/// One field of a row.
struct TableCell {
  var text: String
  var tone: Tone = .plain
}

/// One column of a table of records, in the terminal and in CSV.
struct TableColumn<Record>: Sendable {
  /// Where the text stands in its column.
  enum Alignment: Sendable { case left, right }

  /// The heading in the terminal; nil for a column that only CSV has.
  var title: String?
  /// The name in the header of CSV, as the key in JSON; nil for a column that only the terminal has.
  var key: String?
  var alignment = Alignment.left
  /// The columns below which its text is not cut.
  var minimum = 4
  var cell: @Sendable (Record, RowContext) -> TableCell?

  /// A column without tones.
  init(
    _ title: String?, _ key: String?, _ alignment: Alignment = .left, minimum: Int = 4,
    _ text: @escaping @Sendable (Record, RowContext) -> String?
  ) {
    self.title = title
    self.key = key
    self.alignment = alignment
    self.minimum = minimum
    cell = { record, context in text(record, context).map { TableCell(text: $0) } }
  }

  /// A column whose text has a tone.
  init(
    _ title: String?, _ key: String?, minimum: Int, toned cell: @escaping @Sendable (Record, RowContext) -> TableCell
  ) {
    self.title = title
    self.key = key
    self.minimum = minimum
    self.cell = { record, context in cell(record, context) }
  }
}

/// What cells need besides their record.
struct RowContext {
  /// For whom a cell is made.
  enum Reader {
    /// A person: short times, units.
    case person
    /// A program: the values as JSON has them.
    case program
  }

  /// How many of the 16 digits of an id a person sees: enough for two of 10,000 records to share them once in 20,000
  /// captures.
  static let shownDigits = 8

  var reader: Reader
  var nodes: NodeDirectory
  var subscribers: SubscriberDirectory

  /// The id for a program; for a person its beginning, which `show` takes as well.
  func id(_ id: RecordIdentifier) -> String {
    let text = id.description
    return reader == .program ? text : String(text.prefix(id.kind.rawValue.utf8.count + 1 + RowContext.shownDigits))
  }

  func id(_ handle: SubscriberHandle?) -> String? {
    handle.map { subscribers.id(of: $0).description }
  }

  func time(_ time: Timestamp) -> String {
    var bytes: [UInt8] = []
    switch reader {
    case .person: bytes.appendTimeOfDay(CivilTime(time), fractionDigits: 3)
    case .program: bytes.appendTime(time)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func duration(_ nanoseconds: Int64?) -> String? {
    guard let nanoseconds else { return nil }
    switch reader {
    case .person: return DurationText.text(nanoseconds)
    case .program:
      var bytes: [UInt8] = []
      bytes.appendDecimal(nanoseconds, fractionDigits: 6, keepsZeros: false)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
