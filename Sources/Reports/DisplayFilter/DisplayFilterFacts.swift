import CaptureFacts
import DiameterMessages
import SubscriberTimelines

/// What a display filter can ask of one record. Everything is looked up when it is asked for.
struct DisplayFilterFacts: DisplayFilterSubject {
  /// What the record is.
  enum Subject {
    case record(TimelineRecord)
    /// What is known of a subscriber outside of records, with one of its Diameter exchanges, where it has one.
    case subscriber(Subscriber, DiameterExchange?)
  }

  let subject: Subject
  let nodes: NodeDirectory
  let subscribers: SubscriberDirectory

  /// Whether a flag holds.
  func holds(_ word: DisplayFilterWord) -> Bool {
    guard case .record(let record) = subject else {
      return word == .failed && exchanges.contains { $0.result.map { !$0.isSuccess } ?? true }
    }
    switch (word, record) {
    case (.failed, .registration(let registration)): return registration.outcome.isFailure
    case (.failed, .call(let call)): return call.outcome.isFailure
    case (.failed, .messaging(let record)): return record.outcome.isFailure
    case (.failed, .finding(let finding)): return finding.severity == .error
    case (.emergency, .registration(let registration)): return registration.isEmergency
    case (.emergency, .call(let call)): return call.isEmergency
    default: return false
    }
  }

  /// Whether any value that the record has for `word` stands so to `value`.
  func any(
    _ word: DisplayFilterWord, _ comparison: DisplayFilterCondition.Comparison, _ value: DisplayFilterCondition.Value
  ) -> Bool {
    switch (word, value) {
    case (.subscriber, .text(let wanted)):
      return identities.contains {
        comparison == .equal ? Identity.matches(wanted, $0) : comparison.holds(text: $0, wanted)
      } || texts(.subscriber).contains { comparison.holds(text: $0, wanted) }
    case (.ip, .network(let network, let bits)):
      return endpoints.contains { $0.address.isEqual(to: network, inFirst: bits) }
    case (.ip, .text(let wanted)):
      return endpoints.contains { comparison.holds(text: $0.address.description, wanted) }
    case (.port, .number(let wanted)): return endpoints.contains { comparison.holds(UInt64($0.port), wanted) }
    case (.status, .number(let wanted)): return status.map { comparison.holds(UInt64($0), wanted) } ?? false
    case (.result, .number(let wanted)):
      return results.contains { comparison.holds(UInt64($0.code), wanted) }
    case (.result, .text(let wanted)):
      return results.contains {
        [$0.name, $0.shortName].compactMap(\.self).contains { comparison.holds(text: $0, wanted) }
      }
    case (.time, .time(let wanted)): return start.map { comparison.holds($0, wanted) } ?? false
    case (_, .text(let wanted)): return texts(word).contains { comparison.holds(text: $0, wanted) }
    default: return false
    }
  }

  private func texts(_ word: DisplayFilterWord) -> [String] {
    switch word {
    case .subscriber: subscriberIDs.map(\.description)
    case .callID: record?.legs.map(\.callID) ?? []
    case .id: (record?.id).map { [$0.description] } ?? []
    case .node: nodeHandles.flatMap { [nodes.id(of: $0)] + nodes.hostNames(of: $0) }
    case .role: nodeHandles.flatMap { nodes.roles(of: $0) }.map(\.name)
    case .networkProtocol:
      Array(Set(events.map(\.transport.name) + events.map(\.kind.protocolName) + media.flatMap(\.protocolNames)))
    case .interface: (record?.legs.compactMap(\.interface) ?? []) + exchanges.map(\.interface)
    case .method: Array(Set(events.map(\.kind.methodName) + exchanges.map(\.command)))
    case .outcome: outcome.map { [$0] } ?? []
    case .kind: kinds
    case .cause: cause.map { [$0.rule, $0.text] } ?? []
    default: []
    }
  }
}

// MARK: - What records have

extension DisplayFilterFacts {
  /// The nodes that sent or received something of it.
  var nodeHandles: Set<NodeHandle> {
    var handles = Set<NodeHandle>()
    for event in events { handles.formUnion([event.from, event.to]) }
    for exchange in exchanges { handles.formUnion([exchange.from, exchange.to]) }
    return handles
  }

  var record: TimelineRecord? {
    if case .record(let record) = subject { record } else { nil }
  }

  private var events: [TimelineEvent] { record?.events ?? [] }

  var exchanges: [DiameterExchange] {
    switch subject {
    case .record(.registration(let registration)): registration.diameter
    case .record(.call(let call)): call.diameter
    case .record(.messaging(let record)): record.diameter
    case .record(.finding), .record(.late), .record(.media): []
    case .subscriber(_, let exchange): exchange.map { [$0] } ?? []
    }
  }

  private var results: [DiameterExchange.Result] { exchanges.compactMap(\.result) }

  private var identities: [String] {
    switch subject {
    case .record(let record): record.identities
    case .subscriber(let subscriber, _): subscriber.privateIdentities + subscriber.publicIdentities
    }
  }

  private var subscriberIDs: [RecordIdentifier] {
    switch subject {
    case .record(let record): record.subscriberHandles.map { subscribers.id(of: $0) }
    case .subscriber(let subscriber, _): [subscriber.id] + subscriber.mergedIDs
    }
  }

  private var endpoints: [Endpoint] {
    var endpoints = nodeHandles.flatMap { nodes.addresses(of: $0) }
    endpoints += media.flatMap { [$0.from, $0.to] }.compactMap(Endpoint.init(written:))
    return endpoints
  }

  private var media: [MediaStream] {
    switch record {
    case .call(let call): call.media
    case .media(let stream): [stream]
    default: []
    }
  }

  private var status: UInt16? {
    switch record {
    case .registration(let registration): registration.status
    case .call(let call): call.status
    case .messaging(let record): record.status
    case .finding, .late, .media, nil: nil
    }
  }

  private var outcome: String? {
    switch record {
    case .registration(let registration): registration.outcome.rawValue
    case .call(let call): call.outcome.rawValue
    case .messaging(let record): record.outcome.rawValue
    case .finding, .late, .media, nil: nil
    }
  }

  private var kinds: [String] {
    switch subject {
    case .record(.registration(let registration)): ["registration", registration.kind.rawValue]
    case .record(.call): ["call"]
    case .record(.messaging): ["messaging"]
    case .record(.finding): ["finding"]
    case .record(.media): ["media"]
    case .record(.late): []
    case .subscriber: ["diameter"]
    }
  }

  private var cause: Cause? {
    switch record {
    case .registration(let registration): registration.cause
    case .call(let call): call.cause
    case .messaging, .finding, .late, .media, nil: nil
    }
  }

  private var start: Timestamp? {
    switch subject {
    case .record(.registration(let registration)): registration.start
    case .record(.call(let call)): call.start
    case .record(.messaging(let record)): record.start
    case .record(.finding(let finding)): finding.time
    case .record(.late(_, let event)): event.time
    case .record(.media(let stream)): stream.observed?.start
    case .subscriber(_, let exchange): exchange?.start
    }
  }
}

extension MediaStream {
  /// What carries it, where packets of it were seen.
  fileprivate var protocolNames: [String] { observed.map { ["udp", MediaText.transport(of: $0).lowercased()] } ?? [] }
}

extension TimelineEvent.Kind {
  fileprivate var protocolName: String {
    switch self {
    case .request, .response: "sip"
    case .diameterRequest, .diameterAnswer: "diameter"
    }
  }

  fileprivate var methodName: String {
    switch self {
    case .request(let method), .response(_, let method): method.name
    case .diameterRequest(let command, _): DiameterDictionary.known.commandAbbreviation(command, isRequest: true)
    case .diameterAnswer(let command, _, _): DiameterDictionary.known.commandAbbreviation(command, isRequest: false)
    }
  }
}

extension IPAddress {
  /// Whether the first `bits` of 128 are those of `network`.
  func isEqual(to network: IPAddress, inFirst bits: Int) -> Bool {
    let difference = UInt128(high ^ network.high) << 64 | UInt128(low ^ network.low)
    return bits == 0 || difference >> UInt128(128 - bits) == 0
  }
}

extension Endpoint {
  /// Reads `ip:port`.
  fileprivate init?(written text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
      let address = IPAddress(String(text[..<colon]))
    else { return nil }
    self.init(address: address, port: port)
  }
}
