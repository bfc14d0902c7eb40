import Foundation
import SharedCaptures
import Testing

/// The packets of records, read by tshark.
@Suite(.needsTshark) struct ExportPacketTests {
  private let scratch: TemporaryFolder
  private var written: URL { scratch.url.appending(path: "written.pcapng") }

  init() throws {
    scratch = try TemporaryFolder()
  }

  private static func sample(_ name: String) -> URL {
    SharedCaptures.packageDirectory.appending(path: "SampleCaptures/" + name)
  }

  private func export(_ arguments: [String], of capture: URL) throws -> BuiltCommand.Ending {
    try BuiltCommand.run(["export", "--pcap", written.path] + arguments + [capture.path])
  }

  private func records(_ table: String, of capture: URL) throws -> [[String: Any]] {
    let document = try JSONSerialization.jsonObject(
      with: try BuiltCommand.run([table, "--format", "json", capture.path]).output)
    return try #require((document as? [String: Any])?[table] as? [[String: Any]])
  }

  /// What tshark reads of each frame: when it was captured, its bytes as their checksum, what is in it.
  private func frames(_ capture: URL, _ filter: String = "frame") throws -> [String] {
    try Tshark.fields(
      [
        "frame.time_epoch", "frame.len", "frame.md5_hash", "sip.Method", "sip.Status-Code", "diameter.cmd.code",
        "diameter.hopbyhopid", "rtp.ssrc", "rtp.seq",
      ], of: capture, filter: filter, arguments: ["-o", "frame.generate_md5_hash:TRUE"]
    ).map { $0.map { $0.joined(separator: ",") }.joined(separator: " ") }
  }

  @Test("of a call, all legs, Cx and media are there as tshark reads them in the whole capture, and nothing else")
  func call() throws {
    let capture = ExportPacketTests.sample("generated_answered_call.pcap")
    let call = try #require(try records("calls", of: capture).first)
    let id = try #require(call["id"] as? String)
    let ending = try export(["--record", String(id.prefix(13))], of: capture)
    #expect(ending.status == 0 && ending.errors.isEmpty && ending.output.isEmpty)
    let numbers = try #require(call["frames"] as? [Int]).map(String.init).joined(separator: ",")
    let expected = try frames(capture, "frame.number in {\(numbers)} or rtp or rtcp")
    #expect(expected.count > 60)
    #expect(try frames(written) == expected)
    // Independently of the frames that the record names: the dialogs, by their Call-ID.
    let identifiers = Set(try #require(call["legs"] as? [[String: Any]]).compactMap { $0["call_id"] as? String })
    let filter = identifiers.map { "sip.Call-ID == \"\($0)\"" }.joined(separator: " or ")
    #expect(try frames(written, filter) == (try frames(capture, filter)))
    #expect(try frames(written, "rtp").count == 40)
  }

  @Test(
    "messages of several segments or chunks are whole", .needsSharedCaptures,
    arguments: ["08_tcp.pcap", "17_cx_sctp.pcap", "10_hss_timeout.pcap"])
  func segments(_ name: String) throws {
    let capture = SharedCaptures.file("realcore/" + name)
    for record in try records("registrations", of: capture).prefix(3) {
      let id = try #require(record["id"] as? String)
      #expect(try export(["--record", id], of: capture).status == 0)
      let identifiers = Set(try #require(record["legs"] as? [[String: Any]]).compactMap { $0["call_id"] as? String })
      #expect(!identifiers.isEmpty)
      let messages = ["sip.Call-ID", "sip.CSeq", "sip.Status-Code"]
      let filter = identifiers.map { "sip.Call-ID == \"\($0)\"" }.joined(separator: " or ")
      let start = try #require(record["frames"] as? [Int])
      let range = "frame.number >= \(start.min() ?? 0) and frame.number <= \(start.max() ?? 0)"
      let expected = try Tshark.fields(messages, of: capture, filter: "(\(filter)) and \(range)")
      #expect(!expected.isEmpty)
      #expect(try Tshark.fields(messages, of: written, filter: filter) == expected, "\(id)")
      // Cx over TCP and over SCTP.
      let exchanges = try #require(record["diameter"] as? [[String: Any]])
      let requests = try Tshark.fields(
        ["diameter.cmd.code"], of: written, filter: "diameter.flags.request == 1"
      ).flatMap { $0[0] }
      #expect(requests.count == exchanges.count, "\(id)")
    }
  }

  @Test("frames that findings cite say why, and where they come from") func comments() throws {
    let capture = ExportPacketTests.sample("10_hss_timeout.pcap")
    #expect(try export(["-Y", "failed"], of: capture).status == 0)
    let read = try Tshark.fields(["frame.time_epoch", "frame.comment"], of: written, filter: "frame.comment")
    let cited = try Tshark.fields(["frame.time_epoch"], of: capture, filter: "frame.number in {15,17,29}")
    #expect(read.map { $0[0] } == cited.map { $0[0] })
    for (row, number) in zip(read, [15, 17, 29]) {
      #expect(
        row[1] == [
          "reg-3961e40b4a0679c3 hss_not_answering: HSS 10.46.0.13:3868 did not answer UAR within 2.974 s, its answer came after 13.885 s; the UE got 504 (frames 15, 17 and 29).",
          "frame \(number) of \(capture.path)",
        ])
    }
  }

  @Test("a subscriber is all its records and exchanges; without a limit all records are written") func subscriber()
    throws
  {
    let capture = ExportPacketTests.sample("generated_all_cx_commands.pcap")
    #expect(try export([], of: capture).status == 0)
    let all = try frames(written, "diameter or sip")
    // Capabilities exchange and watchdog belong to no record.
    let expected = try frames(capture, "(diameter and not diameter.cmd.code in {257,280,282}) or sip")
    #expect(all == expected)
    // Of the subscriber whose profile the HSS pushes.
    let rows = try records("subscribers", of: capture)
    let row = try #require(
      rows.first { ($0["diameter"] as? [[String: Any]] ?? []).contains { $0["command"] as? String == "PPR" } })
    #expect(try export(["--record", try #require(row["id"] as? String)], of: capture).status == 0)
    let pushes = try frames(written, "diameter.cmd.code == 305")
    #expect(try pushes.count == 2 && pushes == frames(capture, "diameter.cmd.code == 305"))
  }

  @Test("comments and interfaces of the capture are kept") func kept() throws {
    #expect(try export([], of: ExportPacketTests.sample("10_hss_timeout.pcap")).status == 0)
    let first = scratch.url.appending(path: "first.pcapng")
    try FileManager.default.moveItem(at: written, to: first)
    #expect(try export([], of: first).status == 0)
    let comments = try Tshark.fields(["frame.comment"], of: written, filter: "frame.comment")
    #expect(comments.allSatisfy { $0[0].count == 4 } && comments.count == 3)
  }

  @Test("nothing is left of a capture that cannot be written") func failures() throws {
    let capture = ExportPacketTests.sample("10_hss_timeout.pcap")
    let ending = try BuiltCommand.run(["export", "--pcap", "/nowhere/a.pcapng", capture.path])
    #expect(ending.status == 3 && ending.errors.contains("/nowhere/a.pcapng"))
    #expect(try export([], of: URL(filePath: "/nowhere/a.pcap")).status == 2)
    #expect(try export(["--record", "reg-ffff"], of: capture).status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == [])
    let full = try BuiltCommand.run(["export", "--pcap", "/dev/full", capture.path])
    #expect(full.status == 3 && full.errors.contains("/dev/full"))
  }

  @Test("--fail-on ends with status 1, and the packets are there") func failOn() throws {
    #expect(try export(["--fail-on", "error"], of: ExportPacketTests.sample("10_hss_timeout.pcap")).status == 1)
    #expect(try frames(written).count > 30)
  }

  @Test("standard input and standard output") func pipes() throws {
    let capture = ExportPacketTests.sample("10_hss_timeout.pcap")
    #expect(try export(["--record", "reg-3961"], of: capture).status == 0)
    let ending = try BuiltCommand.run(
      ["export", "--pcap", "-", "--record", "reg-3961", "-"], input: Data(contentsOf: capture))
    #expect(ending.status == 0 && ending.errors.isEmpty)
    let piped = scratch.url.appending(path: "piped.pcapng")
    try ending.output.write(to: piped)
    #expect(try frames(piped) == (try frames(written)))
  }
}
