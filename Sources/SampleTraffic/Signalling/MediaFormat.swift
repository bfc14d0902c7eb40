/// A codec as a session description offers it, and the payload of one of its packets of 20 ms.
enum MediaFormat: CaseIterable {
  /// ITU-T G.711 A-law.
  case alaw
  /// ITU-T G.722; its clock is 8000 by tradition (RFC 3551 section 4.5.2).
  case g722
  /// AMR at 12.2 kbit/s, bandwidth-efficient (RFC 4867 section 4.3).
  case adaptiveMultiRate
  /// AMR-WB at 23.85 kbit/s, octet-aligned (RFC 4867 section 4.4).
  case wideband
  /// Opus (RFC 7587), its table of contents for 20 ms of wideband speech.
  case opus

  /// The name in rtpmap.
  var name: String {
    switch self {
    case .alaw: "PCMA"
    case .g722: "G722"
    case .adaptiveMultiRate: "AMR"
    case .wideband: "AMR-WB"
    case .opus: "opus"
    }
  }

  /// The payload type.
  var payloadType: UInt8 {
    switch self {
    case .alaw: 8
    case .g722: 9
    case .adaptiveMultiRate: 96
    case .wideband: 97
    case .opus: 111
    }
  }

  /// The clock of its timestamps, per second.
  var clockRate: Int {
    switch self {
    case .alaw, .g722, .adaptiveMultiRate: 8000
    case .wideband: 16000
    case .opus: 48000
    }
  }

  /// Its lines of a session description.
  var lines: [String] {
    let channels = self == .opus ? "/2" : ""
    let map = "a=rtpmap:\(payloadType) \(name)/\(clockRate)\(channels)"
    return self == .wideband ? [map, "a=fmtp:\(payloadType) octet-align=1"] : [map]
  }

  /// The payload of one packet, of speech bits at random.
  func payload(using random: inout SeededGenerator) -> [UInt8] {
    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
    switch self {
    case .alaw, .g722: return bytes(160)
    // CMR 15, F 0, FT 7, Q 1, then 244 bits: 254 bits, and two to fill the octet.
    case .adaptiveMultiRate:
      var packet = bytes(32)
      packet[0] = 0b1111_0011
      packet[1] = 0b1100_0000 | packet[1] & 0x3f
      packet[31] &= 0xfc
      return packet
    // CMR 15 and reserved bits, F 0, FT 8, Q 1, then 477 bits in 60 octets.
    case .wideband: return [0xf0, 0x44] + bytes(60)
    // Configuration 9 (SILK, wideband, 20 ms), mono, one frame (RFC 6716 section 3.1).
    case .opus: return [9 << 3] + bytes(60)
    }
  }
}
