import ByteReading

/// A session description (SDP, RFC 8866) inside a message: ranges of the message's bytes.
public struct SessionDescription: Hashable, Sendable {
  /// The most media that are read: real descriptions have one to ten.
  public static let maximumMedia = 64

  /// The most formats, preconditions and bandwidths that are read of one medium: there are 128 payload types.
  public static let maximumFormats = 128

  /// Who made it.
  public private(set) var origin = SDPOrigin()
  /// The name of the session.
  public private(set) var name = ByteRange()
  /// The address of the session's `c=` line; empty where only the media give theirs.
  public private(set) var address = ByteRange()
  /// The bandwidth lines of the session.
  public private(set) var bandwidths: [SDPBandwidth] = []
  /// The media in their order: an answer's medium answers the offer's at the same place (RFC 3264 section 6).
  public private(set) var media: [SDPMedia] = []
  /// Whether media may share one port (RFC 9143): `a=group:BUNDLE`.
  public private(set) var isBundled = false
  /// Lines that are not `letter=value`, and media beyond the bound: how many were not read.
  public private(set) var unreadLines = 0

  /// Reads the description in `range` of `bytes`; nil where it does not begin with `v=` (RFC 8866 section 5.1).
  public init?(parsing bytes: RawSpan, in range: ByteRange) {
    let whole = range.clamped(to: bytes.byteCount)
    let start = bytes.skippingSpace(from: whole.lowerBound, before: whole.upperBound)
    guard whole.upperBound - start >= 3, bytes.hasBytes("v=", at: start) else { return nil }
    var session = SDPSessionDefaults()
    var skipping = false
    var lineStart = start
    while lineStart < whole.upperBound {
      let lineEnd = bytes.firstOffset(of: 0x0a, in: lineStart..<whole.upperBound) ?? whole.upperBound
      // Nearly every line ends in CR LF, without white space before it.
      let isUsual =
        lineEnd - lineStart >= 2 && bytes.byte(at: lineEnd - 1) == 0x0d && bytes.byte(at: lineEnd - 2) > 0x20
      let line = lineStart..<(isUsual ? lineEnd - 1 : bytes.trimmed(lineStart..<lineEnd).upperBound)
      lineStart = lineEnd + 1
      guard line.count >= 2, bytes.byte(at: line.lowerBound + 1) == UInt8(ascii: "=") else {
        if !line.isEmpty { unreadLines += 1 }
        continue
      }
      let value = line.lowerBound + 2..<line.upperBound
      let letter = bytes.byte(at: line.lowerBound)
      if letter == UInt8(ascii: "m") {
        skipping = media.count >= SessionDescription.maximumMedia
        if !skipping { media.append(SDPMedia(bytes, line: value, session: session)) }
      }
      if skipping {
        unreadLines += 1
      } else {
        take(bytes, letter: letter, value: value, session: &session)
      }
    }
    address = session.address
  }

  private mutating func take(
    _ bytes: RawSpan, letter: UInt8, value: Range<Int>, session: inout SDPSessionDefaults
  ) {
    switch letter {
    case UInt8(ascii: "o"): origin = SDPOrigin(bytes, in: value)
    case UInt8(ascii: "s"): name = ByteRange(value)
    case UInt8(ascii: "c"):
      let address = SessionDescription.connectionAddress(bytes, in: value)
      if media.isEmpty { session.address = address } else { media[media.count - 1].address = address }
    case UInt8(ascii: "b"): takeBandwidth(bytes, value)
    case UInt8(ascii: "a"): takeAttribute(bytes, value, session: &session)
    default: break
    }
  }

  /// `IN IP4 192.0.2.1/127`: the address without what multicast appends (RFC 8866 section 5.7).
  private static func connectionAddress(_ bytes: RawSpan, in value: Range<Int>) -> ByteRange {
    var words = SDPWordReader(bytes, in: value)
    _ = words.next()
    _ = words.next()
    let address = words.nextRange().range
    let slash = bytes.firstOffset(of: UInt8(ascii: "/"), in: address) ?? address.upperBound
    return ByteRange(address.lowerBound, slash)
  }

  private mutating func takeBandwidth(_ bytes: RawSpan, _ value: Range<Int>) {
    guard let colon = bytes.firstOffset(of: UInt8(ascii: ":"), in: value),
      let number: UInt64 = bytes.integer(in: colon + 1..<value.upperBound)
    else {
      unreadLines += 1
      return
    }
    let bandwidth = SDPBandwidth(modifier: ByteRange(value.lowerBound, colon), value: number)
    if media.isEmpty {
      if bandwidths.count < SessionDescription.maximumFormats { bandwidths.append(bandwidth) }
    } else if media[media.count - 1].bandwidths.count < SessionDescription.maximumFormats {
      if media[media.count - 1].bandwidths.isEmpty {
        media[media.count - 1].bandwidths.reserveCapacity(SDPMedia.usualCount)
      }
      media[media.count - 1].bandwidths.append(bandwidth)
    }
  }

  private mutating func takeAttribute(_ bytes: RawSpan, _ line: Range<Int>, session: inout SDPSessionDefaults) {
    let colon = bytes.firstOffset(of: UInt8(ascii: ":"), in: line) ?? line.upperBound
    let name = line.lowerBound..<colon
    let value = bytes.trimmed(min(colon + 1, line.upperBound)..<line.upperBound)
    // By length: most names then need no comparison here.
    switch name.count {
    case 8:
      guard let direction = SessionDescription.direction(bytes, name) else { break }
      if media.isEmpty { session.direction = direction } else { media[media.count - 1].direction = direction }
      return
    case 9 where bytes.equalsIgnoringCase("ice-ufrag", in: name):
      if media.isEmpty { session.hasICE = true } else { media[media.count - 1].hasICE = true }
      return
    case 11 where bytes.equalsIgnoringCase("fingerprint", in: name):
      if media.isEmpty { session.hasDTLS = true } else { media[media.count - 1].hasDTLS = true }
      return
    case 5 where media.isEmpty && bytes.equalsIgnoringCase("group", in: name):
      if value.count >= 6, bytes.equalsIgnoringCase("bundle", in: value.lowerBound..<value.lowerBound + 6) {
        isBundled = true
      }
    default: break
    }
    if !media.isEmpty { media[media.count - 1].take(bytes, attribute: name, value: value) }
  }

  private static func direction(_ bytes: RawSpan, _ name: Range<Int>) -> SDPDirection? {
    if bytes.equalsIgnoringCase("sendrecv", in: name) { return .sendReceive }
    if bytes.equalsIgnoringCase("sendonly", in: name) { return .sendOnly }
    if bytes.equalsIgnoringCase("recvonly", in: name) { return .receiveOnly }
    return bytes.equalsIgnoringCase("inactive", in: name) ? .inactive : nil
  }
}

extension SIPMessage {
  /// The session description of the body, also where it is one part of several; nil where there is none.
  public func sessionDescription() -> SessionDescription? {
    for part in bodyParts() {
      if let type = part.contentType, !type.matches("application", "sdp", in: span) { continue }
      if let description = SessionDescription(parsing: span, in: part.content) { return description }
    }
    return nil
  }
}
