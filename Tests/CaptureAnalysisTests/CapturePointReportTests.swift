import CaptureFacts
import Foundation
import SharedCaptures
import Testing

/// A message that several taps show is one message, and the report says which of them showed it.
struct CapturePointReportTests {
  private static let sample = SharedCaptures.packageDirectory.appending(path: "SampleCaptures/01_register_udp.pcap")

  /// Puts the packets of a capture into VLAN 100.
  private static func tagged(_ bytes: [UInt8]) -> [UInt8] {
    ClassicCapture.records(of: bytes).reduce(into: Array(bytes[..<24])) { output, record in
      var head = Array(bytes[record.lowerBound..<record.lowerBound + 16])
      for field in [8, 12] { head[field] += 4 }
      let frame = bytes[(record.lowerBound + 16)..<record.upperBound]
      output += head + frame.prefix(12) + [0x81, 0, 0, 100] + frame.dropFirst(12)
    }
  }

  @Test("two taps, one of them behind a VLAN: the same messages, each seen at both points, in all of its frames")
  func twoTaps() throws {
    let plain = try CollectedReport.analysing([Self.sample])
    let folder = try TemporaryFolder()
    let other = try folder.write(Self.tagged([UInt8](Data(contentsOf: Self.sample))), as: "other.pcap")
    let both = try CollectedReport.analysing([Self.sample, other])
    #expect(both.coverage.sipMessages == plain.coverage.sipMessages)
    #expect(both.coverage.diameterMessages == plain.coverage.diameterMessages)
    let points = try #require(both.summary?.capture.points)
    #expect(points.points.map(\.layers.description) == ["ethernet", "ethernet:vlan"])
    #expect(points.points.map(\.vlanIdentifiers) == [[], [100]])
    #expect(both.registrations.count == plain.registrations.count)
    for (ours, alone) in zip(both.registrations, plain.registrations) {
      let messages = alone.observedAt.entries.map(\.messages)
      #expect(ours.observedAt.entries.map(\.messages) == messages + [0])
      #expect(ours.observedAt.entries.map(\.copies) == [0] + messages)
      #expect(ours.frames.count == 2 * alone.frames.count)
    }
  }
}
