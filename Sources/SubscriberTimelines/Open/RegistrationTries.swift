import CaptureFacts

/// The tries of a registration, one for each CSeq, read from its trail: all figures nearest the UE.
struct RegistrationTries {
  /// One REGISTER with its hops.
  struct Try {
    let cseq: UInt32
    /// Its transaction nearest the UE.
    var nearest: HopTransaction
    /// The transaction nearest the UE that has a final response.
    var answered: HopTransaction?
    /// Its hop farthest from the UE.
    var farthest: HopTransaction
  }

  /// In order of CSeq.
  private(set) var tries: [Try] = []

  /// Reads the trail of a registration; REGISTERs of other Call-IDs (third-party) are left aside.
  init(_ trail: MessageTrail) {
    for transaction in trail.transactions
    where transaction.method == .register && trail.legs[transaction.leg].dialog == 0 {
      guard let place = tries.firstIndex(where: { $0.cseq == transaction.cseq }) else {
        tries.append(
          Try(
            cseq: transaction.cseq, nearest: transaction,
            answered: transaction.finalStatus == 0 ? nil : transaction, farthest: transaction))
        continue
      }
      if transaction.viaCount < tries[place].nearest.viaCount { tries[place].nearest = transaction }
      if transaction.viaCount > tries[place].farthest.viaCount { tries[place].farthest = transaction }
      if transaction.finalStatus != 0,
        tries[place].answered.map({ transaction.viaCount < $0.viaCount }) ?? true
      {
        tries[place].answered = transaction
      }
    }
    tries.sort { $0.cseq < $1.cseq }
  }

  /// The final response to the last try; nil without one.
  var status: UInt16? { tries.last?.answered?.finalStatus }

  /// When it came.
  var finalTime: Timestamp? { tries.last?.answered?.finalTime }

  /// Its frame.
  var finalFrame: FrameReference? { tries.last?.answered?.finalFrame }

  /// How often a try was challenged.
  var challenges: Int {
    tries.count { $0.answered?.finalStatus == 401 || $0.answered?.finalStatus == 407 }
  }

  /// When a request was sent last.
  var lastRequestTime: Timestamp {
    tries.map(\.nearest.lastRequestTime).max() ?? Timestamp(nanoseconds: .min)
  }

  /// From the first request to the final response, in nanoseconds.
  var duration: Int64? {
    guard let start = tries.first?.nearest.requestTime, let finalTime else { return nil }
    return finalTime.nanoseconds(since: start)
  }
}
