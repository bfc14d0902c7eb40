import EntryPoints
import Testing

/// Inputs of the shapes that have ended other programs: work and memory grow with the length of the input alone, and what
/// nests has an end.
struct HostileShapeTests {
  /// An input, made when it is needed.
  struct Shape: CustomTestStringConvertible, Sendable {
    let entry: String
    let testDescription: String
    let make: @Sendable () -> [UInt8]

    init(_ entry: String, _ description: String, _ make: @escaping @Sendable () -> [UInt8]) {
      self.entry = entry
      testDescription = description
      self.make = make
    }
  }

  private static func many(_ text: String, _ count: Int) -> [UInt8] {
    let bytes = Array(text.utf8)
    return (0..<count).flatMap { _ in bytes }
  }

  private static func request(_ headers: [UInt8], _ body: [UInt8] = []) -> [UInt8] {
    Array("INVITE sip:b@c SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n".utf8)
      + Array("From: <sip:a@c>;tag=1\r\nTo: <sip:b@c>\r\nMax-Forwards: 70\r\n".utf8) + headers
      + Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }

  private static func big24(_ value: Int) -> [UInt8] {
    [UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff), UInt8(value & 0xff)]
  }

  private static func diameter(_ attributes: [UInt8]) -> [UInt8] {
    [1] + big24(20 + attributes.count) + [0xc0, 0, 1, 0x2f, 1, 0, 0, 0] + [0, 0, 0, 1, 0, 0, 0, 1] + attributes
  }

  /// SIP-Auth-Data-Item 612 of 3GPP in itself.
  private static func nested(_ depth: Int) -> [UInt8] {
    (1...depth).reversed().flatMap { [0, 0, 2, 0x64, 0xc0] + big24(12 * $0) + [0, 0, 0x28, 0xaf] }
  }

  /// A packet of raw IP behind its link type.
  private static func internet(_ packet: [UInt8]) -> [UInt8] { [0, 101] + packet }

  private static func v6(_ next: UInt8, _ payload: [UInt8]) -> [UInt8] {
    [0x60, 0, 0, 0, UInt8(payload.count >> 8 & 0xff), UInt8(payload.count & 0xff), next, 64]
      + Array(repeating: 0x20, count: 32) + payload
  }

  private static let shapes: [Shape] = [
    Shape("service-document", "entities that grow") {
      let names = (1...30).map { "<!ENTITY e\($0) \"&e\($0 - 1);&e\($0 - 1);\">" }.joined()
      return [0] + Array("<!DOCTYPE a [<!ENTITY e0 \"lol\">\(names)]><IMSSubscription>&e30;</IMSSubscription>".utf8)
    },
    Shape("service-document", "elements in elements") { [0] + many("<a>", 200_000) },
    Shape("service-document", "attributes") {
      [0] + Array("<a".utf8) + (0..<60_000).flatMap { Array(" a\($0)=\"\"".utf8) } + Array("/>".utf8)
    },
    Shape("service-document", "namespaces") {
      [0] + Array("<a".utf8) + (0..<40_000).flatMap { Array(" xmlns:a\($0)=\"u\"".utf8) } + Array("/>".utf8)
    },
    Shape("service-document", "elements beside each other") {
      [1] + Array("<reginfo>".utf8) + many("<registration aor=\"a\"><contact/></registration>", 20_000)
    },
    Shape("user-data", "tags without end") { many("<Identity>", 100_000) },
    Shape("user-data", "sections without end") { many("<Identity><![CDATA[", 50_000) },
    Shape("dictionary-file", "groups in groups") { many("<avp><grouped>", 100_000) },
    Shape("session-description", "media") { Array("v=0\r\n".utf8) + many("m=audio 1 RTP/AVP 0\r\n", 50_000) },
    Shape("session-description", "attributes of one medium") {
      Array("v=0\r\nm=audio 1 RTP/AVP 0\r\n".utf8) + many("a=candidate:1 1 UDP 1 1.2.3.4 5 typ host\r\n", 30_000)
        + many("a=rtpmap:0 PCMU/8000\r\n", 30_000)
    },
    Shape("session-description", "formats") { Array("v=0\r\nm=audio 1 RTP/AVP".utf8) + many(" 96", 100_000) },
    Shape("sip-message", "header fields") { request(many("X: y\r\n", 60_000)) },
    Shape("sip-message", "values of one field") {
      request(Array("Route: <sip:a>".utf8) + many(",<sip:a>", 30_000) + [13, 10])
    },
    Shape("sip-message", "parameters") { request(Array("Contact: <sip:a>".utf8) + many(";a=b", 50_000) + [13, 10]) },
    Shape("sip-message", "folded lines") { request(Array("Subject: a".utf8) + many("\r\n a", 60_000) + [13, 10]) },
    Shape("sip-message", "a quotation without end") {
      request(Array("Contact: \"".utf8) + many("\\\"", 100_000) + [13, 10])
    },
    Shape("sip-message", "brackets without end") { request(Array("Contact: ".utf8) + many("<", 200_000) + [13, 10]) },
    Shape("sip-message", "bodies in bodies") {
      let type = "Content-Type: multipart/mixed;boundary=b\r\n"
      return request(Array(type.utf8), many("--b\r\n\(type)\r\n", 5_000))
    },
    Shape("sip-message", "bodies beside each other") {
      request(Array("Content-Type: multipart/mixed;boundary=b\r\n".utf8), many("--b\r\n\r\nx\r\n", 30_000))
    },
    Shape("sip-stream", "line ends") { many("\r\n", 200_000) },
    Shape("sip-stream", "what begins like a message") { many("INVITE sip:b@c SIP/2.0\r\n", 10_000) },
    Shape("websocket-stream", "frames without content") { many("\u{1}\u{0}", 100_000) },
    Shape("diameter-message", "groups in groups") { diameter(nested(20_000)) },
    Shape("diameter-message", "AVPs without data") {
      diameter((0..<100_000).flatMap { _ in [0, 0, 1, 0x02, 0x40, 0, 0, 8] as [UInt8] })
    },
    Shape("diameter-stream", "headers without an end") {
      (0..<50_000).flatMap { _ in [1, 0xff, 0xff, 0xfc, 0xc0, 0, 1, 0x2f] as [UInt8] }
    },
    Shape("packet-layers", "extension headers of IPv6") {
      internet(v6(60, (0..<8000).flatMap { _ in [60, 0, 1, 4, 0, 0, 0, 0] as [UInt8] }))
    },
    Shape("packet-layers", "IP in IP") {
      internet(
        (0..<3000).reduce(into: [UInt8]()) { packet, _ in
          packet += [0x45, 0, 0xff, 0xff, 0, 0, 0, 0, 64, 4, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]
        })
    },
    Shape("packet-layers", "tags") { [0, 1] + Array(repeating: 1, count: 12) + tags(16_000) },
    Shape("correlation-stream", "lists in lists") { many("[", 200_000) },
    Shape("display-filter", "negations") { many("not ", 100_000) },
    Shape("display-filter", "brackets") { many("(", 100_000) },
    Shape("display-filter", "conditions") { many("failed and ", 20_000) + Array("failed".utf8) },
    Shape("names-file", "lines") { many("10.0.0.1 a\n", 60_000) },
    Shape("association-file", "lines") {
      many("\"IPv4\",\"*\",\"*\",\"*\",\"NULL\",\"\",\"NULL\",\"\"\n", 4096)
    },
    Shape("signalling", "what is no UTF-8, and control characters, wherever text may be") {
      let strange: [UInt8] = [0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80, 0x00, 0x1b, 0x7f, 0x22, 0x5c]
      let lines = [
        "P-Asserted-Identity: <sip:", "User-Agent: ", "Reason: Q.850;text=\"", "P-Charging-Vector: icid-value=",
      ]
      let headers: [UInt8] = lines.flatMap { line -> [UInt8] in Array(line.utf8) + strange + [13, 10] }
      let identity: [UInt8] = [0, 0, 0, 1, 0x40] + big24(8 + strange.count) + strange + [0]
      let host: [UInt8] = [0, 0, 1, 0x08, 0x40] + big24(8 + strange.count) + strange + [0]
      let messages: [(marks: UInt8, bytes: [UInt8])] = [
        (0, request(headers)), (4, request(headers)), (1, diameter(host + identity)),
      ]
      return messages.flatMap { message in
        let length = message.bytes.count
        return [UInt8(length >> 8), UInt8(length & 0xff), message.marks] + message.bytes
      }
    },
  ]

  /// Tags of 802.1Q.
  private static func tags(_ count: Int) -> [UInt8] {
    (0..<count).flatMap { _ in [0x81, 0, 0, 1] as [UInt8] }
  }

  @Test("is read in time that grows with its length", .timeLimit(.minutes(1)), arguments: shapes)
  func shape(_ shape: Shape) throws {
    let entry = try #require(EntryPoint.named(shape.entry))
    let bytes = shape.make()
    let start = ContinuousClock.now
    entry.run(bytes.span.bytes)
    // A build for debugging on a busy machine; what is quadratic takes minutes.
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
