import CaptureFacts
import Foundation
import SampleTraffic
import SubscriberTimelines

/// What a scenario is true of, held against what the analysis made of its capture.
struct ScenarioComparison {
  /// What is compared.
  enum Field: String, CaseIterable {
    case observations, messages, records, kind, outcome, status, challenges, emergency, subscriber, caller, callee, legs
    case releasedBy, openAtEnd, joins, related, features, applicationServers, exchanges, cause, roles, precision, recall
  }

  /// One thing in which they differ.
  struct Difference: CustomStringConvertible {
    let field: Field
    let text: String
    var description: String { "\(field.rawValue): \(text)" }
  }

  private(set) var differences: [Difference] = []
  private let truth: ScenarioTruth
  private let report: CollectedReport
  /// The record of ours with most frames of a record of the truth, by the name of the latter.
  private var partners: [String: ComparedRecord] = [:]

  init(_ truth: ScenarioTruth, _ report: CollectedReport) {
    self.truth = truth
    self.report = report
    compareCoverage()
    matchRecords()
    compareRegistrations()
    compareCalls()
    compareServices()
    compareExchanges()
    compareRoles()
  }

  private mutating func expect<Value: Equatable>(_ field: Field, _ about: String, _ ours: Value, _ truth: Value) {
    guard ours != truth else { return }
    differences.append(Difference(field: field, text: "\(about) is \(ours), in truth \(truth)"))
  }

  // MARK: - Messages

  private mutating func compareCoverage() {
    let coverage = report.coverage
    expect(.observations, "SIP", Int(coverage.sipObservations), truth.observations(of: .sip))
    expect(.observations, "Diameter", Int(coverage.diameterObservations), truth.observations(of: .diameter))
    expect(.messages, "SIP", Int(coverage.sipMessages), truth.distinctMessages(of: .sip))
    expect(.messages, "Diameter", Int(coverage.diameterMessages), truth.distinctMessages(of: .diameter))
  }

  // MARK: - Records

  private mutating func matchRecords() {
    let ours = ComparedRecord.all(of: report)
    let registrations = truth.registrations.map { ($0.id, RecordIdentifier.Kind.registration) }
    let calls = truth.calls.map { ($0.id, RecordIdentifier.Kind.call) }
    let services = Self.recorded(truth.services).map { ($0.id, RecordIdentifier.Kind.messaging) }
    let names = registrations + calls + services
    var common = 0
    var expected = 0
    var owners: [Int: [Int]] = [:]
    for (place, record) in ours.enumerated() { for frame in record.frames { owners[frame, default: []].append(place) } }
    let messages = Dictionary(grouping: truth.messages, by: \.record)
    for (name, kind) in names {
      let frames = Set((messages[name] ?? []).flatMap(\.frames))
      expected += pairs(frames.count)
      var overlaps: [Int: Int] = [:]
      for frame in frames { for owner in owners[frame] ?? [] { overlaps[owner, default: 0] += 1 } }
      common += overlaps.values.reduce(0) { $0 + pairs($1) }
      partners[name] = overlaps.filter { ours[$0.key].kind == kind }.max { $0.value < $1.value }.map { ours[$0.key] }
    }
    let found = ours.reduce(0) { $0 + pairs($1.frames.count) }
    expect(.precision, "pairs of frames in one record", common, found)
    expect(.recall, "pairs of frames in one record", common, expected)
    expect(.records, "registrations", report.registrations.count, truth.registrations.count)
    expect(.records, "calls", report.calls.count, truth.calls.count)
    expect(.records, "messaging", report.messaging.count, services.count)
    expect(.records, "keep-alives", Int(report.coverage.keepAlives), truth.services.count - services.count)
    for (name, _) in names where partners[name] == nil {
      differences.append(Difference(field: .records, text: "\(name) has no counterpart"))
    }
  }

  /// Keep-alives are counted and make no record.
  static func recorded(_ services: [ServiceTruth]) -> [ServiceTruth] { services.filter { $0.kind != .keepAlive } }

  private func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }

  private mutating func compareRegistrations() {
    for expected in truth.registrations {
      guard case .registration(let ours)? = partners[expected.id]?.record else { continue }
      expect(.kind, expected.id, ours.kind.rawValue, expected.kind.rawValue)
      expect(.outcome, expected.id, ours.outcome.rawValue, expected.outcome.rawValue)
      expect(.status, expected.id, ours.status.map { Int($0) }, expected.status)
      expect(.challenges, expected.id, ours.challenges, expected.challenges)
      expect(.emergency, expected.id, ours.isEmergency, expected.isEmergency)
      compareCause(expected.id, ours.cause, expected.cause)
      let subscriber = report.subscriber(ours.subscriber)
      if let identity = expected.impi {
        expect(.subscriber, "\(expected.id): \(identity)", subscriber?.privateIdentities.contains(identity), true)
      }
      if let identity = expected.impu {
        expect(.subscriber, "\(expected.id): \(identity)", subscriber?.publicIdentities.contains(identity), true)
      }
    }
    var owners: [String: Set<Int>] = [:]
    for (place, subscriber) in report.subscribers.enumerated() {
      for identity in subscriber.privateIdentities + subscriber.publicIdentities {
        owners[identity, default: []].insert(place)
      }
    }
    for expected in truth.subscribers {
      let holders = (expected.impis + expected.impus).reduce(into: Set<Int>()) { $0.formUnion(owners[$1] ?? []) }
      guard !holders.isEmpty else { continue }
      expect(.subscriber, "holders of \(expected.impis)", holders.count, 1)
    }
  }

  private mutating func compareCalls() {
    for expected in truth.calls {
      guard case .call(let ours)? = partners[expected.id]?.record else { continue }
      expect(.outcome, expected.id, ours.outcome.rawValue, expected.outcome.rawValue)
      expect(.status, expected.id, ours.status.map { Int($0) }, expected.status)
      expect(.caller, expected.id, ours.caller, expected.caller)
      expect(.callee, expected.id, ours.callee, expected.callee)
      expect(.legs, expected.id, ours.legs.count, expected.legs)
      if !expected.applicationServers.isEmpty {
        let servers = ours.applicationServers.map { ($0.applicationServer, $0.state.rawValue) }
        expect(
          .applicationServers, expected.id, Dictionary(servers) { first, _ in first }, expected.applicationServers)
      }
      if !expected.joins.isEmpty { expect(.joins, expected.id, ours.dialogs.map(\.joinedBy.rawValue), expected.joins) }
      expect(.releasedBy, expected.id, ours.releasedBy?.rawValue, expected.releasedBy)
      expect(.openAtEnd, expected.id, ours.isOpenAtEnd, expected.isOpenAtEnd)
      expect(.emergency, expected.id, ours.isEmergency, expected.features.contains("emergency"))
      compareCause(expected.id, ours.cause, expected.cause)
      expect(.features, expected.id, Set(ours.features).subtracting(Self.unstated), Set(expected.features))
      let related = Set(expected.related.compactMap { identifier(of: $0) })
      let continuing: [RelatedRecord.Relation] = [.transferOf, .replacementOf, .accessTransferOf, .answerTo]
      expect(.related, expected.id, Set(ours.related.filter { continuing.contains($0.relation) }.map(\.id)), related)
    }
  }

  /// What the truth says nothing of.
  private static let unstated: Set = ["reliable_provisional", "location", "codec_changed"]

  private mutating func compareServices() {
    for expected in truth.services {
      guard case .messaging(let ours)? = partners[expected.id]?.record else { continue }
      expect(.status, expected.id, ours.status.map { Int($0) }, expected.status)
      let related = Set(expected.related.compactMap { identifier(of: $0) })
      let named = Set(
        ours.related.filter { [.deliveryOf, .reportOn, .subscriptionOf].contains($0.relation) }.map(\.id))
      expect(.related, expected.id, named, related)
    }
  }

  private func identifier(of name: String) -> RecordIdentifier? {
    switch partners[name]?.record {
    case .messaging(let record)?: record.id
    case .call(let call)?: call.id
    default: nil
    }
  }

  private mutating func compareCause(_ about: String, _ ours: Cause?, _ expected: FailureCause?) {
    let keys = expected.map { CauseKeys.keys[$0] ?? [] } ?? []
    if let ours, keys.contains(ours.rule) { return }
    if ours == nil, expected == nil { return }
    expect(.cause, about, ours.map { "\($0.rule) (\($0.text))" } ?? "none", expected?.rawValue ?? "none")
  }

  // MARK: - Diameter

  private mutating func compareExchanges() {
    for expected in truth.exchanges {
      guard let name = expected.record, let first = expected.requests.first else { continue }
      guard let frame = truth.messages[first].completingFrame, let partner = partners[name] else { continue }
      let ours = partner.diameter.first { $0.frames.contains { $0.number == UInt64(frame) } }
      let about = "\(expected.command.rawValue) of frame \(frame) in \(name)"
      guard let ours else {
        expect(.exchanges, about, "absent", "there")
        continue
      }
      expect(.exchanges, about, ours.command, expected.command.rawValue)
      expect(.exchanges, about, ours.interface, expected.interface)
      let result: DiameterResult? =
        switch ours.result {
        case .base(let code): .base(code)
        case .experimental(_, let code): .experimental(code)
        case nil: nil
        }
      expect(.exchanges, about, result, expected.result)
      // An agent's own question to a third is a hop, too.
      let hops = expected.requests.map { truth.messages[$0].completingFrame.map { UInt64($0) } }
      if Set(hops).count > 1, !hops.contains(nil), expected.requests.count == expected.answers.count {
        expect(.exchanges, about, ours.hops.map { $0.requestFrame?.number }, hops)
      }
    }
  }

  // MARK: - Nodes

  private mutating func compareRoles() {
    // A node that only greets its Diameter peers shows nothing of its role.
    let actors = Set(truth.messages.filter { $0.record != nil }.flatMap { [$0.from.address, $0.to.address] })
    for expected in truth.nodes {
      guard let address = expected.addresses.first else { continue }
      let roles = report.roles(at: address)
      let isActor = actors.contains { address.hasPrefix("\($0):") || address.hasPrefix("[\($0)]:") }
      if !isActor, roles.isEmpty { continue }
      expect(.roles, "\(expected.name) \(address)", roles.sorted(), expected.roles.sorted())
    }
  }
}
