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
        nodes.note(.receivesThirdPartyRegister, of: facts.to, frame: frame)
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
      if facts.viaCount > 1, nodes.shows(.proxyCSCF, facts.from), reachesItsTarget(observed) {
        nodes.note(.answersAsRegistered, of: facts.to, frame: frame)
      }
    default:
      break
    }
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
