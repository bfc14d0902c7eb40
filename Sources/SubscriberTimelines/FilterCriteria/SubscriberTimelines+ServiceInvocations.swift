import ByteReading
import CaptureFacts
import ServiceDocuments
import SIPMessages

extension SubscriberTimelines {
  /// How long after it accepted a REGISTER an S-CSCF has told its application servers: at once (TS 24.229 section 5.4.1.7),
  /// and again after some timers of a lost request.
  static let thirdPartyInterval: Int64 = 4_000_000_000

  /// What the profiles of the users of a record said about its requests, and what came of it.
  mutating func serviceInvocations(of record: OpenRecord) -> [ServiceInvocation] {
    guard let facts = record.filterCriteria else { return [] }
    var invocations: [ServiceInvocation] = []
    for number in facts.arrivals.indices {
      resolve(&facts.arrivals[number])
      let arrival = facts.arrivals[number]
      let departures = facts.departures.filter {
        $0.arrivals == number + 1
          && nodes.root(record.trail.transactions[$0.transaction].from) == nodes.root(arrival.servingCSCF)
      }
      invocations += serviceInvocations(
        arrival.criteria, of: arrival,
        method: departures.first.map { record.trail.transactions[$0.transaction].method },
        departures, record.trail)
    }
    return invocations
  }

  /// What the profile of a registered user said about third-party REGISTER (TS 24.229 section 5.4.1.7).
  mutating func serviceInvocations(
    of record: OpenRecord, registered kind: RegistrationKind, identity: String?
  ) -> [ServiceInvocation] {
    guard let identity, let criteria = filterCriteria(of: IdentityText.publicIdentity(identity) ?? identity),
      let type = ServicePointTrigger.RegistrationType(kind),
      let request = record.trail.transactions.last(where: {
        $0.method == .register && nodes.shows(.servingCSCF, $0.to) && (200..<300).contains($0.finalStatus)
      })
    else { return [] }
    let subject = FilterSubject(register: type)
    let arrival = FilterCriteriaFacts.Arrival(
      sessionCase: .originating, servingCSCF: request.to, requestURI: key.hash(identity), servedUser: identity,
      frame: request.frame, criteria: criteria.filter { filters.applies($0, to: subject) == true })
    return serviceInvocations(
      arrival.criteria, of: arrival, method: .register, record.filterCriteria?.departures ?? [], record.trail,
      hasHadTime: request.finalTime.map { now.nanoseconds(since: $0) >= SubscriberTimelines.thirdPartyInterval }
        ?? false)
  }

  /// Emits a finding for each rule that finds something wrong with the application servers of one request.
  mutating func emitFindings(of invocations: [ServiceInvocation], about id: RecordIdentifier, at time: Timestamp) {
    var rest = invocations[...]
    while let first = rest.first {
      let own = rest.prefix { $0.requestFrame == first.requestFrame && $0.sessionCase == first.sessionCase }
      rest = rest.dropFirst(own.count)
      let evidence = ServiceInvocationRules.Evidence(invocations: Array(own), nodes: nodes)
      for rule in ServiceInvocationRules.rules {
        emitFinding(CauseRule.first(of: [rule], in: evidence), about: id, at: time)
      }
    }
  }

  private func serviceInvocations(
    _ criteria: [InitialFilterCriteria], of arrival: FilterCriteriaFacts.Arrival, method: SIPMethod?,
    _ departures: [FilterCriteriaFacts.Departure], _ trail: MessageTrail, hasHadTime: Bool = true
  ) -> [ServiceInvocation] {
    let servers = criteria.map { ApplicationServerName.host(of: $0.applicationServer) }
    let hosts = Set(servers)
    // A request to an application server under a name that no profile has: it may be any of them.
    let hasUnnamed = departures.contains {
      !hosts.contains($0.host) && nodes.shows(.applicationServer, trail.transactions[$0.transaction].to)
    }
    // Where the S-CSCF passed the request on to others than application servers, it was done with them.
    let wentOn = method == .register ? hasHadTime : departures.contains { !hosts.contains($0.host) }
    return zip(criteria, servers).map { criteria, host in
      let departure = departures.last { $0.host == host }
      let transaction = departure.map { trail.transactions[$0.transaction] }
      let canShow = wentOn && !hasUnnamed && servicePairs.contains(servicePair(arrival.servingCSCF, host))
      return ServiceInvocation(
        applicationServer: criteria.applicationServer, priority: criteria.priority, trigger: criteria.condition,
        sessionCase: arrival.sessionCase, method: (method ?? transaction?.method ?? .unknown).name,
        defaultHandling: criteria.defaultHandling, servingCSCF: arrival.servingCSCF, requestFrame: arrival.frame,
        state: departure != nil ? .asked : canShow ? .notAsked : .notSeen, askedFrame: transaction?.frame,
        status: transaction.flatMap { $0.finalStatus == 0 ? nil : $0.finalStatus })
    }
  }
}

extension ServicePointTrigger.RegistrationType {
  /// What a registration is to filter criteria; nil for one that no UE asked for.
  fileprivate init?(_ kind: RegistrationKind) {
    switch kind {
    case .initial: self = .initial
    case .reRegistration: self = .reRegistration
    case .deRegistration: self = .deRegistration
    default: return nil
    }
  }
}
