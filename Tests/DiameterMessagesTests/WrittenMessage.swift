import DiameterMessages

/// Writes messages octet by octet, so that tests say what is on the wire and not what the code under test makes of it.
enum WrittenMessage {
  static func attribute(
    _ code: UInt32, vendor: UInt32? = nil, mandatory: Bool = true, _ data: [UInt8], padded: Bool = true
  ) -> [UInt8] {
    let length = UInt32(data.count + (vendor == nil ? 8 : 12))
    var bytes = octets(code)
    bytes += [(vendor == nil ? 0 : 0x80) | (mandatory ? 0x40 : 0)] + octets(length)[1...]
    if let vendor { bytes += octets(vendor) }
    bytes += data
    while padded, !bytes.count.isMultiple(of: 4) { bytes.append(0) }
    return bytes
  }

  static func attribute(_ code: UInt32, vendor: UInt32? = nil, _ text: String) -> [UInt8] {
    attribute(code, vendor: vendor, Array(text.utf8))
  }

  static func attribute(_ code: UInt32, vendor: UInt32? = nil, _ number: UInt32) -> [UInt8] {
    attribute(code, vendor: vendor, octets(number))
  }

  static func message(
    flags: UInt8 = 0xc0, command: UInt32 = 300, application: UInt32 = 16_777_216, hopByHop: UInt32 = 0x1111_1111,
    endToEnd: UInt32 = 0x2222_2222, _ attributes: [[UInt8]]
  ) -> [UInt8] {
    let body = attributes.flatMap(\.self)
    var bytes = [UInt8(1)] + octets(UInt32(body.count + 20))[1...]
    bytes += [flags] + octets(command)[1...]
    bytes += octets(application) + octets(hopByHop) + octets(endToEnd)
    return bytes + body
  }

  static func octets(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// The UAR of TS 29.228 6.1.1 with twelve AVPs.
  static let userAuthorizationRequest = message([
    attribute(263, "icscf.example;1;2;app"), attribute(277, 1), attribute(264, "icscf.example"),
    attribute(296, "example"), attribute(293, "hss.example"), attribute(283, "example"),
    attribute(1, "001010000000001@example"), attribute(601, vendor: 10415, "sip:001010000000001@example"),
    attribute(600, vendor: 10415, "visited.example"), attribute(623, vendor: 10415, 0),
    attribute(260, attribute(266, 10415) + attribute(258, 16_777_216)), attribute(282, "dra.example"),
  ])
}

extension [UInt8] {
  /// The message at the front; nil where the header is none.
  var diameter: DiameterMessage? { try? DiameterMessage(parsing: span.bytes) }
}
