import CaptureFacts
import Testing

@testable import SampleTraffic

/// The table of scenarios covers what an analyser must know, and says what is true.
struct CatalogueTests {
  private static let truths = Scenario.all.filter { $0.name != "thousand_subscribers" }.map { $0.play().truth }

  @Test("Names are unique and plain")
  func names() {
    #expect(Set(Scenario.all.map(\.name)).count == Scenario.all.count)
    for scenario in Scenario.all {
      #expect(scenario.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(scenario.name)")
      #expect(Scenario.named(scenario.name)?.summary == scenario.summary)
    }
  }

  @Test("Every cause is the cause of something")
  func causes() {
    let seen = Set(
      Self.truths.flatMap { truth in
        truth.registrations.compactMap(\.cause) + truth.calls.compactMap(\.cause) + truth.services.compactMap(\.cause)
      })
    #expect(Set(FailureCause.allCases).subtracting(seen) == [])
  }

  @Test("Every Cx command occurs with an answer and without")
  func commands() {
    let exchanges = Self.truths.flatMap(\.exchanges).filter { $0.interface == "Cx" }
    let all: Set<DiameterCommand> = [
      .userAuthorization, .serverAssignment, .locationInfo, .multimediaAuth, .registrationTermination, .pushProfile,
    ]
    #expect(Set(exchanges.filter { $0.result != nil }.map(\.command)) == all)
    let silent = Set(exchanges.filter { $0.result == nil }.map(\.command))
    #expect(silent == all.subtracting([.registrationTermination]))
  }

  @Test("Every result of TS 29.229 section 6.2 and the usual ones of RFC 6733 section 7.1 occur")
  func results() {
    let seen = Set(Self.truths.flatMap(\.exchanges).compactMap(\.result))
    for code: UInt32 in [2001, 3002, 3004, 3006, 5003, 5012] { #expect(seen.contains(.base(code)), "\(code)") }
    for code: UInt32 in [2001, 2002, 2003, 2004, 5001, 5002, 5003, 5004, 5005, 5006, 5007, 5008, 5009, 5011] {
      #expect(seen.contains(.experimental(code)), "\(code)")
    }
  }

  @Test("Every kind and outcome occurs")
  func outcomes() {
    let registrations = Self.truths.flatMap(\.registrations)
    #expect(Set(registrations.map(\.kind)).count == 6)
    #expect(Set(registrations.map(\.outcome)).isSuperset(of: [.accepted, .rejected, .unanswered]))
    #expect(registrations.contains { $0.isEmergency })
    let outcomes = Set(Self.truths.flatMap(\.calls).map(\.outcome))
    #expect(
      outcomes == [
        .answered, .cancelled, .noAnswer, .busy, .declined, .redirected, .rejected, .unanswered,
      ])
  }

  @Test("Every record has frames, every message of a record has its record, identifiers are unique")
  func records() {
    for truth in Self.truths {
      let ids = truth.registrations.map(\.id) + truth.calls.map(\.id) + truth.services.map(\.id)
      #expect(Set(ids).count == ids.count, "\(truth.scenario)")
      for id in ids { #expect(!truth.frames(of: id).isEmpty, "\(truth.scenario): \(id)") }
      #expect(Set(truth.messages.compactMap(\.record)).isSubset(of: ids), "\(truth.scenario)")
      #expect(truth.messages.allSatisfy { $0.completingFrame != nil }, "\(truth.scenario)")
    }
  }

  @Test("The status of a registration is the last final code that reached the UE")
  func registrationStatus() {
    for truth in Self.truths {
      let devices = Set(
        truth.nodes.filter { $0.roles.contains("UE") }.flatMap(\.addresses).compactMap { text in
          text.lastIndex(of: ":").flatMap { IPAddress(String(text[..<$0])) }
        })
      for registration in truth.registrations where registration.kind != .networkDeRegistration {
        let last = truth.messages.last { message in
          message.record == registration.id && message.summary.hasPrefix("SIP/2.0 ")
            && !message.summary.hasPrefix("SIP/2.0 100") && devices.contains(message.to.address)
        }
        let code = last.flatMap { Int($0.summary.split(separator: " ")[1]) }
        #expect(code == registration.status, "\(truth.scenario) \(registration.id)")
      }
    }
  }

  @Test("The INVITEs of a call take no hop that is not one of its legs")
  func callLegs() {
    for truth in Self.truths {
      // A re-INVITE goes straight to the contact, and the callee's the other way.
      for call in truth.calls where !call.features.contains("hold") && !call.features.contains("video_added") {
        let hops = Set(
          truth.messages.filter { $0.record == call.id && $0.summary.hasPrefix("INVITE ") }.map {
            "\($0.to) \($0.summary)"
          })
        #expect(hops.count <= call.legs && call.legs >= 1, "\(truth.scenario) \(call.id)")
      }
    }
  }
}
