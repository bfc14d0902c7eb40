/// Builds headers around payloads, each from its clause, independently of the decoder.
package enum FrameBytes {
  package static let clientV4: [UInt8] = [10, 0, 0, 1]
  package static let serverV4: [UInt8] = [10, 0, 0, 2]
  package static let clientV6: [UInt8] = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
  package static let serverV6: [UInt8] = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
  package static let outerV4: ([UInt8], [UInt8]) = ([192, 0, 2, 1], [192, 0, 2, 2])

  /// The bytes that hexadecimal digits stand for; anything else between them is passed over.
  package static func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap { $0.hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }

  package static func big16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xff), UInt8(value & 0xff)] }

  package static func big32(_ value: Int) -> [UInt8] { big16(value >> 16 & 0xffff) + big16(value & 0xffff) }

  package static func little32(_ value: Int) -> [UInt8] { big32(value).reversed() }

  package static func ethernet(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
    hex("02 00 00 00 00 02  02 00 00 00 00 01") + big16(type) + payload
  }

  package static func ipv4(
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

  package static func ipv6(
    _ nextHeader: UInt8, _ payload: [UInt8], from: [UInt8] = clientV6, to: [UInt8] = serverV6, length: Int? = nil
  ) -> [UInt8] {
    hex("60 00 00 00") + big16(length ?? payload.count) + [nextHeader, 64] + from + to + payload
  }

  package static func udp(_ payload: [UInt8], from: Int = 5060, to: Int = 5062, length: Int? = nil) -> [UInt8] {
    big16(from) + big16(to) + big16(length ?? 8 + payload.count) + [0, 0] + payload
  }

  /// A packet around a tunnel over UDP.
  package static func outerUDP(_ payload: [UInt8], to port: Int) -> [UInt8] {
    ipv4(17, udp(payload, from: 40000, to: port), from: outerV4.0, to: outerV4.1)
  }

  /// A packet around a tunnel over IP.
  package static func outer(_ ipProtocol: UInt8, _ payload: [UInt8]) -> [UInt8] {
    ipv4(ipProtocol, payload, from: outerV4.0, to: outerV4.1)
  }

  package static func tag(_ type: Int, _ value: [UInt8]) -> [UInt8] { big16(type) + big16(value.count) + value }

  package static func hepChunk(_ type: Int, _ value: [UInt8]) -> [UInt8] {
    big16(0) + big16(type) + big16(6 + value.count) + value
  }

  package static func hepVersionThree(_ chunks: [[UInt8]]) -> [UInt8] {
    let body = chunks.flatMap { $0 }
    return Array("HEP3".utf8) + big16(6 + body.count) + body
  }

  package static func version(of packet: [UInt8]) -> Int { Int(packet[0] >> 4) }

  package static func etherType(of packet: [UInt8]) -> Int { version(of: packet) == 4 ? 0x0800 : 0x86dd }
}
