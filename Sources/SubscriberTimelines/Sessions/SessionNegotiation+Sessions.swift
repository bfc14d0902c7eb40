import SIPMessages

extension SessionNegotiation {
  /// What the dialogs agreed on, and what each offer changed. `callIDs` are those of the call.
  func callSessions(callIDs: [String]) -> [CallSession] {
    sessions.compactMap { session in
      let offers = session.exchanges.filter { !$0.offer.isEmpty }
      guard !offers.isEmpty, callIDs.indices.contains(session.dialog) else { return nil }
      var media: [CallSession.Medium?] = []
      var holders: [CallSession.Party] = []
      var exchanges: [CallSession.Exchange] = []
      for offer in offers {
        var changes: [String] = []
        if !offer.answer.isEmpty {
          let agreed = SessionNegotiation.agreed(offer)
          let holding = SessionNegotiation.holders(offer, before: holders)
          changes = SessionNegotiation.changes(from: media, to: agreed) + SessionNegotiation.changes(holders, holding)
          media = agreed
          holders = holding
        }
        exchanges.append(
          CallSession.Exchange(
            offeredBy: offer.isOfferOfCaller ? .caller : .callee, method: offer.method, offerFrame: offer.offerFrame,
            answerFrame: offer.answerFrame,
            outcome: !offer.answer.isEmpty ? .answered : offer.refusal != nil ? .refused : .unanswered,
            status: offer.answer.isEmpty ? offer.refusal : nil, changes: changes))
      }
      return CallSession(
        callID: callIDs[session.dialog], media: media.compactMap { $0 }, heldBy: holders, exchanges: exchanges)
    }
  }

  /// The media that both sides accept, at their places (RFC 3264 section 6).
  private static func agreed(_ exchange: Exchange) -> [CallSession.Medium?] {
    zip(exchange.offer, exchange.answer).map { offer, answer in
      guard !offer.isRefused, !answer.isRefused else { return nil }
      // Each side sends where it wants to and the other one receives.
      let caller = exchange.isOfferOfCaller ? offer : answer
      let callee = exchange.isOfferOfCaller ? answer : offer
      let sends = caller.sends && callee.receives
      let receives = caller.receives && callee.sends
      let direction: SDPDirection =
        sends ? receives ? .sendReceive : .sendOnly : receives ? .receiveOnly : .inactive
      let hasPreconditions = offer.hasLocalResources != nil || answer.hasLocalResources != nil
      return CallSession.Medium(
        type: answer.type, transport: answer.transport, codec: answer.codec, direction: direction,
        security: answer.security ?? offer.security, hasICE: offer.hasICE && answer.hasICE,
        bandwidth: answer.bandwidth,
        hasResources: hasPreconditions
          ? (offer.hasLocalResources ?? true) && (answer.hasLocalResources ?? true) : nil, isT38: answer.isT38,
        file: offer.file ?? answer.file)
    }
  }

  /// Who holds the session (RFC 3264 section 8.4): a side that offers not to receive, or that answers so though the
  /// other one would send.
  private static func holders(_ exchange: Exchange, before: [CallSession.Party]) -> [CallSession.Party] {
    let offerer: CallSession.Party = exchange.isOfferOfCaller ? .caller : .callee
    let answerer: CallSession.Party = exchange.isOfferOfCaller ? .callee : .caller
    let media = zip(exchange.offer, exchange.answer).filter { !$0.isRefused && !$1.isRefused }
    guard !media.isEmpty else { return before }
    var holders: [CallSession.Party] = []
    if media.allSatisfy({ !$0.0.receives }) { holders.append(offerer) }
    // Where nothing is sent to it, its answer does not tell: it holds if it did before.
    let isSentTo = media.contains { $0.0.sends }
    if isSentTo ? media.allSatisfy({ !$0.1.receives }) : before.contains(answerer) { holders.append(answerer) }
    return holders
  }

  private static func changes(from old: [CallSession.Medium?], to new: [CallSession.Medium?]) -> [String] {
    var changes: [String] = []
    for place in 0..<max(old.count, new.count) {
      let before = old.indices.contains(place) ? old[place] : nil
      let after = new.indices.contains(place) ? new[place] : nil
      switch (before, after) {
      case (nil, let after?): changes.append("\(after.type)_\(old.isEmpty ? "begun" : "added")")
      case (let before?, nil): changes.append("\(before.type)_removed")
      case (let before?, let after?):
        if before.type != after.type {
          changes.append("\(before.type)_replaced_by_\(after.type)")
        } else if before.codec != after.codec {
          changes.append("\(after.type)_codec_changed")
        }
        if before.security != after.security { changes.append("\(after.type)_security_changed") }
        if before.hasResources == false, after.hasResources == true {
          changes.append("\(after.type)_resources_reserved")
        }
      case (nil, nil): break
      }
    }
    return changes
  }

  private static func changes(_ before: [CallSession.Party], _ after: [CallSession.Party]) -> [String] {
    after.filter { !before.contains($0) }.map { "held_by_\($0.rawValue)" }
      + before.filter { !after.contains($0) }.map { "resumed_by_\($0.rawValue)" }
  }
}
