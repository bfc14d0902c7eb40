import ByteReading
import CaptureFacts
import DiameterMessages

@testable import SubscriberTimelines

/// AVPs and messages of Diameter (RFC 6733 sections 3 and 4.1).
enum DiameterBytes {
  /// An AVP of the base protocol, or of 3GPP.
  static func pair(_ code: UInt32, _ data: [UInt8], is3GPP: Bool = false) -> [UInt8] {
    var bytes = number(code)
    bytes += number(UInt32((is3GPP ? 12 : 8) + data.count) | (is3GPP ? 0xc000_0000 : 0x4000_0000))
    if is3GPP { bytes += number(10415) }
    return bytes + data + [UInt8](repeating: 0, count: (4 - data.count % 4) % 4)
  }

  /// A text.
  static func pair(_ code: UInt32, _ text: String, is3GPP: Bool = false) -> [UInt8] {
    pair(code, Array(text.utf8), is3GPP: is3GPP)
  }

  /// A number.
  static func pair(_ code: UInt32, _ value: UInt32, is3GPP: Bool = false) -> [UInt8] {
    pair(code, number(value), is3GPP: is3GPP)
  }

  /// Experimental-Result of 3GPP (RFC 6733 section 7.6).
  static func experimental(_ code: UInt32) -> [UInt8] {
    pair(297, pair(266, 10415) + pair(298, code))
  }

  static func number(_ value: UInt32) -> [UInt8] {
    [
      UInt8(truncatingIfNeeded: value >> 24), UInt8(truncatingIfNeeded: value >> 16),
      UInt8(truncatingIfNeeded: value >> 8),
      UInt8(truncatingIfNeeded: value),
    ]
  }
}

extension Conversation {
  /// Sends a request or an answer of an exchange between the ends with these numbers; `exchange` tells its identifiers.
  @discardableResult
  mutating func diameter(
    _ command: UInt32, application: UInt32 = CxCommand.application, from source: UInt32, to destination: UInt32,
    exchange: UInt32, isRequest: Bool, session: String? = nil, _ pairs: [[UInt8]]
  ) throws -> UInt64 {
    let body =
      ([DiameterBytes.pair(263, session ?? "session;\(exchange)"), DiameterBytes.pair(264, "host\(source).x.example")]
      + pairs).flatMap { $0 }
    let bytes =
      DiameterBytes.number(UInt32(20 + body.count) | 1 << 24)
      + DiameterBytes.number(command | (isRequest ? 0xc0 : 0x40) << 24)
      + DiameterBytes.number(application) + DiameterBytes.number(exchange) + DiameterBytes.number(exchange) + body
    return try receive(diameter: bytes, from: source, to: destination)
  }
}
