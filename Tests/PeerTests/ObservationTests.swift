import Foundation
import SharedCaptures
import Testing

/// Every SIP and every Diameter message that tshark reads is read, and no other, in every capture there is.
@Suite(.needsSharedCaptures, .needsTshark)
struct ObservationTests {
  private static let captures = ["realcore", "ims", "sip", "diameter", "sctp", "formats"].flatMap { folder in
    SharedCaptures.files(in: folder, endingIn: [".pcap", ".pcapng", ".cap", ".gz"]).map {
      folder + "/" + $0.lastPathComponent
    }
  }

  /// Made to be refused: a version that does not exist, a first block whose two lengths disagree.
  private static let refused: Set = [
    "formats/the-tcpdump-group-libpcap__pcap-invalid-version-1.pcap",
    "formats/the-tcpdump-group-libpcap__pcapng-invalid-vers-1.pcapng",
    "formats/the-tcpdump-group-libpcap__shb-option-too-long.pcapng",
  ]

  @Test("What is no capture is refused", arguments: refused.sorted())
  func refusal(_ name: String) {
    #expect(throws: (any Error).self) { try CoverageReport.analysing(SharedCaptures.file(name)) }
  }

  @Test("As many messages as tshark sees", arguments: captures.filter { !refused.contains($0) })
  func observations(_ name: String) throws {
    let file = SharedCaptures.file(name)
    // What ICMP quotes is no message. tshark opens ESP by its heuristic, and with the keys that the UE wrote down.
    let frames = try Tshark.fields(
      ["sip.Request-Line", "sip.Status-Line", "diameter.cmd.code"], of: file,
      filter: "(sip or diameter) and not icmp and not icmpv6",
      arguments: try AnnouncedPorts.arguments(for: name) + RecordedAssociation.arguments(besideCapture: file))
    let sip = frames.reduce(0) { $0 + $1[0].count + $1[1].count }
    let diameter = frames.reduce(0) { $0 + $1[2].count }
    let coverage = try CoverageReport.analysing(file)
    let ours = (sip: Int(coverage.sipObservations), diameter: Int(coverage.diameterObservations))
    #expect(ours == (sip: sip, diameter: diameter))
  }
}
