import ByteReading
import CaptureFacts
import PacketLayers

/// Builds headers around payloads, each from its clause, independently of the decoder.
enum FrameBytes {
  static let clientV4: [UInt8] = [10, 0, 0, 1]
  static let serverV4: [UInt8] = [10, 0, 0, 2]
  static let clientV6: [UInt8] = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
  static let serverV6: [UInt8] = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
  static let outerV4: ([UInt8], [UInt8]) = ([192, 0, 2, 1], [192, 0, 2, 2])

  /// The bytes that hexadecimal digits stand for; anything else between them is passed over.
  static func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap { $0.hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }

  static func big16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xff), UInt8(value & 0xff)] }

  static func big32(_ value: Int) -> [UInt8] { big16(value >> 16 & 0xffff) + big16(value & 0xffff) }

  static func little32(_ value: Int) -> [UInt8] { big32(value).reversed() }

  static func ethernet(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
    hex("02 00 00 00 00 02  02 00 00 00 00 01") + big16(type) + payload
  }

  static func ipv4(
    _ ipProtocol: UInt8, _ payload: [UInt8], from: [UInt8] = clientV4, to: [UInt8] = serverV4, options: [UInt8] = [],
    identification: Int = 0x1234, fragment: Int = 0, totalLength: Int? = nil
  ) -> [UInt8] {
    var header: [UInt8] = [UInt8(0x45 + options.count / 4), 0]
    header += big16(totalLength ?? 20 + options.count + payload.count)
    header += big16(identification) + big16(fragment) + [64, ipProtocol, 0, 0] + from + to + options
    let withChecksum = header.indices.filter { $0 % 2 == 0 }
      .reduce(0) { $0 + Int(header[$1]) << 8 + Int(header[$1 + 1]) }
    let folded = ~(withChecksum & 0xffff + withChecksum >> 16) & 0xffff
    header.replaceSubrange(10..<12, with: big16(folded))
    return header + payload
  }

  static func ipv6(
    _ nextHeader: UInt8, _ payload: [UInt8], from: [UInt8] = clientV6, to: [UInt8] = serverV6, length: Int? = nil
  ) -> [UInt8] {
    hex("60 00 00 00") + big16(length ?? payload.count) + [nextHeader, 64] + from + to + payload
  }

  static func udp(_ payload: [UInt8], from: Int = 5060, to: Int = 5062, length: Int? = nil) -> [UInt8] {
    big16(from) + big16(to) + big16(length ?? 8 + payload.count) + [0, 0] + payload
  }

  /// A packet around a tunnel over UDP.
  static func outerUDP(_ payload: [UInt8], to port: Int) -> [UInt8] {
    ipv4(17, udp(payload, from: 40000, to: port), from: outerV4.0, to: outerV4.1)
  }

  /// A packet around a tunnel over IP.
  static func outer(_ ipProtocol: UInt8, _ payload: [UInt8]) -> [UInt8] {
    ipv4(ipProtocol, payload, from: outerV4.0, to: outerV4.1)
  }

  static func tag(_ type: Int, _ value: [UInt8]) -> [UInt8] { big16(type) + big16(value.count) + value }

  static func hepChunk(_ type: Int, _ value: [UInt8]) -> [UInt8] {
    big16(0) + big16(type) + big16(6 + value.count) + value
  }

  static func hepVersionThree(_ chunks: [[UInt8]]) -> [UInt8] {
    let body = chunks.flatMap { $0 }
    return Array("HEP3".utf8) + big16(6 + body.count) + body
  }

  static func version(of packet: [UInt8]) -> Int { Int(packet[0] >> 4) }

  static func etherType(of packet: [UInt8]) -> Int { version(of: packet) == 4 ? 0x0800 : 0x86dd }
}

/// One frame, decoded, with what was recorded on the way.
struct Decoded {
  var packet: DecodedPacket?
  var anomalies = AnomalyLedger()
  var payload: [UInt8] = []

  init(_ bytes: [UInt8], link: UInt32 = 1) {
    let span = bytes.span.bytes
    packet = PacketDecoder().decode(
      span, linkType: LinkType(rawValue: link), frame: FrameReference(number: 1), anomalies: &anomalies)
    if let packet { payload = Array(bytes[packet.payload]) }
  }

  /// The path, the ends and the content in one line.
  var summary: String {
    guard let packet else { return "nothing" }
    let content: String
    switch packet.content {
    case .datagram: content = "datagram"
    case .segment: content = "segment"
    case .sctp: content = "sctp"
    case .fragment(let header):
      content = "fragment \(header.identification)/\(header.ipProtocol)/\(header.offset)/\(header.moreFollow)"
    case .unreachable(let quote):
      content = "unreachable \(quote.type)/\(quote.code) \(quote.flow?.description ?? "-")"
    case .encapsulatingSecurityPayload: content = "esp"
    case .other(let ipProtocol): content = "other \(ipProtocol)"
    }
    return "\(packet.path) \(packet.source) > \(packet.destination) \(content)"
  }

  /// What was recorded: kind, layer and detail of each line.
  var recorded: [String] {
    anomalies.lines.map { "\($0.key.kind) \($0.key.layer.name) \($0.key.detail)" }
  }
}
