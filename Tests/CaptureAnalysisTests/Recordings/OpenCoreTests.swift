import CaptureFacts
import Foundation
import SharedCaptures
import SubscriberTimelines
import Testing

/// Captures of a core of which all CSCFs and the HSS share one address, on the `any` interface: loopback, GTP-U and the
/// decapsulated copies side by side. What is expected was counted in tshark's output.
@Suite(.needsSharedCaptures)
struct OpenCoreTests {
  private static func report(_ name: String) throws -> CollectedReport {
    try .analysing([SharedCaptures.file("ims/open5gs-open5gs__\(name).pcapng")])
  }

  private static let core = "10.4.128.21"

  @Test(
    "Every message is seen, copies told from messages",
    arguments: [
      // 26 requests and 29 responses outside of ESP, 7 messages inside; 50; 41.
      (name: "ipsec_to_nonipsec_call", sip: 62, diameter: 14, protected: 36),
      (name: "nonipsec_reg", sip: 50, diameter: 14, protected: 0),
      (name: "volte", sip: 41, diameter: 10, protected: 0),
    ])
  func messages(_ expected: (name: String, sip: UInt64, diameter: UInt64, protected: UInt64)) throws {
    let coverage = try Self.report(expected.name).coverage
    #expect(coverage.sipObservations == expected.sip)
    #expect(coverage.diameterObservations == expected.diameter)
    #expect(coverage.sipMessages < coverage.sipObservations)
    #expect(coverage.securityPayloadsOpened == expected.protected)
    #expect(coverage.anomalies.count(of: .espNotOpened) == 0)
  }

  @Test("Ports tell the roles on one address apart", arguments: ["ipsec_to_nonipsec_call", "nonipsec_reg", "volte"])
  func roles(_ name: String) throws {
    let report = try Self.report(name)
    for (port, role) in [5060: "P-CSCF", 4060: "I-CSCF", 6060: "S-CSCF", 3868: "HSS"] {
      #expect(report.roles(at: "\(Self.core):\(port)") == [role])
    }
    let devices = report.nodes.filter { $0.roles == [.userEquipment] }.flatMap(\.addresses)
    #expect(!devices.isEmpty && devices.allSatisfy { "\($0)".hasPrefix("192.168.101.") })
  }

  @Test("A registration over GTP-U: one record with UAR, MAR, SAR and the AAR of the P-CSCF")
  func registration() throws {
    let report = try Self.report("nonipsec_reg")
    #expect(report.registrations.count == 1)
    #expect(report.calls.isEmpty)
    let registration = try #require(report.registrations.first)
    #expect(registration.outcome == .accepted && registration.kind == .initial)
    #expect(registration.status == 200 && registration.challenges == 1)
    let exchanges = registration.diameter.map { "\($0.interface) \($0.command)" }
    #expect(exchanges.filter { $0.hasPrefix("Cx") } == ["Cx UAR", "Cx MAR", "Cx SAR"])
    // The P-CSCF authorises its signalling once the user is registered (TS 29.214 section 4.4.5).
    let placed = registration.diameter + report.messaging.flatMap(\.diameter)
    #expect(placed.filter { $0.command == "AAR" }.map(\.result) == [.base(2001)])
    let authorization = registration.diameter.first { $0.command == "UAR" }
    #expect(authorization?.resultName == "DIAMETER_FIRST_REGISTRATION")
    #expect(report.messaging.map { $0.eventPackage } == ["reg"])
  }

  @Test("A call that forks: one branch is cancelled, the other answered; one call")
  func forkedCall() throws {
    let report = try Self.report("ipsec_to_nonipsec_call")
    #expect(report.calls.count == 1)
    let call = try #require(report.calls.first)
    #expect(call.outcome == .answered && call.status == 200 && call.isOpenAtEnd)
    let kinds = Set(call.events.map(\.kind))
    #expect(kinds.contains(.request(.cancel)))
    #expect(kinds.contains(.response(status: 487, method: .invite)))
    #expect(call.diameter.filter { $0.interface == "Cx" }.map(\.command) == ["LIR"])
  }

  @Test("A call in clear: LIR and the AAR of both sides belong to it")
  func call() throws {
    let report = try Self.report("volte")
    #expect(report.calls.count == 1)
    let call = try #require(report.calls.first)
    #expect(call.outcome == .answered && call.status == 200)
    #expect(call.diameter.map(\.command).sorted() == ["AAR", "AAR", "LIR"])
    #expect(call.diameter.allSatisfy { $0.result == .base(2001) })
  }
}
