import SubscriberTimelines

/// What happened in a call, beside its sessions.
extension JSONWriter {
  mutating func story(of call: Call, _ names: HandleNames) {
    member("focus", call.focus)
    memberIfAny("continuity_marks", call.continuityMarks)
    if !call.branches.isEmpty { member("branches", each: call.branches) { $0.object($1, names) } }
    if !call.transfers.isEmpty { member("transfers", each: call.transfers) { $0.object($1) } }
    if !call.diversions.isEmpty { member("diversions", each: call.diversions) { $0.object($1) } }
    if !call.reasons.isEmpty { member("reasons", each: call.reasons) { $0.object($1) } }
  }

  private mutating func object(_ branch: CallBranch, _ names: HandleNames) {
    beginObject()
    member("from", branch.from, names)
    member("to", branch.to, names)
    member("frame", branch.frame)
    member("status", branch.status)
    member("outcome", branch.outcome.rawValue)
    member("parallel", branch.isParallel)
    endObject()
  }

  private mutating func object(_ transfer: CallTransfer) {
    beginObject()
    member("kind", transfer.kind.rawValue)
    member("by", transfer.by?.rawValue)
    member("target", transfer.target)
    member("replaces", transfer.replaces)
    member("outcome", transfer.outcome.rawValue)
    member("status", transfer.status)
    member("frames", transfer.frames)
    endObject()
  }

  private mutating func object(_ diversion: CallDiversion) {
    beginObject()
    member("source", diversion.source.rawValue)
    member("from", diversion.from)
    member("to", diversion.to)
    member("cause", diversion.cause)
    member("reason", diversion.reason)
    member("frame", diversion.frame)
    endObject()
  }

  private mutating func object(_ reason: CallReason) {
    beginObject()
    member("method", reason.method.name)
    member("protocol", reason.protocolName)
    member("cause", reason.cause)
    member("meaning", reason.meaning)
    member("text", reason.text)
    member("frame", reason.frame)
    endObject()
  }
}
