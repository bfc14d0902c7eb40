import CaptureFacts
import MediaStreams
import Testing

@testable import Reports
@testable import SubscriberTimelines

/// Media beside the messages of a call.
@Suite struct LadderMediaTests {
  private let sample = SampleRun()

  /// PCMA from the caller to a relay that speaks no SIP, from second 4.1 to 7.9, one packet of a hundred lost, and back.
  private func media() throws -> [MediaStream] {
    try [("10.46.1.1:4000", "10.46.0.14:30000", 2), ("10.46.0.14:30000", "10.46.1.1:4000", 20)].map { from, to, lost in
      var observed = ObservedMediaStream(
        kind: .rtp, evidence: .description, source: try endpoint(from), destination: try endpoint(to),
        synchronizationSource: 1, start: sample.time(4_100), end: sample.time(7_900),
        firstFrame: FrameReference(number: 100), lastFrame: FrameReference(number: 289),
        largestGapFrame: FrameReference(number: 100))
      observed.expected = 200
      observed.lost = UInt64(lost)
      observed.packets = 200 - UInt64(lost)
      observed.meanJitter = 2_125_000
      observed.formats = [
        ObservedMediaFormat(
          format: PayloadFormat(payloadType: 8, codec: .pcma, clockRate: 8000), packets: 190,
          firstFrame: FrameReference(number: 100))
      ]
      return MediaStream(from: from, to: to, mediaType: "audio", codec: "PCMA/8000", observed: observed)
    }
  }

  private func endpoint(_ text: String) throws -> Endpoint {
    let parts = text.split(separator: ":")
    return Endpoint(address: try #require(IPAddress(String(parts[0]))), port: try #require(UInt16(parts[1])))
  }

  private func text(_ style: TerminalStyle = TerminalStyle()) throws -> [String] {
    var call = sample.call()
    call.media = try media()
    let file = try WrittenFile()
    var report = ShowReport(query: "call-0000000000000", output: try file.output, format: .text(style))
    try sample.run([.call(call)], into: &report)
    return try file.text.split(separator: "\n").map(String.init)
  }

  @Test("two lines for each stream at their times, and a double lifeline where it arrives") func bars() throws {
    let lines = try text()
    let first = try #require(lines.firstIndex { $0.hasPrefix("1.1000") })
    #expect(lines[first].contains("\u{2550} PCMA \u{2550}") || lines[first].contains("\u{2550}PCMA\u{2550}"))
    #expect(lines[first].contains("\u{25b6}") && lines[first].hasSuffix(" 100"))
    // 200 OK of the INVITE before, BYE behind.
    #expect(lines[..<first].contains { $0.contains("200 OK") })
    let last = try #require(lines.lastIndex { $0.hasPrefix("4.9000") })
    #expect(lines[last].contains("10 % lost") && lines[last].hasSuffix(" 289"))
    #expect(lines[last...].contains { $0.contains("BYE") })
    #expect(lines.contains { $0.contains("+3.800 s") })
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.contains { $0.contains("media") && !$0.contains("stream") }, "the relay has a column")
    let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(
      words.contains(
        "stream 10.46.1.1:4000 -> 10.46.0.14:30000: PCMA, from 1.100 s to 4.900 s, 198 packets, 2 of 200 lost (1.00 %)")
    )
  }

  @Test("without box characters") func plain() throws {
    let lines = try text(TerminalStyle(drawsBoxes: false))
    #expect(lines.joined().utf8.allSatisfy { $0 < 0x80 })
    #expect(lines.contains { $0.contains("=PCMA=") || $0.contains("= PCMA =") })
  }

  @Test("in a drawing and in a diagram") func drawings() throws {
    var call = sample.call()
    call.media = try media()
    let ladder = Ladder(
      call.events, media: call.media, start: call.start, nodes: sample.timelines.nodes,
      frames: FrameText(CaptureSummary(files: [])))
    #expect(ladder.columns.map(\.heading).contains("media"))
    #expect(ladder.bars.map(\.tone) == [.caution, .bad])
    let drawing = LadderVector(ladder, title: "call", subtitle: "").text()
    #expect(drawing.components(separatedBy: "class=\"m ").count == 5)
    #expect(drawing.components(separatedBy: "class=\"v ").count == 3)
    #expect(drawing.contains("PCMA: 1.00 % lost, jitter 2.125 ms"))
    let diagram = LadderMermaid.text(ladder, title: "call")
    #expect(diagram.contains("-)n") && diagram.contains("4.9000 last PCMA: 10 #37; lost"))
  }

  @Test("the end of a stream is the node of its leg where several have the address") func sharedAddress() throws {
    var call = sample.call()
    call.media = try media()
    call.events += [
      sample.event(8_060, 16, sample.interrogating, sample.serving, .request(.bye))
    ]
    let ends = MediaEnds(call.events, nodes: sample.timelines.nodes)
    let observed = try #require(call.media[0].observed)
    #expect(ends.ends(of: call.media[0], observed) == ("10.46.1.1:5060", "10.46.0.14"))
  }

  @Test("shares as people read them") func percent() {
    #expect(MediaText.percent(0.01) == "1.00 %")
    #expect(MediaText.percent(0.0004) == "0.04 %")
    #expect(MediaText.percent(0.125) == "13 %")
    #expect(MediaText.percent(1.5) == "100 %")
  }
}
