import MediaStreams
import SampleTraffic
import SharedCaptures
import SubscriberTimelines
import Testing

/// Of every composed stream of RTP the analysis says what is true.
struct MediaTruthTests {
  private static let names = Scenario.all.map(\.name).filter { $0.hasPrefix("media_") }

  @Test("Packets, loss, order, keys, codec and what the receiver reported", arguments: names)
  func media(_ name: String) throws {
    let capture = try #require(Scenario.named(name)).play()
    #expect(!capture.truth.media.isEmpty)
    let folder = try TemporaryFolder()
    let files = try capture.files.enumerated().map { try folder.write($1, as: "\($0).pcap") }
    let report = try CollectedReport.analysing(files)
    let call = try #require(report.calls.first)
    #expect(call.media.count == capture.truth.media.count)
    for truth in capture.truth.media {
      let medium = try #require(
        call.media.first { $0.observed?.synchronizationSource == truth.synchronizationSource })
      let stream = try #require(medium.observed)
      // Nothing relays these: who receives a stream has asked for it, on the first hop of its description.
      let leg = try #require(medium.leg)
      #expect(report.name(leg.from).hasPrefix("\(stream.destination.address):"))
      #expect(leg.callID == call.dialogs.first?.callID)
      #expect(stream.source.description == truth.source && stream.destination.description == truth.destination)
      #expect(stream.packets == UInt64(truth.packets))
      #expect(stream.lost == UInt64(truth.lost) && Int(stream.longestLoss) == truth.longestLoss)
      #expect(Int(stream.duplicates) == truth.doubled && Int(stream.reordered) == truth.late)
      #expect(Int(stream.telephoneEventCount) == truth.digits)
      #expect(stream.codec.name == truth.codec)
      #expect((stream.kind == .securedRTP) == truth.isSecured)
      #expect(stream.openedPackets == (truth.isSecured ? UInt64(truth.packets) : 0))
      #expect(stream.malformedPackets == 0)
      #expect(stream.reported?.greatestFractionLost == truth.reportedLoss)
      // A score stands where G.113 has the codec, with loss where it has its robustness.
      let scored = truth.lost == 0 ? ["PCMA", "G722", "AMR-WB"] : ["PCMA"]
      #expect((stream.quality != nil) == scored.contains(truth.codec))
    }
  }

  @Test("Sessions of messages are counted, each direction by itself, and belong to their call")
  func messageSession() throws {
    let capture = try #require(Scenario.named("message_session")).play()
    #expect(capture.truth.messageSessions.count == 2)
    let folder = try TemporaryFolder()
    let files = try capture.files.enumerated().map { try folder.write($1, as: "\($0).pcap") }
    let call = try #require(try CollectedReport.analysing(files).calls.first)
    let streams = call.media.compactMap(\.observed)
    #expect(streams.count == 2)
    for truth in capture.truth.messageSessions {
      let stream = try #require(streams.first { $0.source.description == truth.source })
      #expect(stream.destination.description == truth.destination && stream.kind == .messageSession)
      let session = try #require(stream.messageSession)
      #expect(Int(session.chunks) == truth.chunks && Int(session.messages) == truth.messages)
      #expect(Int(stream.octets) == truth.octets && session.abandoned == 0)
      #expect(Int(session.reports) == truth.reports && Int(session.responses) == truth.responses)
      #expect(session.failures.map { Int($0.status) } == truth.failures)
      #expect(session.failures.map(\.count) == truth.failures.map { _ in 1 })
    }
  }

  @Test("Loss in a row and loss altogether are findings; a stream without loss has none")
  func findings() throws {
    let rules = try ["media_loss", "media_pcma"].map { name in
      let capture = try #require(Scenario.named(name)).play()
      let folder = try TemporaryFolder()
      let files = try capture.files.enumerated().map { try folder.write($1, as: "\($0).pcap") }
      return try CollectedReport.analysing(files).findings.map(\.rule)
    }
    #expect(rules == [["media_loss"], []])
  }
}
