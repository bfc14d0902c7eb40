import CaptureFacts
import Foundation
import FrameBuilding
import Reports
import SharedCaptures
import SubscriberTimelines
import Testing

@testable import CaptureAnalysis

/// What a capture says beside its packets reaches the report.
struct CaptureNotesTests {
  private typealias F = FrameBytes

  private static func sip(_ start: String, callID: String, branch: String, tag: String, to: String = "") -> [UInt8] {
    Array(
      """
      \(start)\r
      Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK\(branch)\r
      From: <sip:a@ims.example>;tag=\(tag)\r
      To: <sip:b@ims.example>\(to)\r
      Call-ID: \(callID)\r
      CSeq: 1 INVITE\r
      Content-Length: 0\r
      \r

      """.utf8)
  }

  /// One section with an interface, comments on its frames, names, secrets and drops.
  private static func pcapng(_ frames: [(bytes: [UInt8], comment: String?)]) -> [UInt8] {
    func block(_ type: Int, _ body: [UInt8]) -> [UInt8] {
      let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
      return F.little32(type) + F.little32(padded.count + 12) + padded + F.little32(padded.count + 12)
    }
    func option(_ code: UInt8, _ value: [UInt8]) -> [UInt8] {
      [code, 0, UInt8(value.count & 255), UInt8(value.count >> 8)] + value
        + [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    }
    var file = F.hex("0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000")
    file += block(1, F.hex("01000000 00000000") + option(2, Array("eth7".utf8)) + option(0, []))
    file += block(
      4, [1, 0, 17, 0, 10, 0, 0, 9] + Array("as.ims.example\0\0".utf8).prefix(13) + [0, 0, 0] + F.hex("00000000"))
    file += block(10, F.hex("4b534c54 02000000 abcd0000"))
    for (place, frame) in frames.enumerated() {
      var body = F.little32(0) + F.little32(0) + F.little32(1000 * (place + 1))
      body += F.little32(frame.bytes.count) + F.little32(frame.bytes.count) + frame.bytes
      body += [UInt8](repeating: 0, count: (4 - frame.bytes.count % 4) % 4)
      if let comment = frame.comment { body += option(1, Array(comment.utf8)) + option(0, []) }
      file += block(6, body)
    }
    file += block(5, F.hex("00000000 00000000 00000000") + option(5, [3, 0, 0, 0, 0, 0, 0, 0]) + option(0, []))
    return file
  }

  private static func frame(_ message: [UInt8], from: UInt8, to: UInt8) -> [UInt8] {
    F.ethernet(0x0800, F.ipv4(17, F.udp(message, from: 5060, to: 5060), from: [10, 0, 0, from], to: [10, 0, 0, to]))
  }

  @Test("comments in show, names of nodes, secrets and drops counted")
  func notes() throws {
    let invite = Self.sip("INVITE sip:b@ims.example SIP/2.0", callID: "c1", branch: "1", tag: "x")
    let busy = Self.sip("SIP/2.0 486 Busy Here", callID: "c1", branch: "1", tag: "x", to: ";tag=y")
    let folder = try TemporaryFolder()
    let file = try folder.write(
      Self.pcapng([
        (Self.frame(invite, from: 1, to: 9), "the first try"), (Self.frame(busy, from: 9, to: 1), nil),
        ([0], "beside it"),
      ]), as: "notes.pcapng")
    let report = try CollectedReport.analysing([file])
    let capture = try #require(report.summary?.capture)
    #expect(capture.files[0].commentedFrames == 2)
    #expect(capture.files[0].names == 1)
    #expect(capture.files[0].decryptionSecrets == 1)
    #expect(capture.stations.map(\.interface) == ["eth7"])
    #expect(report.coverage.commentedFrames == 2)
    #expect(report.coverage.anomalies.amount(of: .packetsDroppedByInterface) == 3)
    #expect(report.nodes.first { $0.id == "10.0.0.9:5060" }?.hostNames == ["as.ims.exampl"])
    let call = try #require(report.calls.first)
    for format in [ShowReport.Format.json, .text(TerminalStyle.detect(.never, toFile: true))] {
      let output = folder.url.appending(path: "show")
      var show = ShowReport(
        query: call.id.description, output: try ReportOutput(path: output.path, whenComplete: false), format: format)
      var analysis = CaptureAnalysis(AnalysisOptions(inputs: [file.path]))
      try analysis.run(into: &show)
      let text = try String(contentsOf: output, encoding: .utf8)
      #expect(text.contains("the first try"))
      #expect(!text.contains("beside it"))
    }
    var options = AnalysisOptions(inputs: [file.path])
    options.usesCapturedNames = false
    var plain = CollectedReport()
    var analysis = CaptureAnalysis(options)
    try analysis.run(into: &plain)
    #expect(plain.nodes.allSatisfy { $0.hostNames.isEmpty })
  }

  @Test("comments are bounded in number and length, and found by frame")
  func commentBounds() {
    var comments = FrameComments()
    let long = String(repeating: "€", count: 2000)
    #expect(comments.note([long], of: FrameReference(number: 1)) == 0)
    var left = 0
    for number in 2..<6000 as Range<UInt64> { left += comments.note(["a"], of: FrameReference(number: number)) }
    #expect(left == 5999 - FrameComments.keptComments)
    let found = comments.comments(of: [1, 7, 5999].map { FrameReference(number: $0) })
    #expect(found.map(\.frame.number) == [1, 7])
    #expect((found.first?.text.utf8.count ?? 0) <= FrameComments.keptBytes)
  }

  private static func hep(_ message: [UInt8], from: UInt8, to: UInt8, at millisecond: Int, _ correlation: String?)
    -> [UInt8]
  {
    var chunks = [
      F.hepChunk(1, [2]), F.hepChunk(2, [17]), F.hepChunk(3, [10, 0, 0, from]), F.hepChunk(4, [10, 0, 0, to]),
      F.hepChunk(7, F.big16(5060)), F.hepChunk(8, F.big16(5060)), F.hepChunk(9, F.big32(1_800_000_000)),
      F.hepChunk(10, F.big32(millisecond * 1000)), F.hepChunk(11, [1]),
    ]
    if let correlation { chunks.append(F.hepChunk(17, Array(correlation.utf8))) }
    return F.ethernet(0x0800, F.outerUDP(F.hepVersionThree(chunks + [F.hepChunk(15, message)]), to: 9060))
  }

  @Test("the correlation identifier of HEP joins the two sides of a back-to-back user agent", arguments: [true, false])
  func correlation(isGiven: Bool) throws {
    let first = Self.sip("INVITE sip:b@ims.example SIP/2.0", callID: "left", branch: "1", tag: "x")
    let second = Self.sip("INVITE sip:b@ims.example SIP/2.0", callID: "right", branch: "2", tag: "z")
    let other = Self.sip("INVITE sip:b@ims.example SIP/2.0", callID: "stranger", branch: "3", tag: "q")
    let folder = try TemporaryFolder()
    let file = try folder.write(
      Self.pcapng([
        (Self.hep(first, from: 1, to: 5, at: 0, isGiven ? "session-1" : nil), nil),
        (Self.hep(second, from: 5, to: 2, at: 20, isGiven ? "session-1" : nil), nil),
        // The same identifier from a node that the call never reached.
        (Self.hep(other, from: 7, to: 8, at: 40, isGiven ? "session-1" : nil), nil),
      ]), as: "hep.pcapng")
    let report = try CollectedReport.analysing([file])
    #expect(report.calls.count == 2)
    let call = try #require(report.calls.first)
    // Without it only the users tell.
    guard isGiven else {
      #expect(call.dialogs.map(\.joinedBy) == [.callID, .parties])
      return
    }
    #expect(call.correlationIdentifier == "session-1")
    #expect(call.dialogs.map(\.joinedBy) == [.callID, .captureAgent])
    #expect(call.dialogs.map(\.confidence) == [1, 0.8])
    #expect(report.summary?.capture.points.points.first?.layers.description == "ethernet:ipv4:udp:hep")
  }
}
