/// The ways of an INVITE where a node sent it on in several.
enum CallBranches {
  /// Those of a call, node by node, in order of time; empty where no node did.
  static func branches(of trail: MessageTrail, _ nodes: NodeDirectory) -> [CallBranch] {
    var branches: [CallBranch] = []
    var seen: Set<Int> = []
    let invites = trail.transactions.indices.filter { place in
      let transaction = trail.transactions[place]
      return transaction.method == .invite && !transaction.isInDialog && transaction.requestTime != nil
    }
    for place in invites where !seen.contains(place) {
      let first = trail.transactions[place]
      let group = invites.filter { other in
        let transaction = trail.transactions[other]
        return transaction.cseq == first.cseq && transaction.viaCount == first.viaCount
          && nodes.root(transaction.from) == nodes.root(first.from)
          && trail.legs[transaction.leg].dialog == trail.legs[first.leg].dialog
      }
      seen.formUnion(group)
      guard group.count > 1 else { continue }
      for other in group {
        branches.append(branch(trail.transactions[other], among: group.map { trail.transactions[$0] }, trail))
      }
    }
    return branches
  }

  private static func branch(
    _ transaction: HopTransaction, among group: [HopTransaction], _ trail: MessageTrail
  ) -> CallBranch {
    let isCancelled = trail.transactions.contains { $0.method == .cancel && $0.branch == transaction.branch }
    let outcome: CallBranch.Outcome =
      switch transaction.finalStatus {
      case 0: transaction.provisionalTime == nil || !isCancelled ? .unanswered : .cancelled
      case 200..<300: .answered
      case 487 where isCancelled: .cancelled
      default: .refused
      }
    let (start, end) = (transaction.requestTime ?? transaction.lastRequestTime, transaction.finalTime)
    let isParallel = group.contains { other in
      guard other.branch != transaction.branch, let began = other.requestTime else { return false }
      return (end.map { began < $0 } ?? true) && (other.finalTime.map { start < $0 } ?? true)
    }
    return CallBranch(
      from: transaction.from, to: transaction.to, frame: transaction.frame,
      status: transaction.finalStatus == 0 ? nil : transaction.finalStatus, outcome: outcome, isParallel: isParallel)
  }
}
