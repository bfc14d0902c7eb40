/// What is said of a record before its messages, whichever way it is shown.
struct RecordHeader {
  /// One line of it.
  struct Field {
    var name: String
    var value: String
    var tone: Tone
  }

  /// What the record is, with its id.
  var title: String
  /// How it ended: the word, the status with its phrase.
  var outcome: String?
  /// How that is coloured.
  var tone = Tone.plain
  var fields: [Field] = []
}

extension TerminalPage {
  /// Draws what was said of a record.
  mutating func draw(_ header: RecordHeader) {
    if !isFirst { text.endLine() }
    isFirst = false
    text.add(header.title, .heading)
    if let outcome = header.outcome {
      text.spaces(2)
      text.add(outcome, header.tone)
    }
    text.endLine()
    for field in header.fields {
      text.spaces(2)
      text.add(field.name, .faint)
      text.spaces(8 - field.name.utf8.count)
      text.paragraph(field.value, indent: 10, startingAt: 10, field.tone)
    }
  }
}
