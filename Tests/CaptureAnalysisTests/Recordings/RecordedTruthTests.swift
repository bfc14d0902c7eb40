import CaptureFacts
import Foundation
import SharedCaptures
import SubscriberTimelines
import Testing

/// The recordings hold what their UEs and the configuration of their core say, and the analysis finds it.
struct RecordedTruthTests {
  @Test("Of the recordings beside the checkout", .needsSharedCaptures, arguments: Recording.shared)
  func shared(_ recording: Recording) throws {
    try check(recording)
  }

  @Test("Of the recordings in SampleCaptures", arguments: Recording.samples)
  func sample(_ recording: Recording) throws {
    try check(recording)
  }

  private func check(_ recording: Recording) throws {
    let report = try recording.report()
    let log = try recording.log()
    checkRegistrations(report, log)
    try checkCalls(report, log)
    checkNodes(report)
    try checkSubscribers(report, log)
  }

  // MARK: - Registrations

  private func checkRegistrations(_ report: CollectedReport, _ log: UserEquipmentLog) {
    let fromUsers = report.registrations.filter { $0.kind != .networkDeRegistration }
    #expect(fromUsers.count == log.registrations.count)
    var places: [String: Int] = [:]
    var bound: Set<String> = []
    for expected in log.registrations {
      let (impi, impus) = Recording.identities(imsi: expected.imsi)
      let own = fromUsers.filter { $0.publicIdentity.map(impus.contains) ?? false }
      let place = places[impi, default: 0]
      places[impi] = place + 1
      guard own.indices.contains(place) else {
        Issue.record("registration \(place) of \(expected.imsi) is missing")
        continue
      }
      let registration = own[place]
      let about = Comment(rawValue: "\(expected.imsi) \(place)")
      let isAccepted = expected.codes.last == 200
      #expect(registration.status.map { Int($0) } == expected.codes.last, about)
      #expect(registration.challenges == expected.codes.count { $0 == 401 }, about)
      #expect(registration.outcome == (isAccepted ? .accepted : .rejected), about)
      #expect(registration.requestedExpiry.map { Int($0) } == expected.expires, about)
      if expected.expires == 0 {
        #expect(registration.kind == .deRegistration, about)
      } else if place > 0 {
        #expect(registration.kind == (bound.contains(impi) ? .reRegistration : .initial), about)
      }
      if isAccepted {
        if expected.expires == 0 { bound.remove(impi) } else { bound.insert(impi) }
        #expect(registration.cause == nil, about)
      }
      checkExchanges(of: registration, isAccepted: isAccepted, about)
    }
  }

  /// One UAR, a MAR for each challenge, a SAR where the user was accepted; types and results as TS 29.228 has them.
  private func checkExchanges(of registration: Registration, isAccepted: Bool, _ about: Comment) {
    let commands = registration.diameter.map(\.command)
    #expect(commands.count { $0 == "UAR" } == 1, about)
    #expect(commands.count { $0 == "MAR" } == registration.challenges, about)
    #expect(commands.count { $0 == "SAR" } == (isAccepted ? 1 : 0), about)
    #expect(Set(commands).isSubset(of: ["UAR", "MAR", "SAR"]), about)
    for exchange in registration.diameter {
      #expect(exchange.interface == "Cx", about)
      #expect(exchange.joinedBy != nil, about)
      if isAccepted { #expect(exchange.isSuccess, about) }
      if exchange.command == "UAR", registration.kind == .deRegistration {
        #expect(exchange.detail("user_authorization_type") == "DE_REGISTRATION", about)
        // A plain 2001, which is not FIRST_REGISTRATION.
        #expect(exchange.result == .base(2001), about)
      }
      if exchange.command == "SAR", registration.kind == .deRegistration {
        #expect(exchange.detail("server_assignment_type") == "USER_DEREGISTRATION", about)
      }
    }
  }

  // MARK: - Calls

  private static let ways = ["UE", "P-CSCF", "S-CSCF", "I-CSCF", "S-CSCF", "P-CSCF", "UE"]

  private func checkCalls(_ report: CollectedReport, _ log: UserEquipmentLog) throws {
    #expect(report.calls.count == log.calls.count)
    let holders = Dictionary(uniqueKeysWithValues: report.subscribers.map { (Optional($0.id), $0) })
    for expected in log.calls {
      let about = Comment(rawValue: expected.callID)
      let call = try #require(report.calls.first { $0.dialogs.first?.callID == expected.callID }, about)
      let status = try #require(expected.codes.last)
      #expect(call.dialogs.count == 1, about)
      #expect(call.status.map { Int($0) } == status, about)
      // The UE asserts the identity of its IMSI; the subscriber has the number.
      let impu = "sip:\(expected.caller)@\(Recording.domain)"
      #expect(holders[report.id(call.callerSubscriber)]?.publicIdentities.contains(impu) == true, about)
      #expect(call.caller == "sip:00101000\(expected.caller.suffix(7))@\(Recording.domain)", about)
      #expect(call.callee == expected.callee, about)
      let outcomes: [Int: CallOutcome] = [200: .answered, 486: .busy, 487: .cancelled, 603: .declined]
      #expect(call.outcome == outcomes[status] ?? .rejected, about)
      #expect(call.releasedBy == (status == 200 ? .caller : nil), about)
      #expect(!call.isOpenAtEnd && !call.beganBeforeCapture && !call.isEmergency, about)
      let answer = call.answerTime.map { Double($0) / 1e9 }
      if status == 200 {
        #expect(abs((answer ?? -1) - expected.setup) < 0.06, about)
      } else {
        #expect(answer == nil, about)
      }
      // The S-CSCF answers 404 and the I-CSCF 604.
      let legs = 0..<(status == 404 ? 4 : status == 604 ? 3 : 6)
      let way = call.legs.map { [role($0.from, report), role($0.to, report)] }
      #expect(way == legs.map { [Self.ways[$0], Self.ways[$0 + 1]] }, about)
      // The I-CSCF asks where the callee is, and once more for CANCEL.
      #expect(call.diameter.map(\.command) == Array(repeating: "LIR", count: status == 487 ? 2 : 1), about)
    }
  }

  private func role(_ handle: NodeHandle, _ report: CollectedReport) -> String {
    report.summary?.nodes.roles(of: handle).map(\.name).joined(separator: "/") ?? ""
  }

  // MARK: - Nodes and subscribers

  private static let core = [
    "10.46.0.10": "P-CSCF", "10.46.0.11": "I-CSCF", "10.46.0.12": "S-CSCF", "10.46.0.13": "HSS",
  ]

  private func checkNodes(_ report: CollectedReport) {
    for (address, role) in Self.core {
      let holders = report.nodes.filter { node in node.addresses.contains { "\($0.address)" == address } }
      #expect(holders.map { $0.roles.map(\.name) } == [[role]], Comment(rawValue: address))
    }
    for node in report.nodes where !node.addresses.contains(where: { Self.core["\($0.address)"] != nil }) {
      let hosts = Set(node.addresses.map { "\($0.address)" })
      #expect(hosts.count == 1 && node.roles == [.userEquipment], Comment(rawValue: node.id))
    }
  }

  private func checkSubscribers(_ report: CollectedReport, _ log: UserEquipmentLog) throws {
    let subscribers = report.subscribers
    let registrations = Dictionary(grouping: report.registrations) { report.id($0.subscriber) }
    for imsi in Set(log.registrations.filter { $0.codes.last == 200 }.map(\.imsi)) {
      let (impi, impus) = Recording.identities(imsi: imsi)
      let holders = subscribers.filter { $0.privateIdentities.contains(impi) }
      #expect(holders.count == 1)
      let subscriber = try #require(holders.first)
      #expect(subscriber.privateIdentities == [impi])
      #expect(Set(subscriber.publicIdentities) == impus)
      #expect(subscriber.registrations == registrations[subscriber.id]?.map { $0.id })
      let calls = report.calls.filter { call in
        [call.callerSubscriber, call.calleeSubscriber].contains { report.id($0) == subscriber.id }
      }
      #expect(subscriber.calls == calls.map(\.id))
    }
  }
}

extension DiameterExchange {
  /// Whether it was granted.
  var isSuccess: Bool {
    switch result {
    case .base(let code), .experimental(_, let code): code / 1000 == 2
    case nil: false
    }
  }

  /// A detail that is a text.
  func detail(_ key: String) -> String? {
    DiameterDetails.Key.allCases.first { "\($0.name)" == key }.flatMap { details.text($0) }
  }
}
