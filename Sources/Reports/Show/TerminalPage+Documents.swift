import ServiceDocuments
import SubscriberTimelines

/// What bodies say, in a few words each.
extension TerminalPage {
  /// What became of a short message.
  func sentence(of message: ShortMessageSummary) -> String {
    let parts = [
      message.kind.map { $0.rawValue.replacing("_", with: " ") },
      message.originator.map { "from \($0)" }, message.destination.map { "to \($0)" },
      message.serviceCentre.map { "centre \($0)" },
      message.concatenation.map { "part \($0.part) of \($0.total)" },
      message.relayOutcome.map { $0 == .acknowledged ? "RP-ACK" : "RP-ERROR" },
      message.relayCause.map { "\($0.code)" + ($0.name.map { " \($0)" } ?? "") },
      message.failureCauseName,
      message.statusName.map { "status report: \($0)" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  /// The other records of the same story, and what tells so.
  mutating func related(_ records: [RelatedRecord]) {
    for related in records {
      let relation = related.relation.rawValue.replacing("_", with: " ")
      field("related", "\(relation) \(related.id), by \(related.joinedBy.rawValue.replacing("_", with: " "))")
    }
  }

  /// The application servers that a profile names for the record, and what came of it.
  mutating func applicationServers(_ servers: [ServiceInvocation]) {
    for server in servers {
      let priority = server.priority.map { "\($0): " } ?? ""
      let outcome: String
      switch server.state {
      case .asked:
        let answer = server.status.map { String($0) } ?? "no answer"
        outcome = "asked, \(answer)" + (server.askedFrame.map { " [\(frames.text($0))]" } ?? "")
      case .notAsked: outcome = "not asked"
      case .notSeen: outcome = "not in the capture"
      }
      field("iFC", "\(priority)\(server.method), \(server.trigger) -> \(server.applicationServer): \(outcome)")
    }
  }

  /// One line for each body whose gist fits in one.
  mutating func bodies(_ bodies: [RecordedBody]) {
    for body in bodies {
      guard let gist = TerminalPage.gist(of: body.document) else { continue }
      field("body", "\(gist) [\(frames.text(body.frame))]")
    }
  }

  /// What the dialogs of a call agreed on, and what changed it, where there is more than the beginning.
  mutating func sessions(_ sessions: [CallSession]) {
    for session in sessions where !session.media.isEmpty {
      let media = session.media.map { medium in
        [medium.type, medium.codec, medium.direction == .sendReceive ? nil : medium.direction.name]
          .compactMap(\.self).joined(separator: " ")
      }
      let holders =
        session.heldBy.isEmpty ? "" : ", held by \(session.heldBy.map(\.rawValue).joined(separator: " and "))"
      field("media", media.joined(separator: ", ") + holders)
      for exchange in session.exchanges.dropFirst() where !exchange.changes.isEmpty {
        let changes = exchange.changes.map { $0.replacing("_", with: " ") }.joined(separator: ", ")
        field(
          "change",
          "\(changes): \(exchange.method.name) of the \(exchange.offeredBy.rawValue) [\(frames.text(exchange.offerFrame))]"
        )
      }
    }
  }

  private static func gist(of document: ServiceDocument) -> String? {
    switch document.content {
    case .registrationInformation(let information):
      let states = information.registrations.prefix(4).map { "\($0.addressOfRecord) \($0.state ?? "?")" }
      let events = information.events.isEmpty ? "" : " (\(information.events.joined(separator: ", ")))"
      return "reginfo: " + states.joined(separator: ", ") + events
    case .presence(let presence):
      let states = presence.tuples.compactMap(\.basicStatus) + presence.activities
      return "presence of \(presence.entity ?? "?"): " + states.prefix(8).joined(separator: ", ")
    case .conference(let conference):
      let users = conference.users.prefix(8).map { user in
        (user.entity ?? "?") + (user.endpoints.first?.status.map { " \($0)" } ?? "")
      }
      return "conference \(conference.entity ?? "?"): " + users.joined(separator: ", ")
    case .ims(let information):
      guard let service = information.alternativeService else { return nil }
      let parts = [service.type, service.action, service.reason].compactMap(\.self)
      return "alternative service: " + parts.joined(separator: ", ")
    case .messageSummary(let summary):
      let classes = summary.classes.map { "\($0.name) \($0.new) new, \($0.old) old" }
      return "messages waiting: \(summary.isWaiting == true ? "yes" : "no")" + classes.map { ", \($0)" }.joined()
    case .fragment(let fragment):
      return fragment.startLine
    case .isup(let message):
      return message.name.map { "ISUP \($0)" }
    case .dialogs(let information):
      let dialogs = information.dialogs.prefix(8).compactMap(\.state)
      return "dialogs of \(information.entity ?? "?"): " + dialogs.joined(separator: ", ")
    case .resourceLists(let lists):
      return "list: " + lists.entries.prefix(8).map(\.uri).joined(separator: ", ")
    case .serviceSubscription, .shortMessage, .commonPresenceMessage, .unknownXML, .unknown:
      return nil
    }
  }
}
