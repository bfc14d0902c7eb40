import CaptureFacts
import SIPMessages

/// How far a call has come, read from its trail: all figures nearest the caller.
struct CallProgress {
  /// The transaction of the last initial INVITE nearest the caller.
  private(set) var invite: HopTransaction?
  /// The first initial INVITE nearest the caller: where the attempt began.
  private(set) var firstInvite: HopTransaction?
  /// The final response to `invite`, or, where the capture lacks it there, at the next hop that has one.
  private(set) var finalStatus: UInt16?
  private(set) var finalTime: Timestamp?
  private(set) var finalFrame: FrameReference?
  /// Whether a response from 101 to 199 came.
  private(set) var hasProvisional = false
  /// When the first 180 came.
  private(set) var ringingTime: Timestamp?
  /// How often INVITE was challenged.
  private(set) var challenges = 0
  /// Whether a CANCEL was seen.
  private(set) var isCancelled = false
  /// When the first BYE was seen nearest the caller.
  private(set) var releaseTime: Timestamp?
  /// The first BYE.
  private(set) var release: HopTransaction?

  /// Whether there was a 2xx.
  var isEstablished: Bool {
    finalStatus.map { (200..<300).contains($0) } ?? false
  }

  /// Reads the trail of a call.
  init(_ trail: MessageTrail) {
    var latest: UInt32 = 0
    for transaction in trail.transactions where isInitialInvite(transaction, trail) {
      latest = max(latest, transaction.cseq)
      if transaction.finalStatus == 401 || transaction.finalStatus == 407,
        transaction.viaCount == nearestDistance(trail)
      {
        challenges += 1
      }
      if firstInvite.map({ ($0.cseq, $0.viaCount) > (transaction.cseq, transaction.viaCount) }) ?? true {
        firstInvite = transaction
      }
    }
    var answered: HopTransaction?
    for transaction in trail.transactions where isInitialInvite(transaction, trail) && transaction.cseq == latest {
      if invite.map({ transaction.viaCount < $0.viaCount }) ?? true { invite = transaction }
      if transaction.finalStatus != 0, answered.map({ transaction.viaCount < $0.viaCount }) ?? true {
        answered = transaction
      }
      hasProvisional = hasProvisional || transaction.provisionalTime != nil
    }
    if let answered {
      finalStatus = answered.finalStatus
      finalTime = answered.finalTime
      finalFrame = answered.finalFrame
    }
    ringingTime = invite?.ringingTime
    for transaction in trail.transactions {
      if transaction.method == .cancel { isCancelled = true }
      guard transaction.method == .bye, let time = transaction.requestTime ?? transaction.finalTime else { continue }
      if release.map({ time < ($0.requestTime ?? time) }) ?? true { release = transaction }
      // Nearest the caller: on the leg where the call began.
      if transaction.leg == invite?.leg || releaseTime == nil { releaseTime = time }
    }
  }

  private func isInitialInvite(_ transaction: HopTransaction, _ trail: MessageTrail) -> Bool {
    transaction.method == .invite && !transaction.isInDialog && trail.legs[transaction.leg].dialog == 0
  }

  private func nearestDistance(_ trail: MessageTrail) -> Int {
    trail.transactions.filter { isInitialInvite($0, trail) }.map(\.viaCount).min() ?? 0
  }
}
