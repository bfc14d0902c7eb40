import CaptureFacts
import Foundation
import SharedCaptures
import StreamReassembly
import Testing

/// The bytes of real captures are those that tshark 4.0.17 follows.
@Suite(.needsSharedCaptures, .needsTshark)
struct TCPCaptureTests {
  static let files = [
    "realcore/08_tcp.pcap", "realcore/02_call_answered.pcap", "realcore/07_rereg_dereg.pcap",
    "diameter/ntop-nDPI__diameter.pcap", "sip/aboutsip-pkts__fragmented_tcp_sip.pcap",
    "formats/zeek-zeek__ssh-dups.pcap",
    "formats/seladb-PcapPlusPlus__one_tcp_stream.pcap", "formats/seladb-PcapPlusPlus__four_ipv6_http_streams.pcap",
    "formats/OISF-suricata-verify__tcp-overlap2.pcap", "formats/aboutsip-pkts__base_usage_3_streams.pcap",
    "formats/aboutsip-pkts__spurious_retransmit.pcap",
  ]

  @Test("The bytes of each direction between two ends", arguments: files)
  func bytes(path: String) throws {
    let file = SharedCaptures.file(path)
    let numbers = Set(try Tshark.lines(["-n", "-r", file.path, "-T", "fields", "-e", "tcp.stream"]))
      .compactMap { Int($0) }
    let lines = try Tshark.lines(
      ["-n", "-q", "-r", file.path] + numbers.sorted().flatMap { ["-z", "follow,tcp,raw,\($0)"] })
    var expected: [String: String] = [:]
    var ends = ["", ""]
    for line in lines {
      if line.hasPrefix("Node ") {
        let end = String(line.dropFirst("Node 0: ".count))
        ends[line.hasPrefix("Node 0") ? 0 : 1] = end
      } else if line.allSatisfy({ $0.isHexDigit || $0 == "\t" }) {
        let isBack = line.hasPrefix("\t")
        let key = isBack ? "\(ends[1]) \(ends[0])" : "\(ends[0]) \(ends[1])"
        expected[key, default: ""] += line.drop { $0 == "\t" }
      }
    }
    let streams = try CapturedStreams(file)
    var found: [String: String] = [:]
    for chunk in streams.consumer.chunks where chunk.payloadProtocol == nil {
      found["\(chunk.flow.source) \(chunk.flow.destination)", default: ""] += chunk.bytes.map {
        String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
      }.joined()
    }
    #expect(!found.isEmpty)
    for (key, bytes) in expected {
      #expect(found[key] == bytes, "\(key): \(found[key]?.count ?? 0) against \(bytes.count)")
    }
    #expect(found.count == expected.count)
  }
}
