import Foundation
import SharedCaptures
import Testing

/// `imstrace messages` on the captures of the package.
@Suite struct MessagesCommandTests {
  private typealias Object = [String: Any]

  private static let folder = SharedCaptures.packageDirectory.appending(path: "SampleCaptures")
  private static let captures = [
    "05_unknown_subscriber.pcap", "10_hss_timeout.pcap", "18_aka_resync.pcap", "generated_all_cx_commands.pcap",
    "generated_answered_call.pcap", "generated_many_failures.pcap",
  ]

  private func run(_ arguments: [String], on capture: String) throws -> BuiltCommand.Ending {
    let ending = try BuiltCommand.run(
      ["messages"] + arguments + [MessagesCommandTests.folder.appending(path: capture).path])
    #expect(ending.status == 0 && ending.errors.isEmpty)
    return ending
  }

  private func messages(_ arguments: [String], on capture: String) throws -> [Object] {
    try run(["--format", "ndjson"] + arguments, on: capture).text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? Object)
    }
  }

  private func document(_ arguments: [String], on capture: String) throws -> Object {
    let path = MessagesCommandTests.folder.appending(path: capture).path
    let ending = try BuiltCommand.run(arguments + ["--format", "json", path])
    return try #require(try JSONSerialization.jsonObject(with: ending.output) as? Object)
  }

  @Test("every observation is a line in each form", arguments: captures)
  func everyObservation(_ capture: String) throws {
    let coverage = try #require(try document(["analyze"], on: capture)["coverage"] as? Object)
    let observations =
      try #require(coverage["sip_observations"] as? Int) + #require(coverage["diameter_observations"] as? Int)
    #expect(try messages([], on: capture).count == observations)
    #expect((try document(["messages"], on: capture)["messages"] as? [Any])?.count == observations)
    // A heading each.
    #expect(try run([], on: capture).text.split(separator: "\n").count == observations + 1)
    #expect(try run(["--format", "csv"], on: capture).text.split(separator: "\r\n").count == observations + 1)
  }

  @Test(
    "what is written is valid", .enabled(if: SchemaValidator.isPresent, "python3 with jsonschema is not installed"),
    arguments: captures, ["summary", "headers", "full"])
  func schema(_ capture: String, _ detail: String) throws {
    let lines = try run(["--format", "ndjson", "--detail", detail], on: capture).output
    #expect(try SchemaValidator.errors(in: lines, against: "record") == "")
    let document = try run(["--format", "json", "--detail", detail], on: capture).output
    #expect(try SchemaValidator.errors(in: document, against: "messages") == "")
  }

  @Test("an ndjson line of a REGISTER") func summaryOfRequest() throws {
    let message = try #require(try messages([], on: "10_hss_timeout.pcap").first { $0["frame"] as? Int == 5 })
    #expect(message["type"] as? String == "message")
    #expect(message["file"] as? String == MessagesCommandTests.folder.appending(path: "10_hss_timeout.pcap").path)
    #expect(message["frame_in_file"] as? Int == 5)
    #expect(message["source"] as? String == "10.46.1.5:5060" && message["destination"] as? String == "10.46.0.10:5060")
    #expect(message["layers"] as? [String] == ["ethernet", "ipv4", "udp", "sip"])
    #expect(message["method"] as? String == "REGISTER" && message["cseq"] as? Int == 789)
    #expect(message["from_uri"] as? String == "sip:001010000000005@ims.mnc001.mcc001.3gppnetwork.org")
  }

  @Test("roles are known from the first line of text on") func roles() throws {
    let lines = try run([], on: "10_hss_timeout.pcap").text.split(separator: "\n")
    #expect(lines[1].contains("S-CSCF 10.46.0.12:38270  HSS 10.46.0.13:3868"))
    #expect(lines[3].contains("UE 10.46.1.5:5060        P-CSCF 10.46.0.10:5060   UDP  SIP       REGISTER"))
  }

  @Test("AVPs are nested, and by name") func attributes() throws {
    let answer = try #require(
      try messages(["--detail", "headers"], on: "generated_all_cx_commands.pcap")
        .first { $0["command"] as? String == "MAA" })
    let attributes = try #require(answer["avps"] as? [Object])
    let item = try #require(attributes.first { $0["code"] as? Int == 612 })
    #expect(item["name"] as? String == "SIP-Auth-Data-Item" && item["vendor"] as? String == "3GPP")
    let members = try #require(item["avps"] as? [Object])
    #expect(members.contains { $0["name"] as? String == "SIP-Authentication-Scheme" })
    for code in [610, 625, 626] {
      let member = try #require(members.first { $0["code"] as? Int == code })
      #expect(member["masked"] as? Bool == true && member["value"] == nil && member["octets"] == nil)
    }
  }

  /// What stands in the answers of `18_aka_resync`: the keys of Cx, the digest and AUTS of the UE.
  private func secrets(of capture: String) throws -> (keys: Set<String>, credentials: Set<String>) {
    let all = ["keys", "credentials", "texts"].flatMap { ["--show-secrets", $0] }
    var found = (keys: Set<String>(), credentials: Set<String>())
    func collect(_ attributes: [Object]) {
      for attribute in attributes {
        let octets = attribute["octets"] as? String ?? ""
        switch attribute["code"] as? Int {
        case 625, 626: found.keys.insert(octets)
        case 610: found.credentials.insert(octets)
        default: collect(attribute["avps"] as? [Object] ?? [])
        }
      }
    }
    for message in try messages(["--detail", "full"] + all, on: capture) {
      collect(message["avps"] as? [Object] ?? [])
      for header in message["headers"] as? [Object] ?? [] {
        for value in header["values"] as? [Object] ?? [] {
          let parameters = value["parameters"] as? Object ?? [:]
          for name in ["ck", "ik"] { (parameters[name] as? String).map { _ = found.keys.insert($0) } }
          for name in ["response", "auts"] { (parameters[name] as? String).map { _ = found.credentials.insert($0) } }
        }
      }
    }
    found.keys.remove("")
    found.credentials.remove("")
    return found
  }

  @Test("secrets appear only where they are asked for by name", arguments: ["text", "json", "ndjson"])
  func secretsAreMasked(_ form: String) throws {
    let secrets = try secrets(of: "18_aka_resync.pcap")
    #expect(secrets.keys.count >= 2 && secrets.credentials.count >= 3)
    let arguments = ["--format", form, "--detail", "full"]
    let masked = try run(arguments, on: "18_aka_resync.pcap").text
    #expect(secrets.keys.union(secrets.credentials).allSatisfy { !masked.contains($0) })
    let keys = try run(arguments + ["--show-secrets", "keys"], on: "18_aka_resync.pcap").text
    #expect(secrets.keys.allSatisfy { keys.contains($0) })
    #expect(secrets.credentials.allSatisfy { !keys.contains($0) })
  }

  @Test("-Y asks the message itself") func messageWords() throws {
    let challenges = try messages(["-Y", "status == 401"], on: "18_aka_resync.pcap")
    #expect(!challenges.isEmpty && challenges.allSatisfy { $0["status"] as? Int == 401 })
    let questions = try messages(["-Y", "method == UAR or result == USER_UNKNOWN"], on: "05_unknown_subscriber.pcap")
    #expect(Set(questions.compactMap { $0["command"] as? String }) == ["UAR", "UAA"])
  }

  @Test("-Y asks the record that a message belongs to") func recordWords() throws {
    let records = try #require(
      try document(["registrations"], on: "10_hss_timeout.pcap")["registrations"] as? [Object])
    let failed = try #require(records.first { $0["outcome"] as? String == "rejected" })
    let frames = Set(try #require(failed["frames"] as? [Int]))
    let shown = try messages(["-Y", "failed"], on: "10_hss_timeout.pcap")
    #expect(Set(shown.compactMap { $0["frame"] as? Int }) == frames)
    let answers = try messages(["-Y", "failed and protocol == diameter"], on: "10_hss_timeout.pcap")
    #expect(answers.compactMap { $0["command"] as? String } == ["UAR", "UAA"])
    let rest = try messages(["-Y", "not failed"], on: "10_hss_timeout.pcap")
    #expect(try rest.count + shown.count == messages([], on: "10_hss_timeout.pcap").count)
  }

  @Test("-Y asks who the ends are, from the first message on") func endWords() throws {
    let toHSS = try messages(["-Y", "role == hss and method == DWR"], on: "10_hss_timeout.pcap")
    #expect(toHSS.first?["frame"] as? Int == 1)
    let gm = try messages(["-Y", "interface == Gm"], on: "10_hss_timeout.pcap")
    #expect(gm.first?["frame"] as? Int == 5)
    #expect(
      gm.allSatisfy { ($0["from_roles"] as? [String])?.first == "UE" || ($0["to_roles"] as? [String])?.first == "UE" })
  }

  @Test("standard input is read twice where the filter needs it", arguments: ["failed", "status == 504"])
  func standardInput(_ filter: String) throws {
    let path = MessagesCommandTests.folder.appending(path: "10_hss_timeout.pcap").path
    let direct = try run(["-Y", filter], on: "10_hss_timeout.pcap").text
    let piped = try BuiltCommand.shell("cat '\(path)' | \"$IMSTRACE\" messages -Y '\(filter)' -")
    #expect(piped.text == direct && piped.errors.isEmpty && piped.status == 0)
  }

  @Test("CSV goes with the summary") func valuesOfDetail() throws {
    let path = MessagesCommandTests.folder.appending(path: "10_hss_timeout.pcap").path
    let ending = try BuiltCommand.run(["messages", "--format", "csv", "--detail", "full", path])
    #expect(ending.status == 2 && ending.errors.contains("--detail summary"))
  }
}
