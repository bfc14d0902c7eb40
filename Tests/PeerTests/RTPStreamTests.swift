import CaptureAnalysis
import CaptureFacts
import Foundation
import Reports
import SampleTraffic
import SharedCaptures
import SubscriberTimelines
import Testing

/// Packets, loss and jitter of every stream of RTP that tshark finds (`-z rtp,streams`), in every capture there is.
@Suite(.needsSharedCaptures, .needsTshark)
struct RTPStreamTests {
  private static let captures = ["realcore", "ims", "sip"].flatMap { folder in
    SharedCaptures.files(in: folder, endingIn: [".pcap", ".pcapng"]).map { folder + "/" + $0.lastPathComponent }
  }

  /// In what a stream differs, and why.
  enum Difference {
    /// Only the mean of the jitter is not compared.
    case mean
    /// Neither mean nor maximum of the jitter.
    case jitter
    /// Nothing but that it is there.
    case all
    /// It is not told.
    case absent
  }

  /// By file and source.
  private static let differences: [(file: String, source: UInt32, difference: Difference, reason: String)] = [
    (
      "sip/Magum23-mtaa-sip__video_call.pcapng", 0xd743_377a, .mean,
      "tshark leaves packets with the marker out of the mean; RFC 3550 section 6.4.1: for each packet received"
    ),
    (
      "sip/Magum23-mtaa-sip__video_call.pcapng", 0x31a7_b3a6, .mean,
      "tshark leaves packets with the marker out of the mean; RFC 3550 section 6.4.1: for each packet received"
    ),
    (
      "sip/ntop-nDPI__FAX-Call-t38-CA-TDM-SIP-FB-1.pcap", 0x17d9_0134, .mean,
      "tshark leaves comfort noise and what follows it out of mean and maximum"
    ),
    (
      "sip/ntop-nDPI__FAX-Call-t38-CA-TDM-SIP-FB-1.pcap", 0x0eaf_0eaf, .all,
      "a pause longer than 20 s, in which UDPTL took its place; what lies between the parts is no loss of RTP"
    ),
    (
      "sip/slytechs-repos-jnetpcap-legacy__test-sip-rtp-g711.pcap", 0x2e3d, .absent,
      "six packets that no description of the capture announced"
    ),
    (
      "media_digits", 0x7a23_1e82, .jitter,
      "tshark counts telephone events, whose timestamps stand still by RFC 4733 section 2.2.1, as jitter of 20 ms"
    ),
    ("media_secured", 0x7a23_1e82, .jitter, "the same, of telephone events in SRTP"),
    ("media_secured_gcm", 0x7a23_1e82, .jitter, "the same, of telephone events in SRTP"),
  ]

  @Test("As many packets, as many lost, the same jitter", arguments: captures)
  func streams(_ name: String) throws {
    let file = SharedCaptures.file(name)
    try compare(file, name)
  }

  @Test(
    "The same of composed media: loss, order, keys, codecs, SRTP",
    arguments: Scenario.all.map(\.name).filter { $0.hasPrefix("media_") })
  func composed(_ name: String) throws {
    let capture = try #require(Scenario.named(name)).play()
    let folder = try TemporaryFolder()
    let file = try folder.write(capture.files[0], as: "media.pcap")
    #expect(try TsharkRTPStream.streams(of: file).count == capture.truth.media.count)
    try compare(file, name)
  }

  private func compare(_ file: URL, _ name: String) throws {
    let theirs = try TsharkRTPStream.streams(of: file)
    guard !theirs.isEmpty else { return }
    let ours = try MediaReport.analysing(file)
    for stream in theirs {
      let known = RTPStreamTests.differences.first { $0.file == name && $0.source == stream.source }
      let observed = ours.first { own in
        guard let seen = own.observed else { return false }
        return seen.synchronizationSource == stream.source && own.from == stream.from && own.to == stream.to
      }?.observed
      guard known?.difference != .absent else {
        #expect(observed == nil)
        continue
      }
      let seen = try #require(observed, "\(stream)")
      if known?.difference == .all { continue }
      // A packet that several taps show is one packet, and so it was sent; tshark counts each sight and takes it for a
      // negative loss.
      #expect(seen.packets + UInt64(seen.copies) == stream.packets, "\(stream)")
      guard seen.copies == 0 else { continue }
      #expect(Int64(seen.lost) - Int64(seen.duplicates) == stream.lost, "\(stream)")
      // tshark has no jitter where its own reading of SDP finds no clock rate.
      guard stream.greatestJitter > 0 else { continue }
      if known?.difference == .jitter { continue }
      if known?.difference != .mean {
        #expect(abs(Double(seen.meanJitter ?? 0) / 1_000_000 - stream.meanJitter) < 0.002, "\(stream)")
        #expect(abs(Double(seen.greatestJitter ?? 0) / 1_000_000 - stream.greatestJitter) < 0.002, "\(stream)")
      }
    }
  }

  @Test("The calls of 02_call_answered have the packets that the terminals counted, on both sides of the relay")
  func countsOfTerminals() throws {
    let streams = try MediaReport.analysing(SharedCaptures.file("realcore/02_call_answered.pcap"))
    let packets = streams.compactMap { $0.observed?.packets }.sorted()
    #expect(packets == [76, 76, 76, 76, 77, 77, 77, 77, 201, 201, 202, 202])
    #expect(streams.allSatisfy { $0.observed?.lost == 0 })
  }
}
