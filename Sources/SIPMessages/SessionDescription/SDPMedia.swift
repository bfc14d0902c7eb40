import ByteReading

/// One medium: an `m=` line and what follows up to the next (RFC 8866 section 5.14).
public struct SDPMedia: Hashable, Sendable {
  /// The most candidates that are kept of one medium: hosts offer some addresses for two components.
  public static let maximumCandidates = 32

  /// Room for the formats, preconditions and bandwidths of nearly every medium, so that noting them allocates once.
  static let usualCount = 8

  /// How many lines with keys of one medium are kept: one for each crypto suite that is offered.
  public static let maximumCryptos = 8

  /// The type.
  public var type = SDPMediaType.other
  /// The text of the type.
  public var typeText = ByteRange()
  /// The port; 0 where the medium is refused or removed (RFC 3264 sections 5.1 and 8.2), nil where it is no port.
  public var port: UInt16?
  /// The transport protocol, such as `RTP/AVP`.
  public var protocolName = ByteRange()
  /// The formats in order of preference.
  public var formats: [SDPFormat] = []
  /// The address to which the medium is to be sent: its own `c=` line, or that of the session.
  public var address = ByteRange()
  /// The direction: its own, else that of the session, else both ways.
  public var direction = SDPDirection.sendReceive
  /// The length of a packet in milliseconds.
  public var packetTime: UInt16?
  /// The greatest length of a packet in milliseconds.
  public var maximumPacketTime: UInt16?
  /// The bandwidth lines of the medium.
  public var bandwidths: [SDPBandwidth] = []
  /// The preconditions.
  public var preconditions: [SDPPrecondition] = []
  /// The port of RTCP, where it is not the one above that of RTP (RFC 3605).
  public var controlPort: UInt16?
  /// What file is offered or asked for (`file-selector`, RFC 5547 section 6).
  public var fileSelector = ByteRange()
  /// Whether RTCP shares the port of RTP (RFC 5761).
  public var multiplexesControl = false
  /// The identification (RFC 5888).
  public var identification = ByteRange()
  /// What the medium is for (RFC 4574).
  public var label = ByteRange()
  /// The path of MSRP (RFC 4975 section 8.1): its URIs.
  public var messagePath = ByteRange()
  /// Whether keys for SRTP are given (RFC 4568). The keys are a secret.
  public var hasCrypto = false
  /// Values of `a=crypto` lines: the keys that the sender of the description offers for what it sends (RFC 4568).
  public var cryptos: [Range<Int>] = []
  /// Whether ICE is offered (RFC 8839), by the medium or the session.
  public var hasICE = false
  /// The values of its candidate lines (RFC 8839 section 5.1).
  public var candidates: [ByteRange] = []
  /// Whether DTLS is offered (RFC 8122, RFC 5763), by the medium or the session.
  public var hasDTLS = false
  /// Whether this is fax of T.38 (ITU-T T.38 annex D).
  public var isT38 = false

  /// Whether the medium is refused or removed.
  public var isRefused: Bool { port == 0 }

  /// Begins with what the session says for all its media.
  init(_ bytes: RawSpan, line: Range<Int>, session: SDPSessionDefaults) {
    address = session.address
    direction = session.direction
    hasICE = session.hasICE
    hasDTLS = session.hasDTLS
    var words = SDPWordReader(bytes, in: line)
    typeText = words.nextRange()
    type = SDPMedia.type(bytes, typeText.range)
    let portText = words.nextRange().range
    let slash = bytes.firstOffset(of: UInt8(ascii: "/"), in: portText) ?? portText.upperBound
    port = bytes.integer(in: portText.lowerBound..<slash)
    protocolName = words.nextRange()
    formats.reserveCapacity(SDPMedia.usualCount)
    while let word = words.next(), formats.count < SessionDescription.maximumFormats {
      formats.append(SDPFormat(text: ByteRange(word), payloadType: bytes.integer(in: word)))
    }
    isT38 = type == .image && formats.contains { bytes.equalsIgnoringCase("t38", in: $0.text.range) }
  }

  private static func type(_ bytes: RawSpan, _ text: Range<Int>) -> SDPMediaType {
    if bytes.equalsIgnoringCase("audio", in: text) { return .audio }
    if bytes.equalsIgnoringCase("video", in: text) { return .video }
    if bytes.equalsIgnoringCase("text", in: text) { return .text }
    if bytes.equalsIgnoringCase("application", in: text) { return .application }
    if bytes.equalsIgnoringCase("message", in: text) { return .message }
    return bytes.equalsIgnoringCase("image", in: text) ? .image : .other
  }

  /// Takes one attribute of the medium; those that the session may carry, too, are read by the caller.
  mutating func take(_ bytes: RawSpan, attribute name: Range<Int>, value: Range<Int>) {
    switch name.count {
    case 3:
      if bytes.hasBytes("mid", at: name.lowerBound) { identification = ByteRange(value) }
      if bytes.hasBytes("des", at: name.lowerBound) { addPrecondition(.desired, bytes, value) }
    case 4:
      if bytes.hasBytes("fmtp", at: name.lowerBound) { takeFormatParameters(bytes, value) }
      if bytes.hasBytes("curr", at: name.lowerBound) { addPrecondition(.current, bytes, value) }
      if bytes.hasBytes("conf", at: name.lowerBound) { addPrecondition(.confirm, bytes, value) }
      if bytes.hasBytes("path", at: name.lowerBound) { messagePath = ByteRange(value) }
      if bytes.hasBytes("rtcp", at: name.lowerBound) {
        var words = SDPWordReader(bytes, in: value)
        controlPort = words.next().flatMap { bytes.integer(in: $0) }
      }
    case 5:
      if bytes.hasBytes("ptime", at: name.lowerBound) { packetTime = bytes.integer(in: value) }
      if bytes.hasBytes("label", at: name.lowerBound) { label = ByteRange(value) }
    case 6:
      if bytes.hasBytes("rtpmap", at: name.lowerBound) { takeMapping(bytes, value) }
      if bytes.hasBytes("crypto", at: name.lowerBound) {
        hasCrypto = true
        if cryptos.count < SDPMedia.maximumCryptos { cryptos.append(value) }
      }
    case 8:
      if bytes.hasBytes("rtcp-mux", at: name.lowerBound) { multiplexesControl = true }
      if bytes.hasBytes("maxptime", at: name.lowerBound) { maximumPacketTime = bytes.integer(in: value) }
    case 9:
      if bytes.hasBytes("candidate", at: name.lowerBound) {
        hasICE = true
        if candidates.count < SDPMedia.maximumCandidates { candidates.append(ByteRange(value)) }
      }
    case 13:
      if bytes.hasBytes("file-selector", at: name.lowerBound) { fileSelector = ByteRange(value) }
    default: break
    }
  }

  private mutating func addPrecondition(_ kind: SDPPrecondition.Kind, _ bytes: RawSpan, _ value: Range<Int>) {
    guard preconditions.count < SessionDescription.maximumFormats else { return }
    if preconditions.isEmpty { preconditions.reserveCapacity(SDPMedia.usualCount) }
    preconditions.append(SDPPrecondition(kind, bytes, in: value))
  }

  /// The place of the format that `value` begins with, and the rest of it.
  private func format(_ bytes: RawSpan, _ value: Range<Int>) -> (index: Int, rest: Range<Int>)? {
    var words = SDPWordReader(bytes, in: value)
    guard let word = words.next(), let payloadType: UInt8 = bytes.integer(in: word),
      let index = formats.firstIndex(where: { $0.payloadType == payloadType })
    else { return nil }
    return (index, bytes.trimmed(words.offset..<value.upperBound))
  }

  /// `rtpmap:96 AMR-WB/16000/1`.
  private mutating func takeMapping(_ bytes: RawSpan, _ value: Range<Int>) {
    guard let (index, rest) = format(bytes, value) else { return }
    let slash = bytes.firstOffset(of: UInt8(ascii: "/"), in: rest) ?? rest.upperBound
    formats[index].encoding = ByteRange(bytes.trimmed(rest.lowerBound..<slash))
    guard slash < rest.upperBound else { return }
    let second = bytes.firstOffset(of: UInt8(ascii: "/"), in: slash + 1..<rest.upperBound) ?? rest.upperBound
    formats[index].clockRate = bytes.integer(in: slash + 1..<second)
    if second < rest.upperBound { formats[index].channels = bytes.integer(in: second + 1..<rest.upperBound) }
  }

  private mutating func takeFormatParameters(_ bytes: RawSpan, _ value: Range<Int>) {
    guard let (index, rest) = format(bytes, value) else { return }
    formats[index].parameters = ByteRange(rest)
  }
}
