import CaptureFacts
import SubscriberTimelines

/// The columns of each table.
enum RecordTables {
  static let registrations: [TableColumn<Registration>] = [
    TableColumn("time", "start", minimum: 12) { $1.time($0.start) },
    TableColumn("id", "id", minimum: 12) { $1.id($0.id) },
    TableColumn(nil, "subscriber") { $1.id($0.subscriber) },
    TableColumn("identity", nil, minimum: 15) { record, _ in
      (record.publicIdentity ?? record.privateIdentity).map(Identity.short)
    },
    TableColumn("kind", "kind", minimum: 7) { record, context in
      context.reader == .program ? record.kind.rawValue : record.kind.shortName
    },
    TableColumn(nil, "emergency") { record, _ in record.isEmergency ? "true" : "false" },
    TableColumn("outcome", "outcome", minimum: 10) { record, context in
      TableCell(text: context.word(record.outcome.rawValue), tone: record.outcome.tone)
    },
    TableColumn("code", "status", .right, minimum: 4) { record, _ in record.status.map { String($0) } },
    TableColumn(nil, "challenges") { record, _ in String(record.challenges) },
    TableColumn("took", "duration_ms", .right, minimum: 8) { $1.duration($0.duration) },
    TableColumn(nil, "impi") { record, _ in record.privateIdentity },
    TableColumn(nil, "impu") { record, _ in record.publicIdentity },
    TableColumn(nil, "contact") { record, _ in record.contact },
    TableColumn(nil, "s_cscf") { record, _ in record.servingCSCF },
    TableColumn(nil, "cause") { record, _ in record.cause?.sentence() },
    TableColumn(nil, "frames") { record, _ in list(record.frames) },
  ]

  static let calls: [TableColumn<Call>] = [
    TableColumn("time", "start", minimum: 12) { $1.time($0.start) },
    TableColumn("id", "id", minimum: 13) { $1.id($0.id) },
    TableColumn(nil, "caller_subscriber") { $1.id($0.callerSubscriber) },
    TableColumn(nil, "callee_subscriber") { $1.id($0.calleeSubscriber) },
    TableColumn("caller", "caller", minimum: 8) { $1.identity($0.caller) },
    TableColumn("callee", "callee", minimum: 8) { $1.identity($0.callee) },
    TableColumn("outcome", "outcome", minimum: 10) { record, context in
      TableCell(text: context.word(record.outcome.rawValue), tone: record.outcome.tone)
    },
    TableColumn("code", "status", .right, minimum: 4) { record, _ in record.status.map { String($0) } },
    TableColumn(nil, "answer_ms") { $1.duration($0.answerTime) },
    TableColumn("talk", "talk_ms", .right, minimum: 6) { $1.duration($0.talkTime) },
    TableColumn(nil, "ringing_ms") { $1.duration($0.ringingTime) },
    TableColumn(nil, "open_at_end") { record, _ in record.isOpenAtEnd ? "true" : "false" },
    TableColumn(nil, "emergency") { record, _ in record.isEmergency ? "true" : "false" },
    TableColumn(nil, "service") { record, _ in record.service.rawValue },
    TableColumn(nil, "features") { record, context in record.features.joined(separator: context.separator) },
    TableColumn(nil, "released_by") { record, _ in record.releasedBy?.rawValue },
    TableColumn(nil, "cause") { record, _ in record.cause?.sentence() },
    TableColumn(nil, "frames") { record, _ in list(record.frames) },
  ]

  static let messaging: [TableColumn<MessagingRecord>] = [
    TableColumn("time", "start", minimum: 12) { $1.time($0.start) },
    TableColumn("id", "id", minimum: 12) { $1.id($0.id) },
    TableColumn(nil, "subscriber") { $1.id($0.subscriber) },
    TableColumn("method", "method", minimum: 7) { record, _ in record.method.name },
    TableColumn("service", "service", minimum: 4) { record, context in context.word(record.service.rawValue) },
    TableColumn("event", "event_package", minimum: 3) { record, _ in record.eventPackage },
    TableColumn(nil, "content_type") { record, _ in record.contentType },
    TableColumn("from", "from", minimum: 6) { $1.identity($0.from) },
    TableColumn("to", "to", minimum: 6) { $1.identity($0.to) },
    TableColumn("outcome", "outcome", minimum: 8) { record, context in
      TableCell(text: context.word(record.outcome.rawValue), tone: record.outcome.tone)
    },
    TableColumn("code", "status", .right, minimum: 4) { record, _ in record.status.map { String($0) } },
    TableColumn(nil, "frames") { record, _ in list(record.frames) },
  ]

  static let nodes: [TableColumn<Node>] = [
    TableColumn("role", "roles", minimum: 8) { record, context in
      let names = record.roles.map(\.name).joined(separator: context.separator)
      return names.isEmpty && context.reader == .person ? "?" : names
    },
    TableColumn("node", "id", minimum: 16) { record, _ in record.id },
    TableColumn(nil, "addresses") { record, context in
      record.addresses.map(\.description).joined(separator: context.separator)
    },
    TableColumn("name", "host_names", minimum: 8) { record, context in
      context.reader == .person
        ? ([record.name].compactMap(\.self) + record.hostNames).joined(separator: context.separator)
        : record.hostNames.joined(separator: context.separator)
    },
    TableColumn(nil, "name") { record, _ in record.name },
    TableColumn("sent", "sent_messages", .right, minimum: 4) { record, _ in String(record.sentMessages) },
    TableColumn("received", "received_messages", .right, minimum: 8) { record, _ in String(record.receivedMessages) },
  ]

  static let subscribers: [TableColumn<Subscriber>] = [
    TableColumn("id", "id", minimum: 14) { $1.id($0.id) },
    TableColumn("private identity", "impis", minimum: 16) { record, context in
      record.privateIdentities.map(context.identity).joined(separator: context.separator)
    },
    TableColumn("public identities", "impus", minimum: 16) { record, context in
      record.publicIdentities.map(context.identity).joined(separator: context.separator)
    },
    TableColumn("regs", "registrations", .right) { $1.many($0.registrations) },
    TableColumn("calls", "calls", .right, minimum: 5) { $1.many($0.calls) },
    TableColumn("msgs", "messaging", .right) { $1.many($0.messaging) },
    TableColumn(nil, "merged_ids") { $1.many($0.mergedIDs) },
    TableColumn(nil, "contacts") { record, context in record.contacts.joined(separator: context.separator) },
    TableColumn(nil, "s_cscf") { record, _ in record.servingCSCF },
  ]

  static let findings: [TableColumn<Finding>] = [
    TableColumn(nil, "time") { $1.time($0.time) },
    TableColumn(nil, "severity") { record, _ in record.severity.name },
    TableColumn(nil, "rule") { record, _ in record.rule },
    TableColumn(nil, "text") { record, _ in record.sentence() },
    TableColumn(nil, "about") { $1.many($0.about) },
    TableColumn(nil, "frames") { record, _ in list(record.frames) },
  ]

  private static func list(_ frames: [FrameReference]) -> String {
    frames.map { String($0.number) }.joined(separator: " ")
  }
}

extension RowContext {
  /// What stands between the elements of a list: in CSV a space, which no identity or address contains.
  var separator: String { reader == .person ? ", " : " " }

  /// A key as a person reads it: without underscores.
  func word(_ key: String) -> String {
    reader == .program ? key : String(key.map { $0 == "_" ? "-" : $0 })
  }

  func identity(_ uri: String) -> String {
    reader == .program ? uri : Identity.short(uri)
  }

  /// The ids for a program, how many for a person.
  func many(_ ids: [RecordIdentifier]) -> String {
    reader == .program ? ids.map(\.description).joined(separator: separator) : String(ids.count)
  }
}

extension RegistrationOutcome {
  var tone: Tone {
    switch self {
    case .accepted: .good
    case .rejected, .unanswered: .bad
    case .inProgress: .caution
    }
  }
}

extension CallOutcome {
  var tone: Tone {
    switch self {
    case .answered: .good
    case .rejected, .unanswered: .bad
    case .cancelled, .noAnswer, .busy, .declined, .redirected, .inProgress: .caution
    }
  }
}
