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
      if facts.viaCount == 1, !hasPath {
        nodes.note(.registersItself, of: facts.from, frame: frame)
        // TS 24.229 section 5.1.1.2.1: the UE of an IMS supports Path, so there is a P-CSCF to add it.
        if message.hasOptionTag("path", in: .supported) {
          nodes.note(.receivesFirstRegister, of: facts.to, frame: frame)
        }
      }
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
      // TS 24.229 section 5.4.3.2: behind the server's URI the S-CSCF puts its own, with a token of the original dialog.
      if facts.toTag == nil, nodes.shows(.servingCSCF, facts.from), !nodes.shows(.applicationServer, facts.to),
        message.hasRouteBack(to: observed.flow.source.address)
      {
        nodes.note(.isRoutedBackFrom, of: facts.to, frame: frame)
      }
      if facts.viaCount > 1, nodes.shows(.proxyCSCF, facts.from), reachesItsTarget(observed) {
        nodes.note(.answersAsRegistered, of: facts.to, frame: frame)
      }
      if message.method == .message { noteServiceRoles(facts, frame) }
    case (true, .notify), (true, .publish):
      noteServiceRoles(facts, frame)
    default:
      break
    }
  }

  /// Notes who begins a request of a service towards the S-CSCF: a UE would send it to its P-CSCF.
  private mutating func noteServiceRoles(_ facts: SIPFacts, _ frame: FrameReference) {
    guard facts.viaCount == 1, nodes.shows(.servingCSCF, facts.to), nodes.roles(of: facts.from).isEmpty else { return }
    nodes.note(.beginsServiceRequests, of: facts.from, frame: frame)
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
    observed.message.names(observed.flow.destination.address, in: observed.message.requestURI)
  }

  // MARK: - At the end of a call

  /// Notes who stands at the two ends of a call, outside of a P-CSCF: known now that all of it was seen.
  mutating func noteEnds(of trail: MessageTrail, _ facts: CallFacts) {
    let invites = trail.transactions.filter { $0.method == .invite && !$0.isInDialog }
    for invite in invites {
      if invite.viaCount == 1, nodes.shows(.proxyCSCF, invite.to), nodes.roles(of: invite.from).isEmpty {
        nodes.note(.sendsThroughProxy, of: invite.from, frame: invite.frame)
      }
      guard nodes.roles(of: invite.to).isEmpty else { continue }
      let onward = invites.filter { nodes.root($0.from) == nodes.root(invite.to) }
      if nodes.shows(.servingCSCF, invite.from) {
        // A number for session transfer is that of an application server (TS 24.237).
        let isTransfer = facts.targets.contains { transferNumbers.contains($0) }
        noteBehindServing(invite, onward, isTelephone: invite.isToTelephone && !isTransfer)
      } else if nodes.shows(.proxyCSCF, invite.from), invite.viaCount > 1 {
        if !facts.isEmergency {
          if onward.isEmpty { nodes.note(.endsSessions, of: invite.to, frame: invite.frame) }
        } else if !onward.isEmpty {
          nodes.note(.servesEmergencySessions, of: invite.to, frame: invite.frame)
          for next in onward where next.isAnsweredByItsEnd && nodes.roles(of: next.to).isEmpty {
            nodes.note(.endsEmergencySessions, of: next.to, frame: next.frame)
          }
        }
      }
    }
  }

  /// Notes what a node is to which the S-CSCF sent a session: an application server, or for a telephone number a gateway
  /// (TS 24.229 sections 5.4.3.2, 5.5 and 5.6).
  private mutating func noteBehindServing(_ invite: HopTransaction, _ onward: [HopTransaction], isTelephone: Bool) {
    if onward.contains(where: { nodes.root($0.to) == nodes.root(invite.from) }) {
      nodes.note(.returnsSessions, of: invite.to, frame: invite.frame)
    } else if onward.isEmpty {
      guard invite.isAnsweredByItsEnd else { return }
      nodes.note(isTelephone ? .endsTelephoneSessions : .answersSessions, of: invite.to, frame: invite.frame)
    } else if isTelephone, onward.allSatisfy(\.isAnsweredByItsEnd) {
      nodes.note(.passesOnTelephoneSessions, of: invite.to, frame: invite.frame)
      for next in onward where nodes.roles(of: next.to).isEmpty {
        nodes.note(.endsTelephoneSessions, of: next.to, frame: next.frame)
      }
    }
  }
}
