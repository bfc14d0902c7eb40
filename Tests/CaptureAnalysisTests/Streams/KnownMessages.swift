@testable import SampleTraffic

/// Messages of known bytes, as a stream carries them.
enum KnownMessages {
  /// A SIP message: a request or a response, with or without a body, with Content-Length in each of its spellings.
  static func sip(_ number: Int, _ random: inout SeededGenerator) -> [UInt8] {
    let body = String(repeating: "a=line \(number)\r\n", count: [0, 1, 3, 20, 90].randomElement(using: &random) ?? 0)
    let field = ["Content-Length", "content-length ", "l", "L "].randomElement(using: &random) ?? "l"
    let start =
      Bool.random(using: &random)
      ? "INVITE sip:callee\(number)@ims.example SIP/2.0" : "SIP/2.0 183 Session Progress"
    let length = body.isEmpty && Bool.random(using: &random) ? "" : "\(field): \(body.utf8.count)\r\n"
    return Array(
      """
      \(start)\r
      Via: SIP/2.0/TCP 10.0.0.1:5060;branch=z9hG4bK\(number)\r
      From: <sip:caller@ims.example>;tag=\(number)\r
      To: <sip:callee@ims.example>\r
      Call-ID: call\(number)\r
      CSeq: \(number) INVITE\r
      \(length)\r
      \(body)
      """.utf8)
  }

  /// A SIP message with this body, whose Content-Length is `length` or that of the body.
  static func message(_ number: Int, promises length: Int? = nil, body: String) -> [UInt8] {
    let length = length ?? body.utf8.count
    return Array(
      "MESSAGE sip:b@ims.example SIP/2.0\r\nCall-ID: \(number)\r\nContent-Length: \(length)\r\n\r\n\(body)".utf8)
  }

  /// A Diameter message of a few attributes.
  static func diameter(_ number: Int, _ random: inout SeededGenerator) -> [UInt8] {
    var attributes = AttributeValuePair.text(263, "session;\(number)").encoded
    attributes += AttributeValuePair.text(264, "icscf.ims.example").encoded
    // What is inside may look like anything.
    let size = Int.random(in: 0...(Int.random(in: 0...9, using: &random) == 0 ? 3000 : 60), using: &random)
    let data = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next() & 3) }
    attributes += AttributeValuePair.bytes(606, data).encoded
    var bytes: [UInt8] = []
    bytes.append(bigEndian: 0x0100_0000 | UInt32(20 + attributes.count))
    bytes.append(bigEndian: UInt32(Bool.random(using: &random) ? 0xc000_0000 : 0x4000_0000) | UInt32(300 + number % 6))
    bytes.append(bigEndian: UInt32(16_777_216))
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: random.next()))
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: number))
    return bytes + attributes
  }

  /// A list of messages of one protocol.
  static func list(_ count: Int, isDiameter: Bool, _ random: inout SeededGenerator) -> [[UInt8]] {
    (0..<count).map { isDiameter ? diameter($0, &random) : sip($0, &random) }
  }

  /// The bytes of a stream, and where each message lies in it; keep-alives (RFC 5626 section 3.5.1) between SIP messages.
  static func stream(
    _ messages: [[UInt8]], isDiameter: Bool, _ random: inout SeededGenerator
  ) -> (bytes: [UInt8], places: [Range<Int>]) {
    var bytes: [UInt8] = []
    var places: [Range<Int>] = []
    for message in messages {
      if !isDiameter, Int.random(in: 0..<4, using: &random) == 0 { bytes += Array("\r\n\r\n".utf8) }
      places.append(bytes.count..<bytes.count + message.count)
      bytes += message
    }
    return (bytes, places)
  }
}
