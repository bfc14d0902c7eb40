import CaptureFacts
import Foundation
import SharedCaptures
import StreamReassembly
import Testing

/// The user messages of real captures are those that tshark 4.0.17 shows.
@Suite(.needsSharedCaptures, .needsTshark)
struct SCTPCaptureTests {
  static let files = [
    "sctp/aboutsip-pkts__sctp-addip.cap", "sctp/aboutsip-pkts__sctp-test.cap", "sctp/aboutsip-pkts__sctp-www.cap",
    "sctp/open5gs-open5gs__5g-roaming-hr.pcapng", "sctp/open5gs-open5gs__capture.cap",
    "sctp/open5gs-open5gs__srsenb.pcapng", "sctp/open5gs-open5gs__testregistration.pcapng",
    "diameter/open5gs-open5gs__testattach.pcapng", "diameter/open5gs-open5gs__testsimple.pcapng",
    "diameter/open5gs-open5gs__srsenb.pcapng", "realcore/17_cx_sctp.pcap", "ims/open5gs-open5gs__nonipsec_reg.pcapng",
    "ims/open5gs-open5gs__volte.pcapng",
  ]

  @Test("One message for each TSN that ends one, by PPID", arguments: files)
  func messages(path: String) throws {
    let file = SharedCaptures.file(path)
    let fields = [
      "sctp.verification_tag", "sctp.data_tsn_raw", "sctp.data_payload_proto_id", "sctp.data_e_bit",
    ]
    let lines = try Tshark.lines(
      ["-n", "-r", file.path, "-Y", "sctp.data_tsn_raw and not icmp", "-T", "fields"]
        + fields.flatMap { ["-e", $0] })
    var seen: Set<String> = []
    var expected: [UInt32: Int] = [:]
    for line in lines {
      let values = line.split(separator: "\t").map { $0.split(separator: ",") }
      try #require(values.count == 4)
      for index in values[1].indices where values[3][index] == "1" {
        if seen.insert("\(values[0][0]) \(values[1][index])").inserted {
          expected[UInt32(values[2][index]) ?? 0, default: 0] += 1
        }
      }
    }
    let streams = try CapturedStreams(file)
    var found: [UInt32: Int] = [:]
    for chunk in streams.consumer.chunks {
      if let payloadProtocol = chunk.payloadProtocol { found[payloadProtocol, default: 0] += 1 }
    }
    #expect(!expected.isEmpty)
    #expect(found == expected)
    #expect(streams.consumer.count(of: .chunkMalformed) == 0)
    for health in streams.consumer.health {
      #expect(health.opener.missingChunks == 0 && health.responder.missingChunks == 0)
    }
  }

  @Test("The associations of a capture, and how they ended")
  func associations() throws {
    let health = try CapturedStreams(SharedCaptures.file("realcore/17_cx_sctp.pcap")).consumer.health
    #expect(health.allSatisfy { $0.flow.transport == .sctp && $0.opener.dataChunks + $0.responder.dataChunks > 0 })
    let addip = try CapturedStreams(SharedCaptures.file("sctp/aboutsip-pkts__sctp-addip.cap")).consumer.health
    #expect(addip.count == 1)
  }
}
