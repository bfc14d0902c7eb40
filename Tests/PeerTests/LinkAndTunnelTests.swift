import CaptureAnalysis
import Foundation
import FrameBuilding
import Reports
import SharedCaptures
import Testing

/// The same registration comes out of every link and every tunnel, and tshark sees the same messages in it.
struct LinkAndTunnelTests {
  typealias F = FrameBytes

  /// A way to write the registration.
  struct Form: Sendable, CustomStringConvertible {
    var description: String
    var linkType: UInt32
    /// Makes a frame of a packet, or of a message.
    var wrap: Wrapping
    enum Wrapping: Sendable {
      case packet(@Sendable ([UInt8]) -> [UInt8])
      case message(@Sendable (CapturedMessage) -> [UInt8])
    }
  }

  private static let sample = SharedCaptures.packageDirectory.appending(path: "SampleCaptures/01_register_udp.pcap")
  private static let packets = (try? CapturedPacket.all(of: sample)) ?? []
  private static let messages = CapturedMessage.all(of: packets)

  static let packetForms: [Form] =
    LayerMatrix.links.map { link in
      Form(description: link.description, linkType: link.linkType, wrap: .packet(link.wrap))
    }
    + LayerMatrix.tunnels.map { tunnel in
      Form(description: tunnel.description, linkType: 1, wrap: .packet { LayerMatrix.links[0].wrap(tunnel.wrap($0)) })
    } + [
      Form(
        description: "GTP-U on another port", linkType: 1,
        wrap: .packet { F.ethernet(0x0800, F.outerUDP(LayerMatrix.gtpU(0x30, [], $0), to: 21_520)) }),
      Form(
        description: "IPv6 with hop-by-hop options, routing, destination options", linkType: 1,
        wrap: .packet {
          let headers = F.hex("2b 00 05020000 0100") + F.hex("3c 00 0104 00000000") + F.hex("04 00 0104 00000000")
          return F.ethernet(0x86dd, F.ipv6(0, headers + $0))
        }),
      Form(
        description: "GTP-U in a VLAN in VXLAN", linkType: 1,
        wrap: .packet {
          let tunnelled = F.outerUDP(LayerMatrix.gtpU(0x30, [], $0), to: 2152)
          let tagged = F.ethernet(0x8100, F.big16(100) + F.big16(0x0800) + tunnelled)
          return F.ethernet(0x0800, F.outerUDP(F.hex("08000000 00000100") + tagged, to: 4789))
        }),
    ]

  static let messageForms: [Form] = [
    Form(
      description: "exported PDU with tags", linkType: 252,
      wrap: .message { message in
        F.tag(12, Array((message.isSIP ? "sip" : "diameter").utf8)) + F.tag(20, message.source)
          + F.tag(21, message.destination) + F.tag(24, F.big32(message.transport == 6 ? 2 : 3))
          + F.tag(25, F.big32(message.sourcePort)) + F.tag(26, F.big32(message.destinationPort)) + F.tag(0, [])
          + message.bytes
      }),
    Form(
      description: "HEP version 2", linkType: 1,
      wrap: .message { message in
        let header: [UInt8] = [2, 28, 2, message.transport]
        let bytes =
          header + F.big16(message.sourcePort) + F.big16(message.destinationPort) + message.source
          + message.destination + F.little32(message.time.seconds) + F.little32(message.time.microseconds)
          + [1, 0, 0, 0] + message.bytes
        return F.ethernet(0x0800, F.outerUDP(bytes, to: 9060))
      }),
    Form(
      description: "HEP version 3", linkType: 1,
      wrap: .message { message in
        let bytes = F.hepVersionThree([
          F.hepChunk(1, [2]), F.hepChunk(2, [message.transport]), F.hepChunk(3, message.source),
          F.hepChunk(4, message.destination), F.hepChunk(7, F.big16(message.sourcePort)),
          F.hepChunk(8, F.big16(message.destinationPort)), F.hepChunk(9, F.big32(message.time.seconds)),
          F.hepChunk(10, F.big32(message.time.microseconds)), F.hepChunk(11, [message.isSIP ? 1 : 56]),
          F.hepChunk(12, F.big32(2001)), F.hepChunk(15, message.bytes),
        ])
        return F.ethernet(0x0800, F.outerUDP(bytes, to: 9060))
      }),
  ]

  /// What tshark 4.0.17 does not read, and why.
  private static let exempt: [String: String] = [
    "802.3 with SNAP": "a frame of the sample is longer than a length of IEEE 802.3 can say",
    "NFLOG big-endian": "tshark takes the byte order for that of the machine",
    "IPv6 extension headers": "tshark ends at a mobility header, behind which RFC 6275 has nothing yet",
    "HEP version 2": "tshark has no dissector for HEP",
    "HEP version 3": "tshark has no dissector for HEP",
  ]

  /// What tshark must be told of.
  private static let hints = ["udp.port==21520,gtp", "mpls.label==48,pwethnocw", "mpls.label==64,pwethcw"]

  private static func write(_ form: Form, to folder: URL) throws -> URL {
    let frames =
      switch form.wrap {
      case .packet(let wrap): packets.map { (time: $0.time, bytes: wrap($0.packet)) }
      case .message(let wrap): messages.map { (time: $0.time, bytes: wrap($0)) }
      }
    let file = folder.appending(path: "form.pcap")
    try CapturedPacket.file(frames, linkType: form.linkType).write(to: file)
    return file
  }

  /// The sections of the report that tell of the network, as far as the form may not change them: not the points, and
  /// for forms of whole messages not the frames.
  private static func report(of file: URL, in folder: URL, withFrames: Bool) throws -> [String: NSObject] {
    let output = folder.appending(path: "report.json")
    var report = JSONReport(output: try ReportOutput(path: output.path, whenComplete: false))
    var analysis = CaptureAnalysis(AnalysisOptions(inputs: [file.path]))
    try analysis.run(into: &report)
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: output))
    let document = try #require(json as? [String: Any])
    let left: Set<String> =
      withFrames
      ? ["observed_at"]
      : ["observed_at", "frames", "frame", "request_frame", "answer_frame", "duration_ms", "answer_ms"]
    return ["registrations", "nodes", "subscribers", "findings"].reduce(into: [:]) { sections, key in
      sections[key] = removing(left, from: document[key] ?? NSNull()) as? NSObject
    }
  }

  private static func removing(_ keys: Set<String>, from value: Any) -> Any {
    if let object = value as? [String: Any] {
      return object.filter { !keys.contains($0.key) }.mapValues { removing(keys, from: $0) }
    }
    return (value as? [Any])?.map { removing(keys, from: $0) } ?? value
  }

  private static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "imstrace-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private static func plain(withFrames: Bool) throws -> [String: NSObject] {
    try withFolder { folder in
      try report(of: write(packetForms[0], to: folder), in: folder, withFrames: withFrames)
    }
  }

  @Test("the sample is what the forms are made of")
  func sample() {
    #expect(Self.packets.count == 98)
    #expect(Self.messages.filter(\.isSIP).count == 24)
    #expect(Self.messages.filter { !$0.isSIP }.count == 14)
  }

  @Test("the same registration, node for node and frame for frame", arguments: packetForms)
  func packets(_ form: Form) throws {
    try Self.withFolder { folder in
      let file = try Self.write(form, to: folder)
      #expect(try Self.report(of: file, in: folder, withFrames: true) == Self.plain(withFrames: true))
    }
  }

  @Test("the same registration from encapsulations of whole messages", arguments: messageForms)
  func messages(_ form: Form) throws {
    try Self.withFolder { folder in
      let file = try Self.write(form, to: folder)
      #expect(try Self.report(of: file, in: folder, withFrames: false) == Self.plain(withFrames: false))
    }
  }

  /// All forms in one file, each on an interface of its own and with addresses of its own, so that tshark starts once and
  /// does not take the connections of one form for repetitions of another's.
  @Test("tshark sees the same messages", .needsTshark)
  func peer() throws {
    let forms = Self.packetForms + Self.messageForms
    var output = SectionBytes()
    for form in forms { output.interface(form.linkType) }
    for (place, form) in forms.enumerated() {
      let mark = UInt8(place + 1)
      switch form.wrap {
      case .packet(let wrap):
        for var packet in Self.packets {
          for octet in [13, 17] { packet.packet[octet] = mark }
          output.packet(of: place, packet.time, wrap(packet.packet))
        }
      case .message(let wrap):
        for var message in Self.messages {
          (message.source[1], message.destination[1]) = (mark, mark)
          output.packet(of: place, message.time, wrap(message))
        }
      }
    }
    let frames = try Self.withFolder { folder in
      let file = folder.appending(path: "forms.pcapng")
      try Data(output.bytes).write(to: file)
      return try Tshark.fields(
        ["frame.interface_id", "sip.Request-Line", "sip.Status-Line", "diameter.cmd.code"], of: file,
        filter: "sip or diameter",
        arguments: AnnouncedPorts.arguments + Self.hints.flatMap { ["-d", $0] })
    }
    var counts = [[Int]](repeating: [0, 0], count: forms.count)
    for frame in frames {
      guard let place = frame[0].first.flatMap({ Int($0) }) else { continue }
      counts[place][0] += frame[1].count + frame[2].count
      counts[place][1] += frame[3].count
    }
    for (form, count) in zip(forms, counts) {
      #expect((count == [24, 14]) == (Self.exempt[form.description] == nil), "\(form): \(count)")
    }
  }

  @Test("what carries no IP packet in sight is counted: ESP over UDP, GSMTAP")
  func counted() throws {
    let forms: [(kind: String, wrap: @Sendable ([UInt8]) -> [UInt8])] = [
      (
        "esp_not_opened",
        { F.ethernet(0x0800, F.ipv4(17, F.udp(F.hex("00000100 00000001") + $0.reversed(), from: 4500, to: 4500))) }
      ),
      (
        "protocol_not_decoded",
        { F.ethernet(0x0800, F.outerUDP(F.hex("02040100 00000000 00000000 00000000") + $0, to: 4729)) }
      ),
    ]
    for (kind, wrap) in forms {
      try Self.withFolder { folder in
        let file = try Self.write(Form(description: kind, linkType: 1, wrap: .packet(wrap)), to: folder)
        let coverage = try CoverageReport.analysing(file)
        let line = coverage.anomalies.lines.first { $0.key.kind.key == kind }
        #expect(line?.entry.count == 98)
        #expect(coverage.sipMessages + coverage.diameterMessages == 0)
      }
    }
  }
}
