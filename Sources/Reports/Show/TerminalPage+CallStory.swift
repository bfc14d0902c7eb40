import SubscriberTimelines

/// What happened in a call, a line for each thing.
extension TerminalPage {
  mutating func story(of call: Call, nodes: NodeDirectory) {
    let words = [call.service.rawValue] + call.features.filter { $0 != call.service.rawValue }
    field("service", words.map { $0.replacing("_", with: " ") }.joined(separator: ", "))
    field("access", call.accessNetwork)
    if let cell = call.calleeAccessNetwork { field("", "callee \(cell)") }
    field("focus", call.focus)
    field("marks", call.continuityMarks.joined(separator: ", "))
    for branch in call.branches {
      let status = branch.status.map { " \($0)" } ?? ""
      let manner = branch.isParallel ? "beside others" : "one after the other"
      field(
        "branch",
        "\(nodes.id(of: branch.from)) to \(nodes.id(of: branch.to)), \(manner): \(branch.outcome.rawValue)\(status) "
          + "[\(frames.text(branch.frame))]")
    }
    for transfer in call.transfers {
      let whom = transfer.by.map { " by the \($0.rawValue)" } ?? ""
      let status = transfer.status.map { " \($0)" } ?? ""
      let replaced = transfer.replaces.map { ", replaces \($0)" } ?? ""
      field(
        transfer.kind == .invitation ? "invite" : "refer",
        "\(transfer.kind.rawValue)\(whom) to \(transfer.target)\(replaced): \(transfer.outcome.rawValue)\(status) "
          + "[\(transfer.frames.map(frames.text).joined(separator: ", "))]")
    }
    for diversion in call.diversions {
      let parts = [
        diversion.from.map { "from \($0)" }, diversion.to.map { "to \($0)" }, diversion.reason,
        diversion.cause.map { "cause \($0)" }, "as \(diversion.source.rawValue.replacing("_", with: " ")) says",
      ]
      field("forward", "\(parts.compactMap(\.self).joined(separator: ", ")) [\(frames.text(diversion.frame))]")
    }
    for reason in call.reasons {
      let parts = [
        "\(reason.method.name): \(reason.protocolName)\(reason.cause.map { " \($0)" } ?? "")", reason.meaning,
        reason.text.map { "\"\($0)\"" },
      ]
      field("reason", "\(parts.compactMap(\.self).joined(separator: ", ")) [\(frames.text(reason.frame))]")
    }
  }

  /// The state in which a subscription was left.
  mutating func subscription(_ subscription: SubscriptionSummary?) {
    guard let subscription else { return }
    let parts = [
      subscription.state, subscription.reason, subscription.expires.map { "\($0) s granted" },
      "\(subscription.notifications) notifications",
    ]
    field("state", parts.compactMap(\.self).joined(separator: ", "))
  }
}
