import ByteReading
import CaptureFacts
import CaptureInput
import Foundation
import PacketLayers
import SharedCaptures
import StreamReassembly
import Testing

/// The innermost addresses and ports of every frame of the shared captures are those that tshark 4.0.17 shows.
@Suite(.needsSharedCaptures, .needsTshark)
struct TsharkComparisonTests {
  /// Files that mergecap refuses: damaged on purpose, or of a link type that it does not know.
  static let notMerged = [
    "invalid-vers", "shb-option", "brcm-tag", "__dsa", "pcap-invalid", "__cool", "test901", "bad_rsn", "13_load",
  ]

  static func files(in folder: String) -> [URL] {
    SharedCaptures.files(in: folder, endingIn: [".pcap", ".pcapng", ".cap", ".gz"]).filter { file in
      !notMerged.contains { file.lastPathComponent.contains($0) }
    }
  }

  /// Where we read otherwise: our ends and those of tshark, and why.
  static let differences: [String: String] = [
    " | 2001:db8::1 12345 > 2001:db8::2 54321":
      "libpcap__ipv6_ext_headers: more extension headers than our bound; recorded as nestedTooDeep",
    "192.168.1.100 12345 > 9.9.9.9 53 | ":
      "tcpdump__LINKTYPE_IPV6_invalid: an IPv4 packet under LINKTYPE_IPV6; read by its own version",
    " | 0.0.0.1 > 0.0.0.1":
      "a pseudo-wire that begins as IPv4: a header of 60 bytes, of which less was captured; headerTruncated",
  ]

  /// Decodes a frame, and again what it completes, as long as it completes something.
  static func innermost(
    _ frame: borrowing CapturedFrame, _ decoder: PacketDecoder, _ reassembler: inout FragmentReassembler,
    _ anomalies: inout AnomalyLedger
  ) -> DecodedPacket? {
    var packet = decoder.decode(
      frame.bytes, linkType: frame.linkType, frame: frame.reference, anomalies: &anomalies)
    guard case .fragment = packet?.content else { return packet }
    var bytes = frame.bytes.copied(0..<frame.bytes.byteCount)
    while let fragment = packet, case .fragment(let header) = fragment.content {
      guard
        let datagram = reassembler.add(
          fragment, header: header, payload: bytes.span.bytes.extracting(fragment.payload), time: frame.time,
          frame: frame.reference, anomalies: &anomalies)
      else { break }
      bytes = datagram.bytes
      packet = decoder.decode(
        inner: bytes.span.bytes, ipProtocol: datagram.ipProtocol, outer: fragment, frame: frame.reference,
        anomalies: &anomalies)
    }
    return packet
  }

  @Test("innermost ends", arguments: ["formats", "sip", "diameter", "sctp", "ims", "realcore"])
  func innermostEnds(folder: String) throws {
    let files = Self.files(in: folder)
    let run = try TsharkRun(files)
    defer { try? FileManager.default.removeItem(at: run.merged) }
    var capture = try MergedCapture([run.merged.path])
    let decoder = PacketDecoder()
    var reassembler = FragmentReassembler()
    while capture.advance() {
      let frame = capture.frame
      let index = Int(frame.reference.number) - 1
      guard index < run.lines.count else { break }
      let line = run.lines[index]
      // What an error quotes is a packet to tshark.
      if line.first?.contains(":icmp") == true { continue }
      var anomalies = AnomalyLedger()
      let packet = Self.innermost(frame, decoder, &reassembler, &anomalies)
      // Inside a tunnel there was something that is not IP, or the link type is not decoded: counted, and no packet.
      // tshark shows the ends of the tunnel.
      let notDecoded = anomalies.count(of: .protocolNotDecoded) + anomalies.count(of: .linkTypeNotDecoded)
      if packet == nil, notDecoded == 1 { continue }
      let ours = TsharkRun.ends(packet)
      let theirs = TsharkRun.ends(line)
      if ours != theirs, Self.differences["\(ours) | \(theirs)"] == nil {
        Issue.record(
          """
          \(folder), merged frame \(frame.reference.number): \(packet?.path.description ?? "-") \(ours), \
          tshark \(theirs) \(line[0])
          """
        )
      }
    }
    #expect(Int(capture.frameCount) == run.lines.count)
  }
}
