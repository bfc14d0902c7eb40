import CaptureFacts
import SharedCaptures
import SubscriberTimelines
import Testing

/// What TRUTH of the recordings says beyond what every UE's log says.
@Suite(.needsSharedCaptures)
struct RecordedCauseTests {
  private static let vendor3GPP: UInt32 = 10415

  @Test("05: the HSS does not know the subscriber")
  func unknownSubscriber() throws {
    let report = try Recording.shared("05_unknown_subscriber").report()
    let failed = try #require(report.registrations.first)
    #expect(failed.cause?.rule == "user_unknown")
    #expect(failed.diameter.map(\.result) == [.experimental(vendor: Self.vendor3GPP, code: 5001)])
    #expect(report.findings.map(\.rule) == ["user_unknown"])
    #expect(report.findings.first?.about == [failed.id])
  }

  @Test("06: the key of the SIM is wrong, twice; the MAA succeeds and no SAR follows")
  func wrongCredentials() throws {
    let report = try Recording.shared("06_wrong_credentials").report()
    #expect(report.registrations.map { $0.cause?.rule } == ["wrong_credentials", "wrong_credentials", nil])
    for failed in report.registrations.prefix(2) {
      #expect(failed.diameter.map(\.command) == ["UAR", "MAR"])
      #expect(failed.diameter.last?.result == .base(2001))
    }
    #expect(Set(report.registrations.map(\.publicIdentity)).count == 1)
    let subscribers = report.registrations.compactMap { report.subscriber($0.subscriber)?.id }
    #expect(subscribers.count == 3 && Set(subscribers).count == 1)
  }

  @Test("07: register, refresh, give up, register, give up")
  func kinds() throws {
    let report = try Recording.shared("07_rereg_dereg").report()
    #expect(
      report.registrations.map(\.kind) == [.initial, .reRegistration, .deRegistration, .initial, .deRegistration])
  }

  @Test("10: the HSS answers after 13.9 s, the P-CSCF gives up after 3 s")
  func silentServer() throws {
    let report = try Recording.shared("10_hss_timeout").report()
    let failed = try #require(report.registrations.first)
    #expect(failed.cause?.rule == "hss_not_answering")
    let authorization = try #require(failed.diameter.first)
    #expect(failed.diameter.count == 1)
    #expect(authorization.command == "UAR" && authorization.isSuccess)
    #expect(abs(Double(authorization.answerTime ?? 0) / 1e9 - 13.9) < 0.1)
    // The I-CSCF's own 408 comes when the P-CSCF has answered 504 already.
    let statuses = failed.events.compactMap { event -> UInt16? in
      if case .response(let status, .register) = event.kind, status >= 300 { status } else { nil }
    }
    #expect(statuses == [504, 408])
  }

  @Test("12: PPR is never answered; RTR ends the registration")
  func networkInitiated() throws {
    let report = try Recording.shared("12_ppr_rtr").report()
    let ended = try #require(report.registrations.first { $0.kind == .networkDeRegistration })
    #expect(ended.outcome == .accepted)
    #expect(ended.status == nil)
    #expect(ended.deRegistrationReason == "PERMANENT_TERMINATION")
    #expect(ended.diameter.map(\.command) == ["RTR"])
    #expect(ended.diameter.first?.result == .base(2001))
    // The S-CSCF tells of it in the dialog of the subscription.
    #expect(ended.frames.last?.number == 155)
    #expect(ended.bodies.map(\.frame.number) == [152] && ended.bodies.map(\.document.kind) == ["reginfo"])
    let first = Recording.identities(imsi: "001010000000001").impi
    #expect(report.subscriber(ended.subscriber)?.privateIdentities == [first])
    let second = Recording.identities(imsi: "001010000000002").impi
    let other = try #require(report.subscribers.first { $0.privateIdentities == [second] })
    let pushed = other.diameter.filter { $0.command == "PPR" }
    #expect(pushed.count == 1)
    #expect(pushed.first?.answerFrame == nil && pushed.first?.result == nil)
  }

  @Test("17: LIA 2001 with a 404 of the S-CSCF, LIA 5001 with a 604 of the I-CSCF; Cx over SCTP")
  func failedCalls() throws {
    let report = try Recording.shared("17_cx_sctp").report()
    let failed = report.calls.filter { $0.outcome == .rejected }
    #expect(failed.map(\.status) == [404, 604])
    #expect(failed.map { $0.cause?.rule } == ["callee_not_found", "user_unknown"])
    let results = failed.map { $0.diameter.map(\.result) }
    #expect(results == [[.base(2001)], [.experimental(vendor: Self.vendor3GPP, code: 5001)]])
    // The HSS, the CSCFs: each one node, whichever of its two addresses a packet took.
    for host in 11...13 {
      let holders = report.nodes.filter { node in
        node.addresses.contains { ["10.46.0.\(host)", "10.47.0.\(host)"].contains("\($0.address)") }
      }
      #expect(holders.count == 1)
    }
    #expect(report.registrations.allSatisfy { $0.events.contains { $0.transport == .sctp } })
  }

  @Test("18: the SIM's sequence number is ahead; the second MAR resynchronises")
  func resynchronisation() throws {
    let report = try Recording.shared("18_aka_resync").report()
    let registration = try #require(report.registrations.first)
    #expect(registration.diameter.map(\.command) == ["UAR", "MAR", "MAR", "SAR"])
    #expect(registration.diameter.map { $0.detail("resynchronisation") } == [nil, nil, "requested", nil])
    #expect(registration.cause == nil)
  }

  @Test("19: ESP is opened with the keys of Cx; the callee's confirmation of BYE is missing, and the caller gets 408")
  func protectedAccess() throws {
    let report = try Recording.shared("19_ipsec").report()
    #expect(report.coverage.securityPayloadsOpened == 48)
    #expect(report.coverage.anomalies.count(of: .espNotOpened) == 0)
    let associations = report.coverage.securityAssociations
    #expect(associations.map(\.opened) == [5, 7, 8, 2, 3, 8, 1, 14])
    #expect(
      associations.map(\.encryption) == ["null", "null", "aes-cbc", "aes-cbc", "null", "null", "aes-cbc", "aes-cbc"])
    #expect(associations.allSatisfy { $0.means == .registrationKeys && $0.integrity == "hmac-sha-1-96" })
    // The confirmation is not in the capture: the callee's host sent it, and it never came to the wire.
    #expect(
      report.calls.map { $0.cause?.text } == [
        "BYE of UE 10.46.4.1:5060 was answered with 408: UE 10.46.4.2:5060 did not answer it to P-CSCF "
          + "10.46.0.10:5060, sent 3 times"
      ])
    #expect(report.calls.map { $0.cause?.rule } == ["release_not_confirmed"])
  }

  @Test("13: 70 calls answered, 10 busy, 10 declined, 10 given up; 200 registrations and 50 de-registrations")
  func load() throws {
    let report = try Recording.shared("13_load").report()
    let outcomes = Dictionary(grouping: report.calls, by: \.outcome).mapValues(\.count)
    #expect(outcomes == [.answered: 70, .busy: 10, .declined: 10, .cancelled: 10])
    let kinds = Dictionary(grouping: report.registrations, by: \.kind).mapValues(\.count)
    #expect(kinds == [.initial: 200, .deRegistration: 50])
    #expect(report.coverage.diameterUnplaced == 0)
    #expect(report.late.isEmpty)
    #expect(report.findings.isEmpty)
  }
}
