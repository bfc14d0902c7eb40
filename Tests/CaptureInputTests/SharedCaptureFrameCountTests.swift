import CaptureFacts
import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// The frame counts of the shared captures are those that tshark 4.0.17 reports (INDEX.tsv).
@Suite(.needsSharedCaptures)
struct SharedCaptureFrameCountTests {
  /// Files that tshark refuses from the start on, and why we read them nevertheless.
  static let readFurther: [String: UInt64] = [
    // Link types 281 and 284 are not known to tshark; the frames can be read all the same.
    "formats/the-tcpdump-group-libpcap__brcm-tag.pcap": 15,
    "formats/the-tcpdump-group-libpcap__dsa.pcap": 8,
  ]

  /// Files whose first header cannot be read: neither tshark nor libpcap opens them.
  static let refused: Set<String> = [
    "formats/the-tcpdump-group-libpcap__pcap-invalid-version-1.pcap",
    "formats/the-tcpdump-group-libpcap__pcapng-invalid-vers-1.pcapng",
    "formats/the-tcpdump-group-libpcap__shb-option-too-long.pcapng",
  ]

  /// Files of which a part is read, with a warning.
  static let damaged: Set<String> = [
    "formats/aboutsip-pkts__cool.pcap",
    "formats/google-gopacket__test901.pcapng",
    "formats/google-gopacket__test901-2.pcapng",
    "formats/secdev-scapy__bad_rsn_parsing_overrides_ssid.pcap",
  ]

  static let index: [(file: String, frames: UInt64)] = {
    let text = (try? String(contentsOf: SharedCaptures.file("INDEX.tsv"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count > 4, let frames = UInt64(columns[4]) else { return nil }
      return (String(columns[0]), frames)
    }
  }()

  @Test("every capture gives the frames that tshark gives")
  func framesAsTshark() throws {
    #expect(Self.index.count > 200)
    for (file, frames) in Self.index {
      let path = SharedCaptures.file(file).path
      if Self.refused.contains(file) {
        #expect(throws: CaptureInputFailure.self, "\(file)") { _ = try MergedCapture([path]) }
        continue
      }
      var capture = try MergedCapture([path])
      while capture.advance() {}
      let expected = Self.readFurther[file] ?? frames
      let warnings = capture.warnings
      let isDamaged = capture.anomalies.count(of: .fileDamaged) == 1
      #expect(capture.frameCount == expected, "\(file)")
      #expect(warnings.isEmpty != Self.damaged.contains(file), "\(file): \(warnings)")
      #expect(isDamaged == Self.damaged.contains(file), "\(file)")
    }
  }
}
