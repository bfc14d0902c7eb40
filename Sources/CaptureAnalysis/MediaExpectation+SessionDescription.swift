import ByteReading
import MediaStreams
import SIPMessages

extension MediaExpectation {
  /// What a session description asks others to send, and where.
  static func expectations(of session: SessionDescription, in bytes: RawSpan) -> [MediaExpectation] {
    // Media of a bundle come to one port, whichever it is (RFC 9143 section 7).
    let bundled = session.isBundled ? session.media.flatMap { $0.formats.map { format($0, bytes) } } : []
    var expectations: [MediaExpectation] = []
    for medium in session.media {
      guard let kind = kind(of: medium, bytes) else { continue }
      let formats = medium.formats.filter { $0.payloadType != nil }.map { format($0, bytes) }
      for endpoint in medium.endpoints(in: bytes) {
        expectations.append(MediaExpectation(endpoint: endpoint, kind: kind, formats: formats + bundled))
      }
    }
    return expectations
  }

  /// What carries a medium; nil where it is none that datagrams carry.
  private static func kind(of medium: SDPMedia, _ bytes: RawSpan) -> Kind? {
    let transport = medium.protocolName.range
    if bytes.equalsIgnoringCase("udptl", in: transport) { return .fax }
    guard bytes.containsIgnoringCase("rtp/", in: transport) else { return nil }
    return bytes.containsIgnoringCase("savp", in: transport) ? .securedRTP : .rtp
  }

  /// What a payload type means, as rtpmap says, else as it is assigned.
  private static func format(_ format: SDPFormat, _ bytes: RawSpan) -> PayloadFormat {
    let payloadType = (format.payloadType ?? 0) & 0x7f
    let assigned = MediaCodec.assigned(to: payloadType)
    guard !format.encoding.isEmpty else {
      return PayloadFormat(
        payloadType: payloadType, codec: assigned?.codec ?? .other, clockRate: assigned?.clockRate ?? 0)
    }
    let parameters = format.parameters.range
    return PayloadFormat(
      payloadType: payloadType, codec: MediaCodec(bytes, encoding: format.encoding.range),
      clockRate: format.clockRate ?? assigned?.clockRate ?? 0,
      // RFC 4867 section 8.1; TS 26.445 annex A.3.
      isAligned: bytes.containsIgnoringCase("octet-align=1", in: parameters)
        || bytes.containsIgnoringCase("hf-only=1", in: parameters))
  }
}
