import CaptureFacts
import DiameterMessages
import SubscriberTimelines

/// What the data of a page are made of. Keys of blocks that repeat are short: there may be ten thousand of them.
extension JSONWriter {
  /// `h` the title, `o` how it ended, `f` the lines of name, value and tone.
  mutating func members(of header: RecordHeader) {
    member("h", header.title)
    if let outcome = header.outcome { member("o", [outcome, header.tone.name]) }
    member("f", each: header.fields) { json, field in
      json.beginArray()
      json.value(field.name)
      json.value(field.value)
      if field.tone != .plain { json.value(field.tone.name) }
      json.endArray()
    }
  }

  /// The row of a record, its ordinal first; false where it is of another table.
  mutating func row(
    of record: TimelineRecord, _ kind: PageTable.Kind, _ ordinal: Int, since epoch: Timestamp, _ context: RowContext,
    _ frames: FrameText
  ) -> Bool {
    switch (record, kind) {
    case (.registration(let registration), .registrations):
      begin(ordinal, registration.id, registration.start, since: epoch)
      element(registration.publicIdentity ?? registration.privateIdentity)
      element(registration.kind.shortName)
      element(registration.outcome.rawValue)
      element(registration.status)
      element(milliseconds: registration.duration)
      element(registration.cause?.sentence(naming: frames.text))
    case (.call(let call), .calls):
      begin(ordinal, call.id, call.start, since: epoch)
      element(call.caller)
      element(call.callee)
      element(call.outcome.rawValue)
      element(call.status)
      element(milliseconds: call.ringingTime)
      element(milliseconds: call.answerTime)
      element(milliseconds: call.talkTime)
      element(call.cause?.sentence(naming: frames.text))
    case (.messaging(let record), .messaging):
      begin(ordinal, record.id, record.start, since: epoch)
      element(record.method.name)
      element(record.eventPackage)
      element(record.from)
      element(record.to)
      element(record.outcome.rawValue)
      element(record.status)
    default: return false
    }
    endArray()
    return true
  }

  private mutating func begin(_ ordinal: Int, _ id: RecordIdentifier, _ start: Timestamp, since epoch: Timestamp) {
    beginArray()
    value(ordinal)
    value((start.nanoseconds - epoch.nanoseconds) / 1000)
    plainString { $0.appendIdentifier(id) }
  }

  private mutating func element(_ text: String?) {
    guard let text else { return raw("null") }
    value(text)
  }

  private mutating func element(_ number: UInt16?) {
    guard let number else { return raw("null") }
    value(number)
  }

  private mutating func element(milliseconds nanoseconds: Int64?) {
    guard let nanoseconds else { return raw("null") }
    value(decimal: nanoseconds / 1000, digits: 3)
  }

  /// A table with its columns.
  mutating func object(_ kind: PageTable.Kind) {
    beginObject()
    member("name", kind.rawValue)
    member("columns", each: PageTable.columns(of: kind)) { json, column in
      json.beginArray()
      json.value(column.title)
      json.value(column.form.rawValue)
      json.endArray()
    }
    endObject()
  }

  /// The nodes in the order that numbers count, each with its place among the columns of a ladder.
  mutating func pageNodes(_ directory: NodeDirectory) {
    member("nodes", each: directory.nodes()) { json, node in
      json.beginObject()
      json.members(of: node)
      json.member("heading", Ladder.heading(node.roles))
      json.member("rank", Ladder.rank(of: node.roles))
      json.endObject()
    }
  }

  mutating func object(_ link: PageLinks.Link) {
    beginArray()
    value(link.from)
    value(link.to)
    value(link.interface)
    value(link.requests)
    value(link.failures)
    endArray()
  }

  /// What an arrow says: in full, in short, its tone, its protocol, and whether it is a request.
  mutating func object(_ kind: TimelineEvent.Kind) {
    let (label, shortLabel, tone) = Ladder.label(of: kind)
    beginArray()
    value(label)
    value(shortLabel)
    value(tone.name)
    switch kind {
    case .request, .response: value("SIP")
    case .diameterRequest(let command, let application), .diameterAnswer(let command, let application, _):
      value(DiameterDictionary.known.interfaceName(application: application, command: command))
    }
    endArray()
  }

  /// How outcomes are coloured.
  mutating func pageTones() {
    member(
      "tones",
      object: { json in
        for outcome in RegistrationOutcome.allCases {
          json.key(text: outcome.rawValue)
          json.value(outcome.tone.name)
        }
        for outcome in CallOutcome.allCases where RegistrationOutcome(rawValue: outcome.rawValue) == nil {
          json.key(text: outcome.rawValue)
          json.value(outcome.tone.name)
        }
      })
  }
}
