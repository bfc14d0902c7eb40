import CaptureFacts
import Foundation
import PacketLayers
import SharedCaptures
import StreamReassembly
import Testing

@testable import CaptureAnalysis
@testable import SampleTraffic

/// Every form of an association gives its messages, each in the frame in which tshark shows it, too.
struct AssociationVariantTests {
  /// A message and the frame that completed it.
  struct Sight: Hashable, Comparable, CustomStringConvertible {
    let frame: Int
    /// The hop-by-hop identifier of Diameter, the Call-ID of SIP.
    let identifier: String

    var description: String { "\(identifier) in \(frame)" }

    static func < (left: Sight, right: Sight) -> Bool {
      (left.frame, left.identifier) < (right.frame, right.identifier)
    }
  }

  private static let tshark = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private static func sights(of capture: [UInt8], verifiesChecksums: Bool = false) -> (
    sights: [Sight], messages: RecordedMessages
  ) {
    var harness = StreamHarness(verifiesChecksums: verifiesChecksums)
    for record in ClassicCapture.records(of: capture) {
      let bytes = capture[record].dropFirst(16)
      harness.frame(Array(bytes))
    }
    harness.finish()
    let recorded = harness.streams.messages
    let sights = zip(recorded.bytes, recorded.placements).map { bytes, placement in
      Sight(frame: Int(placement.frame.number), identifier: identifier(bytes))
    }
    return (sights.sorted(), recorded)
  }

  private static func identifier(_ message: [UInt8]) -> String {
    if message.first == 1 {
      return "0x" + message[12..<16].map { String($0, radix: 16).leftPadded(to: 2) }.joined()
    }
    let text = String(decoding: message, as: UTF8.self)
    return text.split(separator: "\r\n").first { $0.hasPrefix("Call-ID: ") }.map { String($0.dropFirst(9)) } ?? ""
  }

  private static func tsharkSights(of capture: [UInt8]) throws -> [Sight] {
    let folder = try TemporaryFolder()
    let file = try folder.write(capture, as: "association.pcap")
    let run = try BuiltCommand.shell(
      "\(tshark ?? "tshark") -n -r '\(file.path)' -o sctp.reassembly:TRUE -o sctp.checksum:CRC-32C -o gui.max_tree_depth:100000 "
        + "-T fields "
        + "-e frame.number -e diameter.hopbyhopid -e sip.Call-ID -E occurrence=a -E aggregator=,")
    return run.text.split(separator: "\n").flatMap { line -> [Sight] in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      let identifiers = columns.dropFirst().flatMap { $0.split(separator: ",") }
      return identifiers.map { Sight(frame: Int(columns[0]) ?? 0, identifier: String($0)) }
    }.sorted()
  }

  @Test("the messages are there", arguments: AssociationVariant.all)
  func messages(_ variant: AssociationVariant) {
    var script = SCTPScript()
    variant.play(&script)
    let (sights, recorded) = Self.sights(of: script.bytes)
    #expect(sights.count == variant.count)
    #expect(Set(sights).count == variant.count)
    #expect(recorded.health.count == 1, "one association")
    #expect(recorded.anomalies.count(of: .chunkMalformed) == 0)
  }

  @Test(
    "tshark reads the same in the same frames",
    .enabled(if: tshark != nil, "tshark is not installed"), arguments: AssociationVariant.all)
  func peer(_ variant: AssociationVariant) throws {
    var script = SCTPScript()
    variant.play(&script)
    let theirs = try Self.tsharkSights(of: script.bytes)
    let ours = Self.sights(of: script.bytes).sights
    if variant.exemption == nil {
      #expect(theirs == ours)
    } else {
      // What it does read, agrees; and it reads less, or there is nothing to exempt.
      #expect(Set(theirs).isStrictSubset(of: ours))
    }
  }

  @Test("a wrong CRC32c is counted and its packet left out where that is asked for, and is of no account otherwise")
  func checksum() {
    var script = SCTPScript()
    script.handshake()
    script.send(.client, SCTPScript.data(1000, PeerMessages.watchdogRequest(1)))
    script.send(.client, isDamaged: true, SCTPScript.data(1001, PeerMessages.watchdogRequest(2)))
    script.send(.client, SCTPScript.data(1002, PeerMessages.watchdogRequest(3)))
    #expect(Self.sights(of: script.bytes).sights.count == 3)
    let checked = Self.sights(of: script.bytes, verifiesChecksums: true)
    #expect(checked.sights.map(\.identifier) == ["0x00000001", "0x00000003"])
    #expect(checked.messages.anomalies.count(of: .checksumWrong) == 1)
    #expect(checked.messages.anomalies.amount(of: .transmissionsMissing) == 1)
  }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
