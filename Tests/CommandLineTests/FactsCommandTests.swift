import Foundation
import SharedCaptures
import Testing

/// What the JSON of the built command tells of nodes, subscribers, registrations and figures, asked as a person would.
@Suite struct FactsCommandTests {
  private static func sample(_ name: String) -> String {
    SharedCaptures.packageDirectory.appending(path: "SampleCaptures/\(name)").path
  }

  private func withNames<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
  }

  private func report(_ arguments: [String]) throws -> [String: Any] {
    let ending = try BuiltCommand.run(["analyze", "--format", "json"] + arguments)
    #expect(ending.errors.isEmpty)
    return try #require(try JSONSerialization.jsonObject(with: ending.output) as? [String: Any])
  }

  private func objects(_ value: Any?) throws -> [[String: Any]] { try #require(value as? [[String: Any]]) }

  // MARK: - Names

  @Test("--names gives nodes names and roles, in JSON, tables, ladders and causes") func names() throws {
    let capture = FactsCommandTests.sample("05_unknown_subscriber.pcap")
    let plain = try objects(report([capture])["nodes"])
    let hss = try #require(plain.first { ($0["roles"] as? [String]) == ["HSS"] }?["id"] as? String)
    let edge = try #require(plain.first { ($0["roles"] as? [String])?.contains("P-CSCF") ?? false }?["id"] as? String)
    let text = "# nodes of the laboratory\n\n\(hss) \"home register\"\n\(edge)\tedge1  ibcf # border\n"
    try withNames(text) { path in
      let nodes = try objects(report(["--names", path, capture])["nodes"])
      let named = try #require(nodes.first { $0["id"] as? String == edge })
      #expect(named["name"] as? String == "edge1")
      #expect(named["named_by"] as? String == path)
      #expect(named["roles"] as? [String] == ["IBCF"])
      let evidence = try objects(named["evidence"])
      #expect(evidence.contains { $0["behaviour"] as? String == "named by \(path)" && $0["role"] as? String == "IBCF" })
      let other = try #require(nodes.first { $0["id"] as? String == hss })
      #expect(other["name"] as? String == "home register")
      #expect(other["roles"] as? [String] == ["HSS"])
      #expect(nodes.count == plain.count)
      #expect(try BuiltCommand.run(["nodes", "--names", path, capture]).text.contains("home register"))
      let registration = try #require(objects(report([capture])["registrations"]).first?["id"] as? String)
      let shown = try BuiltCommand.run(["show", registration, "--names", path, capture]).text
      #expect(shown.contains("edge1"))
      #expect(shown.contains("home register"))
    }
  }

  @Test(
    "a bad line of --names is one line with file and number, and status 2",
    arguments: [
      ("10.0.0.1 a\nnowhere b\n", ":2: ", "nowhere is not an address"),
      ("10.0.0.1\n", ":1: ", "a name is missing"),
      ("10.0.0.1 a X-CSCF\n", ":1: ", "X-CSCF is not a role"),
      ("10.0.0.1 a HSS b\n", ":1: ", "stands behind the role"),
      ("10.0.0.1 \"a\n", ":1: ", "quotation mark"),
      ("10.0.0.1:70000 a\n", ":1: ", "is not an address"),
      ("[2001:db8::1]x a\n", ":1: ", "is not an address"),
    ])
  func badLine(_ text: String, _ place: String, _ words: String) throws {
    try withNames(text) { path in
      let ending = try BuiltCommand.run(["analyze", "--names", path, FactsCommandTests.sample("01_register_udp.pcap")])
      #expect(ending.status == 2)
      #expect(ending.output.isEmpty)
      #expect(ending.errors.hasPrefix("imstrace: \(path)\(place)"))
      #expect(ending.errors.contains(words))
      #expect(ending.errors.filter { $0 == "\n" }.count == 1)
    }
  }

  @Test("a file of names that is not there, and a country code that is none") func unusable() throws {
    let capture = FactsCommandTests.sample("01_register_udp.pcap")
    let missing = try BuiltCommand.run(["analyze", "--names", "/nowhere/names", capture])
    #expect(missing.status == 2)
    #expect(missing.errors.contains("/nowhere/names"))
    #expect(try BuiltCommand.run(["analyze", "--country-code", "+49", capture]).status == 2)
  }

  // MARK: - Registrations

  @Test("a registration answers what is asked of it", .needsSharedCaptures) func registration() throws {
    let registrations = try objects(
      report([SharedCaptures.file("realcore/01_register_udp.pcap").path])["registrations"])
    let registration = try #require(registrations.first)
    for key in [
      "impi", "impu", "contact", "expires_requested_s", "expires_granted_s", "visited_network", "s_cscf",
      "authentication_scheme", "service_route", "path", "associated_uris", "time_spent",
    ] {
      #expect(registration[key] != nil, "no \(key)")
    }
    // UAA says whether it is the first (TS 29.229 section 6.2.1).
    let diameter = try objects(registration["diameter"])
    #expect(diameter.contains { $0["command"] as? String == "UAR" && $0["experimental_result_code"] as? Int == 2001 })
    #expect(registration["de_registered_by"] == nil)
    // Each millisecond is somebody's: what the nodes took adds up to the whole.
    let spent = try objects(registration["time_spent"])
    let sum = try spent.reduce(0) {
      try $0 + (#require($1["own_ms"] as? Double)) + (#require($1["diameter_ms"] as? Double))
    }
    #expect(abs(sum - (try #require(registration["duration_ms"] as? Double))) < 1)
  }

  @Test("who ended a registration") func deRegistration() throws {
    let registrations = try objects(
      report([FactsCommandTests.sample("07_rereg_dereg.pcap")])["registrations"])
    #expect(registrations.filter { $0["kind"] as? String == "de_registration" }.count == 2)
    let subscribers = try objects(report([FactsCommandTests.sample("07_rereg_dereg.pcap")])["subscribers"])
    let bindings = try objects(subscribers.first?["bindings"])
    // Registered, refreshed and given up, then registered anew and given up (TRUTH.md).
    #expect(bindings.map { $0["refreshes"] as? Int } == [1, 0])
    #expect(bindings.map { $0["ended_by"] as? String } == ["user", "user"])
    for registration in registrations {
      let isEnd = registration["kind"] as? String == "de_registration"
      #expect(registration["de_registered_by"] as? String == (isEnd ? "user" : nil))
    }
  }

  // MARK: - Figures

  /// The truth of the recording (TRUTH.md): 200 registrations, 100 calls of which 70 answered, 10 busy, 10 declined and 10
  /// cancelled, 50 de-registrations.
  @Test("each figure counts an attempt once, whole and by interval and node", .needsSharedCaptures) func load() throws {
    let whole = try report(["--interval", "5", SharedCaptures.file("realcore/13_load.pcap").path])
    let figures = try #require(whole["statistics"] as? [String: Any])
    let e425 = try #require(figures["e425"] as? [String: Any])
    #expect(e425["asr_percent"] as? Double == 70)
    let byDevice = try objects((figures["registrations"] as? [String: Any])?["by_device"])
    #expect(byDevice.reduce(0) { $0 + ($1["accepted"] as? Int ?? 0) } == 250)
    let series = try #require(figures["series"] as? [String: Any])
    #expect(series["interval_ms"] as? Double == 5000)
    let points = try objects(series["points"])
    func sum(_ key: String) -> Int { points.reduce(0) { $0 + ($1[key] as? Int ?? 0) } }
    #expect(sum("registrations") == 250)
    #expect(sum("registrations_accepted") == 250)
    #expect(sum("calls") == 100)
    #expect(sum("calls_answered") == 70)
    #expect(points.last?["calls_open"] as? Int == 0)
    #expect(points.last?["registrations_open"] as? Int == 150)
    // The node that is asked by the UEs is sent each registration once, challenged or not.
    let nodes = try objects(figures["nodes"])
    let proxy = try #require(nodes.first { ($0["roles"] as? [String])?.contains("P-CSCF") ?? false })
    let registrations = try #require(proxy["registrations"] as? [String: Any])
    #expect(registrations["attempts"] as? Int == 250)
    #expect(registrations["successes"] as? Int == 250)
    // Counted by the HSS: what all of Diameter counts.
    let hss = try #require(nodes.first { ($0["roles"] as? [String]) == ["HSS"] })
    for command in try objects(figures["diameter"]) {
      let own = try objects(hss["diameter"]).first { $0["command"] as? String == command["command"] as? String }
      #expect(own?["attempts"] as? Int == command["attempts"] as? Int)
    }
  }
}
