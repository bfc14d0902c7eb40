import CaptureFacts
import SIPMessages

extension SubscriberTimelines {
  /// Notes what a SIP message shows of the roles of its nodes.
  mutating func noteRoles(_ observed: Observed<SIPMessage>, _ facts: SIPFacts) {
    let message = observed.message
    let frame = observed.frame
    switch (message.isRequest, message.method) {
    case (true, .register):
      if isThirdParty(message) {
        if nodes.shows(.servingCSCF, facts.from) { nodes.note(.receivesThirdPartyRegister, of: facts.to, frame: frame) }
        return
      }
      // The P-CSCF is the first to add Path; one that acts as a user agent to both sides sends a single Via.
      let hasPath = message.first(.path) != nil
      if facts.viaCount == 1, !hasPath { nodes.note(.registersItself, of: facts.from, frame: frame) }
      if facts.viaCount <= 2, hasPath { nodes.note(.addsPath, of: facts.from, frame: frame) }
      if facts.viaCount == 2, message.first(.pVisitedNetworkID) != nil {
        nodes.note(.addsVisitedNetwork, of: facts.from, frame: frame)
      }
    case (false, .register):
      if message.status == 401, facts.viaCount == 1, message.first(.securityServer) != nil {
        nodes.note(.offersSecurityServer, of: facts.from, frame: frame)
      }
      guard facts.viaCount > 1, isLastHop(facts, cseq: message.cseqNumber) else { return }
      if message.status == 401 { nodes.note(.challengesRegistration, of: facts.from, frame: frame) }
      if message.first(.serviceRoute) != nil { nodes.note(.addsServiceRoute, of: facts.from, frame: frame) }
    case (true, .invite), (true, .message), (true, .subscribe):
      if facts.viaCount == 1, message.first(.pPreferredIdentity) != nil {
        nodes.note(.offersPreferredIdentity, of: facts.from, frame: frame)
      }
      if message.method == .invite, facts.toTag == nil { noteSessionRoles(observed, facts) }
      if facts.viaCount > 1, nodes.shows(.proxyCSCF, facts.from), reachesItsTarget(observed) {
        nodes.note(.answersAsRegistered, of: facts.to, frame: frame)
      }
    default:
      break
    }
  }

  /// Notes what the way of a new session shows, where no registration is in the capture.
  private mutating func noteSessionRoles(_ observed: Observed<SIPMessage>, _ facts: SIPFacts) {
    let message = observed.message
    if nodes.shows(.interrogatingCSCF, facts.from), !nodes.shows(.interrogatingCSCF, facts.to) {
      nodes.note(.servesSessionsFromInterrogating, of: facts.to, frame: observed.frame)
    }
    // TS 24.229 section 5.2.7.2: the P-CSCF inserts the icid-value into what comes from the UE.
    guard facts.viaCount == 2, message.parameter("icid-value", of: .pChargingVector) != nil,
      let first = firstHop(of: facts, cseq: message.cseqNumber)
    else { return }
    nodes.note(.addsChargingVector, of: facts.from, frame: observed.frame)
    nodes.note(.sendsThroughProxy, of: first, frame: observed.frame)
  }

  /// Who sent a request, still without charging identifier, to its second sender.
  private func firstHop(of facts: SIPFacts, cseq: UInt32) -> NodeHandle? {
    for place in index.places(.callID, facts.callID) {
      let first = open[place]?.trail.transactions.first {
        $0.viaCount == 1 && $0.cseq == cseq && $0.method == .invite && !$0.hasChargingIdentifier
          && nodes.root($0.to) == nodes.root(facts.from)
      }
      if let first { return first.from }
    }
    return nil
  }

  /// Whether the sender of a response did not ask anyone else: no request of it with this CSeq went further.
  private func isLastHop(_ facts: SIPFacts, cseq: UInt32) -> Bool {
    index.places(.callID, facts.callID).allSatisfy { place in
      open[place]?.trail.transactions.contains {
        $0.cseq == cseq && nodes.root($0.from) == nodes.root(facts.from) && $0.viaCount > facts.viaCount
      } != true
    }
  }

  /// Whether the Request-URI names the very address that the request was sent to.
  private func reachesItsTarget(_ observed: Observed<SIPMessage>) -> Bool {
    let message = observed.message
    let uri = message.uri(message.requestURI)
    return IPAddress(message.text(uri.host)) == observed.flow.destination.address
  }
}
