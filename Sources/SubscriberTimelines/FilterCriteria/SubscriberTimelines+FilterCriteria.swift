import ByteReading
import CaptureFacts
import ServiceDocuments
import SIPMessages

extension SubscriberTimelines {
  /// How many pairs of S-CSCF and application server are known to speak to each other in the capture: a network has some
  /// dozen of each.
  static let keptServicePairs = 4096

  /// Notes what a request of a record shows of the filter criteria of its users: that it came to an S-CSCF, or left one.
  mutating func noteFilterCriteria(
    _ observed: Observed<SIPMessage>, _ facts: SIPFacts, record place: Int, transaction: Int
  ) {
    let message = observed.message
    guard message.isRequest, facts.toTag == nil else { return }
    switch message.method {
    case .invite, .message, .subscribe, .publish, .refer, .options:
      if nodes.shows(.servingCSCF, facts.to) { noteArrival(observed, facts, record: place) }
      if nodes.shows(.servingCSCF, facts.from) {
        noteDeparture(message, facts, record: place, transaction: transaction)
      }
    case .register where nodes.shows(.servingCSCF, facts.from) && isThirdParty(message):
      noteDeparture(message, facts, record: place, transaction: transaction)
    default:
      break
    }
  }

  private mutating func noteArrival(_ observed: Observed<SIPMessage>, _ facts: SIPFacts, record place: Int) {
    let message = observed.message
    let requestURI = key.hash(message.span, in: message.requestURI.range)
    if let before = open[place]?.filterCriteria, isReturned(facts, to: before, record: place) {
      evaluateAgain(message, requestURI: requestURI, before)
      return
    }
    let isUnregistered = hasUnregisteredCallee(record: place)
    guard subscribers.knowsProfiles || isUnregistered,
      let sessionCase = sessionCase(of: message, facts, record: place),
      let servedUser = servedUser(of: message, sessionCase)
    else { return }
    let criteria = filterCriteria(of: servedUser) ?? []
    // For a user who is not registered the S-CSCF asks the HSS only now (TS 24.229 section 5.4.3.3).
    let isPending = criteria.isEmpty && isUnregistered && sessionCase == .terminatingUnregistered
    guard !criteria.isEmpty || isPending else { return }
    let known = open[place]?.filterCriteria ?? FilterCriteriaFacts()
    // The same request once more, with credentials or on another way.
    guard !known.arrivals.contains(where: { $0.sessionCase == sessionCase && $0.servedUser == servedUser }),
      known.arrivals.reduce(criteria.count, { $0 + $1.criteria.count }) <= FilterCriteriaFacts.keptExpectations
    else { return }
    let subject = FilterSubject(message, sessionCase: sessionCase)
    known.arrivals.append(
      FilterCriteriaFacts.Arrival(
        sessionCase: sessionCase, servingCSCF: facts.to, requestURI: requestURI, servedUser: servedUser,
        frame: observed.frame, criteria: criteria.filter { filters.applies($0, to: subject) == true },
        pending: isPending ? subject : nil))
    open[place]?.filterCriteria = known
  }

  /// Whether a request comes back from one that the S-CSCF sent it to, an I-CSCF not counted: that one sends what is for
  /// another user.
  private func isReturned(_ facts: SIPFacts, to before: FilterCriteriaFacts, record place: Int) -> Bool {
    guard !nodes.shows(.interrogatingCSCF, facts.from), let trail = open[place]?.trail else { return false }
    return before.departures.contains { nodes.root(trail.transactions[$0.transaction].to) == nodes.root(facts.from) }
  }

  /// What is still to be asked is decided by the request as the application server sent it back (TS 24.229 section 5.4.3.2).
  /// A changed Request-URI of a terminating request ends it (section 5.4.3.3).
  private mutating func evaluateAgain(_ message: SIPMessage, requestURI: KeyedHash, _ before: FilterCriteriaFacts) {
    guard let last = before.arrivals.indices.last else { return }
    resolve(&before.arrivals[last])
    let arrival = before.arrivals[last]
    let asked = before.departures.filter { $0.arrivals == before.arrivals.count }.map(\.host)
    let isForSameUser = arrival.sessionCase == .originating || arrival.requestURI == requestURI
    let subject = FilterSubject(message, sessionCase: arrival.sessionCase)
    before.arrivals[last].criteria = arrival.criteria.filter { criteria in
      if asked.contains(ApplicationServerName.host(of: criteria.applicationServer)) { return true }
      return isForSameUser && filters.applies(criteria, to: subject) == true
    }
  }

  /// Applies the profile of a user that was not known when the request came, if it is known now.
  mutating func resolve(_ arrival: inout FilterCriteriaFacts.Arrival) {
    guard let subject = arrival.pending, let criteria = filterCriteria(of: arrival.servedUser) else { return }
    arrival.criteria = criteria.prefix(FilterCriteriaFacts.keptExpectations).filter {
      filters.applies($0, to: subject) == true
    }
    arrival.pending = nil
  }

  private mutating func noteDeparture(_ message: SIPMessage, _ facts: SIPFacts, record place: Int, transaction: Int) {
    let target = message.firstAddress(.route)?.uri ?? message.requestURI
    // A telephone number has none: it leaves for a gateway.
    let host = message.text(message.uri(target).host).lowercased()
    if !host.isEmpty, servicePairs.count < SubscriberTimelines.keptServicePairs {
      servicePairs.insert(servicePair(facts.from, host))
    }
    guard let open = open[place], open.filterCriteria != nil || open.registration != nil else { return }
    let known = open.filterCriteria ?? FilterCriteriaFacts()
    guard known.departures.count < FilterCriteriaFacts.keptDepartures else { return }
    known.departures.append(
      FilterCriteriaFacts.Departure(host: host, transaction: transaction, arrivals: known.arrivals.count))
    self.open[place]?.filterCriteria = known
  }

  /// What tells that an S-CSCF and a host speak to each other.
  func servicePair(_ servingCSCF: NodeHandle, _ host: String) -> KeyedHash {
    key.hash(host).combined(with: UInt64(nodes.root(servingCSCF).index))
  }

  // MARK: - Whose request it is

  /// Whose request came to an S-CSCF (TS 24.229 section 5.4.3.1): P-Served-User says so, the mark `orig` in the topmost
  /// Route, or who sent it; nil where nothing does.
  private func sessionCase(
    of message: SIPMessage, _ facts: SIPFacts, record place: Int
  ) -> ServicePointTrigger.SessionCase? {
    if let served = message.servedUser, !served.sessionCase.isEmpty {
      let isOriginating = message.span.equalsIgnoringCase("orig", in: served.sessionCase.range)
      let isRegistered = !message.span.equalsIgnoringCase("unreg", in: served.registrationState.range)
      return isOriginating
        ? (isRegistered ? .originating : .originatingUnregistered)
        : (isRegistered ? .terminatingRegistered : .terminatingUnregistered)
    }
    if let route = message.firstAddress(.route) {
      let uri = message.uri(route.uri)
      if message.span.equalsIgnoringCase("orig", in: uri.user.range)
        || message.parameter("orig", in: uri.parameters) != nil
      {
        return .originating
      }
    }
    if nodes.shows(.interrogatingCSCF, facts.from) {
      return hasUnregisteredCallee(record: place) ? .terminatingUnregistered : .terminatingRegistered
    }
    return nodes.shows(.proxyCSCF, facts.from) ? .originating : nil
  }

  /// Whether the HSS said of a record that the one who is called is not registered but has services for that case (LIA 2003,
  /// TS 29.228 section 6.1.4.1), or the S-CSCF asked for them (SAR UNREGISTERED_USER).
  private func hasUnregisteredCallee(record place: Int) -> Bool {
    open[place]?.exchanges.contains {
      guard let exchange = exchanges[$0], exchange.applicationID == CxCommand.application else { return false }
      if exchange.serverAssignmentType == ServerAssignmentType.unregisteredUser.rawValue { return true }
      guard exchange.commandCode == CxCommand.locationInfo, case .experimental(_, 2003)? = exchange.result else {
        return false
      }
      return true
    } ?? false
  }

  /// The user whom an S-CSCF serves with a request (TS 24.229 sections 5.4.3.2 and 5.4.3.3).
  private func servedUser(of message: SIPMessage, _ sessionCase: ServicePointTrigger.SessionCase) -> String? {
    if let served = message.servedUser { return identity(message, served.address.uri) }
    switch sessionCase {
    case .originating, .originatingUnregistered, .originatingDiverted:
      return message.firstAddress(.pAssertedIdentity).flatMap { identity(message, $0.uri) }
    case .terminatingRegistered, .terminatingUnregistered:
      return identity(message, message.requestURI)
    }
  }

  /// The filter criteria of a user; nil where no profile of theirs is known.
  mutating func filterCriteria(of identity: String) -> [InitialFilterCriteria]? {
    guard let handle = subscribers.subscriber(with: identity, isPrivate: false),
      let reference = subscribers.serviceProfile(of: handle)
    else { return nil }
    if let criteria = profiles.commonCriteria(reference) { return criteria }
    guard let document = profiles.profile(reference, in: subscribers),
      case .serviceSubscription(let subscription) = document.content
    else { return nil }
    let own = subscription.profiles.first { profile in
      profile.publicIdentities.contains { IdentityText.publicIdentity($0.identity) == identity }
    }
    // One profile holds for all identities of the document, also for those that it covers with a wildcard.
    return (own ?? (subscription.profiles.count == 1 ? subscription.profiles[0] : nil))?.filterCriteria
  }
}
