import CaptureFacts
import Foundation
import FrameBuilding
import SharedCaptures
import Testing

/// Each thing that was not seen into is counted, with the first frames that show it.
struct CoverageKindTests {
  private typealias F = FrameBytes

  private static let register = Array(
    """
    REGISTER sip:ims.example SIP/2.0\r
    Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1\r
    From: <sip:a@ims.example>;tag=1\r
    To: <sip:a@ims.example>\r
    Call-ID: one\r
    CSeq: 1 REGISTER\r
    Content-Length: 0\r
    \r

    """.utf8)

  /// A segment from the client to the server, or back.
  private static func segment(_ sequence: Int, _ flags: UInt8, _ data: [UInt8], isBack: Bool = false) -> [UInt8] {
    let ports = isBack ? F.big16(5060) + F.big16(40000) : F.big16(40000) + F.big16(5060)
    let header = ports + F.big32(sequence) + F.big32(0) + [0x50, flags, 0xff, 0xff, 0, 0, 0, 0]
    return F.ethernet(
      0x0800,
      F.ipv4(6, header + data, from: isBack ? F.serverV4 : F.clientV4, to: isBack ? F.clientV4 : F.serverV4))
  }

  private static func datagram(_ data: [UInt8], isBack: Bool = false) -> [UInt8] {
    F.ethernet(
      0x0800,
      F.ipv4(
        17, F.udp(data, from: 5060, to: 5060), from: isBack ? F.serverV4 : F.clientV4,
        to: isBack ? F.clientV4 : F.serverV4))
  }

  private static func file(_ frames: [[UInt8]], linkType: Int = 1, cut: Int? = nil, stepsBack: Bool = false) -> [UInt8]
  {
    var bytes = F.hex("d4c3b2a1 0200 0400 00000000 00000000 00000400") + F.little32(linkType)
    for (place, frame) in frames.enumerated() {
      let kept = Array(frame.prefix(cut ?? frame.count))
      bytes += F.little32(stepsBack ? 1000 - place : 1000) + F.little32(place * 1000)
      bytes += F.little32(kept.count) + F.little32(frame.count) + kept
    }
    return bytes
  }

  /// Two requests, of which the second has an attribute of four bytes, where eight are the least (RFC 6733 section 4.1).
  private static let malformed =
    F.hex("0100002c c000012c 01000000 00000001 00000001 00000107 40000009 61000000 00000108 40000009 61000000")
    + F.hex("01000028 c000012c 01000000 00000002 00000002 00000107 40000009 61000000 00000108 40000004")

  // HTTP/2 as an encoder of HPACK writes it: the connection preface, SETTINGS, and HEADERS with `:method` POST, `:scheme`
  // http, `:authority` and `:path` (RFC 9113 sections 3.4, 6.2 and 6.5).
  private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
  private static let settings = F.hex("000006 04 00 00000000 0003 00000064")
  /// `/npcf-policyauthorization/v1/app-sessions`, in the Huffman code.
  private static let policyRequest = F.hex(
    "00004e0104000000018386419eac92aedcc45e9a8800057a4840002bb33575d454f83d9d573d935c75d75d449d62aac92ad59e8313d0ed4ce7b"
      + "0dec6931ea63b8581d75ac82a1063d48f5f8b1d75d0620d263d4c7441ea")
  /// `/nhss-ims-uecm/v1/authorize`, in plain.
  private static let subscriberRequest = F.hex(
    "00005d0104000000018386412a7063662e3567632e6d6e633030312e6d63633030312e336770706e6574776f726b2e6f72673a3737373744"
      + "1b2f6e6873732d696d732d7565636d2f76312f617574686f72697a655f106170706c69636174696f6e2f6a736f6e")
  /// `/nudm-sdm/v2/imsi-001010000000001/am-data`, in the Huffman code.
  private static let otherRequest = F.hex(
    "00004d0104000000018386419eac92aedcc45e9a8800057a4840002bb33575d454f83d9d573d935c75d75d449c62ab64a564494b1dc4c1a94196"
      + "0002008000000000002c0e95a41a475f8b1d75d0620d263d4c7441ea")
  private static let settingsOfServices = Array(
    "PUT /simservs.ngn.etsi.org/users/sip:a@ims.example/simservs.xml HTTP/1.1\r\nHost: xcap.ims.example\r\n\r\n".utf8)

  private static let rows: [(kind: AnomalyKind, bytes: [UInt8], detail: UInt32)] = [
    (.linkTypeNotDecoded, file([[1, 2, 3]], linkType: 147), 147),
    (.protocolNotDecoded, file([F.ethernet(0x0806, [1, 2, 3])]), 0x0806),
    (.espNotOpened, file([F.ethernet(0x0800, F.ipv4(50, F.hex("00000100 00000001") + [UInt8](1...64)))]), 0),
    (.tlsNotOpened, file([segment(1, 0x18, F.hex("16030102000100") + [UInt8](repeating: 9, count: 600))]), 0),
    (
      .policyAuthorizationNotDecoded, file([segment(1, 0x18, preface + settings), segment(40, 0x18, policyRequest)]), 0
    ),
    (.homeSubscriberServiceNotDecoded, file([segment(1, 0x18, preface + settings + subscriberRequest)]), 0),
    (.serviceBasedHTTPNotDecoded, file([segment(1, 0x18, preface + settings + otherRequest)]), 0),
    (.utNotDecoded, file([segment(1, 0x18, settingsOfServices)]), 0),
    (
      .fragmentsIncomplete,
      file([F.ethernet(0x0800, F.ipv4(17, [UInt8](repeating: 1, count: 16), fragment: 0x2000))]), 0
    ),
    (
      .streamBytesLost,
      file([
        segment(0, 0x02, []), segment(0, 0x12, [], isBack: true), segment(1, 0x18, register),
        segment(1 + register.count + 500, 0x18, register),
      ]), 0
    ),
    (.frameCutBySnapLength, file([datagram(register)], cut: 100), 0),
    (.messageMalformed, file([segment(1, 0x18, malformed)]), 0),
    (.messageTruncated, file([datagram(register)], cut: 200), 0),
    (.streamSidesUnseen, file([segment(1, 0x18, register)]), 0),
    (.streamSidesUnseen, file([datagram(register)]), 0),
    (.clockSteppedBack, file([datagram(register), datagram(register)], stepsBack: true), 0),
    (.headerTruncated, file([F.ethernet(0x0800, [0x45, 0, 0])]), 0),
  ]

  @Test("is counted with its frames", arguments: rows.indices)
  func kinds(_ place: Int) throws {
    let row = Self.rows[place]
    let folder = try TemporaryFolder()
    let report = try CollectedReport.analysing([try folder.write(row.bytes, as: "input.pcap")])
    let line = report.coverage.anomalies.lines.first { $0.key.kind == row.kind && $0.key.detail == row.detail }
    #expect(line?.entry.count == 1, "\(row.kind): \(report.coverage.anomalies.lines.map(\.key))")
    #expect(line?.entry.frames.isEmpty == false)
  }

  @Test("a conversation with both of its sides is none with a side unseen")
  func bothSides() throws {
    let answer = Array(
      String(decoding: Self.register, as: UTF8.self)
        .replacingOccurrences(of: "REGISTER sip:ims.example SIP/2.0", with: "SIP/2.0 200 OK").utf8)
    let folder = try TemporaryFolder()
    let bytes = Self.file([Self.datagram(Self.register), Self.datagram(answer, isBack: true)])
    let report = try CollectedReport.analysing([try folder.write(bytes, as: "input.pcap")])
    #expect(report.coverage.anomalies.count(of: .streamSidesUnseen) == 0)
  }
}
